import Reports
import Testing

@Suite struct ResamplingTests {
  /// scipy 1.17.1, `permutation_test((d,), np.sum, permutation_type='samples', n_resamples=np.inf)`.
  @Test(arguments: [
    ([0.0025, 0.0081, 0.0006, 0.0066, 0.0015, 0.0117, -0.0005], 0.03125),
    ([1.0, 1, 1, 1, 1, 1], 0.03125), ([3.0, -1, 2, 2, -2, 5, 1, 0], 0.21875),
  ])
  func `the sign-flip test is the exact permutation test`(
    differences: [Double], expected: Double
  )
    throws
  {
    let test = try #require(SignFlipTest(differences))
    #expect(test.p == expected)
    let doubled = try #require(SignFlipTest(differences.map { -7 * $0 }))
    #expect(doubled.p == expected)
  }

  @Test func `the least p halves with each pair, and five pairs are too few`() throws {
    #expect(try #require(SignFlipTest([1, 1, 1, 1, 1, 1])).smallestP == 0.03125)
    #expect(try #require(SignFlipTest(Array(repeating: 0.1, count: 7))).p == 0.015625)
    #expect(SignFlipTest([1, 1, 1, 1, 1]) == nil)
    #expect(SignFlipTest(Array(repeating: 1, count: 21)) == nil)
    #expect(SignFlipTest([1, 1, 1, 1, 1, .nan]) == nil)
  }

  /// The first numbers of Vigna's splitmix64.c for the states 0 and 1234567.
  @Test func `the stream is SplitMix64`() {
    var zero = SplitMixStream(seed: 0)
    #expect(
      [zero.next(), zero.next(), zero.next()] == [
        16_294_208_416_658_607_535, 7_960_286_522_194_355_700, 487_617_019_471_545_679,
      ])
    var other = SplitMixStream(seed: 1_234_567)
    #expect(other.next() == 6_457_827_717_110_365_317)
    let places = (0..<1_000).map { _ in other.index(below: 3) }
    #expect(Set(places) == [0, 1, 2])
  }

  /// scipy 1.17.1, `bootstrap((x,), np.mean, method='BCa', n_resamples=9999)` made to draw its
  /// resamples from SplitMix64 of seed 0, and with 200,000 resamples of its own (0.1098, 0.3773).
  @Test func `the BCa interval is that of scipy on the same resamples`() throws {
    let values = [
      0.31415, 0.02718, -0.11283, 0.44721, 0.25882, 0.19098, 0.90903, -0.05772, 0.12337, 0.33219,
      0.08314, 0.21132, 0.61803, -0.20788, 0.15915, 0.27183,
    ]
    let interval = try #require(BootstrapInterval(values))
    #expect(abs(interval.low - 0.10957718771357998) < 1e-12)
    #expect(abs(interval.high - 0.3762470242225449) < 1e-12)
    #expect(BootstrapInterval(Array(values.prefix(14))) == nil)
    #expect(BootstrapInterval(Array(repeating: 0.5, count: 15)) == nil)
  }

  /// statsmodels 0.15.0, `multipletests(p, method='holm')`.
  @Test(arguments: [
    ([0.01, 0.04, 0.03, 0.005, 0.6], [0.04, 0.09, 0.09, 0.025, 0.6]),
    ([0.02, 0.02, 0.9], [0.06, 0.06, 0.9]), ([0.7, 0.8], [1.0, 1.0]), ([Double](), [Double]()),
  ])
  func `Holm's correction is that of statsmodels`(values: [Double], expected: [Double]) {
    let corrected = HolmCorrection.corrected(values)
    #expect(corrected.count == expected.count)
    #expect(zip(corrected, expected).allSatisfy { abs($0 - $1) < 1e-15 }, "\(corrected)")
  }
}
