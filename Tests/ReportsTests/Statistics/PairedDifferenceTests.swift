import Reports
import Testing

/// Figures of scipy 1.17.1: `ttest_rel(a, b)`, `ttest_ind(a, b, equal_var=False)`, `pearsonr(a, b)`
/// and their `confidence_interval(0.95)`.
@Suite struct PairedDifferenceTests {
  private static let first = [0.4213, 0.4391, 0.4302, 0.4287, 0.4350, 0.4419, 0.4265]
  private static let second = [0.4188, 0.4310, 0.4296, 0.4221, 0.4335, 0.4302, 0.4270]
  /// Of 64-bit arithmetic on values of which two digits cancel.
  private static let tolerance = 1e-12

  @Test func `the paired t test is that of scipy`() throws {
    let paired = try #require(PairedDifference(Array(zip(Self.first, Self.second))))
    #expect(abs(paired.statistics.mean - 0.004357142857142869) < Self.tolerance)
    #expect(abs((paired.statistics.deviation ?? 0) - 0.0045143685947786494) < Self.tolerance)
    let interval = try #require(paired.statistics.interval)
    #expect(abs(interval.low - 0.00018204825592133076) < Self.tolerance)
    #expect(abs(interval.high - 0.008532237458364407) < Self.tolerance)
    #expect(abs((paired.p ?? 0) - 0.043279842775996565) < Self.tolerance)
    #expect(abs((paired.correlation ?? 0) - 0.7855341126256384) < Self.tolerance)
  }

  @Test func `Welch's test is that of scipy`() throws {
    let welch = try #require(WelchDifference(Self.first, Self.second))
    #expect(abs((welch.p ?? 0) - 0.2245609846393943) < Self.tolerance)
    #expect(abs(welch.low + 0.0030983104224291576) < Self.tolerance)
    #expect(abs(welch.high - 0.011812596136714832) < Self.tolerance)
    let unequal = try #require(WelchDifference([0.1, 0.5, 0.3], [0.2, 0.21, 0.19, 0.22, 0.25]))
    #expect(abs((unequal.p ?? 0) - 0.5344173087948585) < Self.tolerance)
    #expect(abs(unequal.low + 0.4053774294764036) < Self.tolerance)
    #expect(abs(unequal.high - 0.5773774294764036) < Self.tolerance)
  }

  @Test func `one pair has a difference and nothing more`() throws {
    let single = try #require(PairedDifference([(0.5, 0.25)]))
    #expect(single.statistics.mean == 0.25)
    #expect(single.statistics.interval == nil)
    #expect(single.p == nil && single.correlation == nil && single.unpaired == nil)
    #expect(single.smallestDetectable == nil)
    #expect(PairedDifference([]) == nil)
  }

  @Test func `equal differences have no p`() throws {
    // 0.72 − 0.7 and 0.52 − 0.5 differ by rounding.
    let equal = try #require(PairedDifference([(0.72, 0.70), (0.52, 0.5)]))
    #expect(equal.p == nil)
    #expect(equal.smallestDetectable == 0)
    #expect(try #require(WelchDifference([1, 1], [2, 2])).p == nil)
    #expect(WelchDifference([1], [2, 2]) == nil)
  }

  /// `scipy.optimize.brentq` of `scipy.stats.nct`: P(T′ > t) + P(T′ < −t) = 0.8; statsmodels 0.15.0,
  /// `TTestPower().solve_power(nobs=n, alpha=0.05, power=0.8)`, gives the same to six digits.
  @Test(arguments: [
    (2, 11.549888435882325), (3, 3.2640435496995788), (4, 2.1279493432578067),
    (5, 1.681996965955556), (6, 1.4345447820404027), (10, 0.9960013714554438),
    (20, 0.6604416546230263), (50, 0.4041830021360402),
  ])
  func `the smallest effect is the one found in 80 % of all cases`(pairs: Int, expected: Double) {
    // The noncentral t of scipy has seven digits where the left tail vanishes.
    #expect(abs(PairedPower.smallestEffect(pairs: pairs) / expected - 1) < 2e-6)
  }

  /// statsmodels 0.15.0, `TTestPower().power(0.7, 9, 0.05)`.
  @Test func `the power of no effect is the level of the test`() {
    #expect(abs(PairedPower.power(pairs: 9, effect: 0.7) - 0.4553580841394814) < 1e-9)
    #expect(abs(PairedPower.power(pairs: 5, effect: 0) - 0.05) < 1e-10)
  }
}
