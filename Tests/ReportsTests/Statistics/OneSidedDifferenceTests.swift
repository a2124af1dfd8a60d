import Reports
import Testing

@Suite struct OneSidedDifferenceTests {
  /// Between our t quantiles and scipy's, relative.
  private static let relative = 1e-9

  private static let now = [0.412, 0.405, 0.421, 0.398, 0.417]
  private static let before = [0.420, 0.409, 0.424, 0.408, 0.419]

  private func expectClose(_ value: Double, _ golden: Double) {
    #expect(abs(value - golden) <= Self.relative * abs(golden), "\(value), not \(golden)")
  }

  @Test func `bounds and p of pairs are those of scipy`() throws {
    let paired = try #require(
      OneSidedDifference(zip(Self.now, Self.before).map { (first: $0, second: $1) }))
    expectClose(paired.mean, -0.0054)
    // scipy.stats.ttest_rel(now, before, alternative="less").pvalue
    expectClose(paired.pOfLoss, 0.012279225145467398)
    // ….ttest_rel(…, alternative="greater").confidence_interval(0.95).low
    expectClose(paired.lowerBound(error: 0.05), -0.008675005175580033)
    // ….ttest_rel(…, alternative="less").confidence_interval(0.95).high, and at 1 - 0.05/4
    expectClose(paired.upperBound(error: 0.05), -0.0021249948244199323)
    #expect(abs(paired.upperBound(error: 0.05 / 4) + 3.0255516875323657e-05) < 1e-12)
  }

  @Test func `bounds and p of values that are not paired are those of scipy`() throws {
    let unpaired = try #require(OneSidedDifference(Self.now, Array(Self.before.prefix(4))))
    // scipy.stats.ttest_ind(now, before[:4], equal_var=False, alternative="less")
    expectClose(unpaired.pOfLoss, 0.22245060170545752)
    expectClose(unpaired.lowerBound(error: 0.05), -0.015545586147595079)
    expectClose(unpaired.upperBound(error: 0.05), 0.006245586147595104)
  }

  @Test func `the same values on both sides leave no doubt, even with one pair`() throws {
    for count in [1, 2, 10] {
      let same = try #require(
        OneSidedDifference([(first: Double, second: Double)](repeating: (0.4, 0.4), count: count)))
      #expect(same.mean == 0 && same.pOfLoss == 1)
      #expect(same.lowerBound(error: 0.05) == 0 && same.upperBound(error: 0.05) == 0)
    }
  }

  @Test func `equal differences are judged by their signs`() throws {
    let few = try #require(OneSidedDifference([(0.3, 0.4), (0.2, 0.3), (0.5, 0.6), (0.7, 0.8)]))
    #expect(few.pOfLoss == 1.0 / 16)
    #expect(few.lowerBound(error: 0.05) == -.infinity)
    #expect(few.upperBound(error: 0.05) == .infinity)
    let many = try #require(
      OneSidedDifference((0..<5).map { (0.25 * Double($0), 0.25 * Double($0) + 0.125) }))
    #expect(many.pOfLoss == 1.0 / 32)
    #expect(many.lowerBound(error: 0.05) == -0.125 && many.upperBound(error: 0.05) == -0.125)
  }

  @Test func `two constant sides are judged by how rarely chance would part them`() throws {
    let apart = try #require(OneSidedDifference([0.5, 0.5, 0.5], [1, 1, 1, 1]))
    // 1 / C(7, 3)
    expectClose(apart.pOfLoss, 1.0 / 35)
    #expect(apart.lowerBound(error: 0.05) == -0.5)
    let same = try #require(OneSidedDifference([1, 1], [1, 1, 1]))
    #expect(same.lowerBound(error: 0.05) == 0 && same.pOfLoss == 1)
  }

  @Test func `one pair of different values, or a side with one value, tells nothing`() {
    #expect(OneSidedDifference([(first: 0.4, second: 0.5)]) == nil)
    #expect(OneSidedDifference([(first: Double, second: Double)]()) == nil)
    #expect(OneSidedDifference([0.4], [0.5, 0.6]) == nil)
  }

  @Test func `the power and the seeds that it takes are those of scipy`() {
    // scipy.stats.nct.sf(t.ppf(0.95, n - 1), n - 1, effect * sqrt(n))
    let goldens = [(10.0, 1.0, 0.8975169943396828), (5, 2, 0.9748305663597384)]
    for (seeds, effect, power) in goldens {
      let found = NonInferiorityPower.power(
        margin: effect, error: 1 / seeds.squareRoot(), degreesOfFreedom: seeds - 1)
      #expect(abs(found - power) < 1e-8, "\(found)")
    }
    func needed(_ margin: Double, _ deviations: Double...) -> Int? {
      NonInferiorityPower.seedsNeeded(margin: margin, variances: deviations.map { $0 * $0 })
    }
    // The least n with nct.sf(t.ppf(0.95, df), df, margin / sqrt(sum(variances) / n)) >= 0.9.
    #expect(needed(0.005, 0.004) == 8)
    #expect(needed(0.005, 0.004, 0.004) == 12)
    #expect(needed(0.005, 0.003, 0.006) == 17)
    #expect(needed(0.01, 0.02, 0.02) == 70)
    #expect(needed(0.005, 0.0005) == 2)
    #expect(needed(0.005, 0) == 2)
    #expect(needed(0.0001, 0.1) == nil)
  }
}
