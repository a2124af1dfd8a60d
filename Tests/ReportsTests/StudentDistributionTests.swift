import Reports
import Testing

/// Figures of `scipy.stats.t` 1.17.
@Suite struct StudentDistributionTests {
  private static let tolerance = 1e-13

  @Test(arguments: [
    (1, 12.706204736174694), (2, 4.302652729749462), (3, 3.1824463052837078),
    (4, 2.7764451051977934), (5, 2.5705818356363146), (9, 2.262157162798205),
    (10, 2.228138851986274), (29, 2.045229642132703), (30, 2.0422724563012378),
    (99, 1.9842169515864174), (1_000, 1.9623390808264083),
  ])
  func `the half width of 95 % is t.ppf(0.975)`(degrees: Int, expected: Double) {
    let t = StudentDistribution(degreesOfFreedom: degrees).halfWidth(containing: 0.95)
    #expect(abs(t / expected - 1) < Self.tolerance)
  }

  @Test(arguments: [(9, 0.99, 3.249835541592126), (4, 0.9, 2.1318467863266495)])
  func `other shares have other widths`(degrees: Int, share: Double, expected: Double) {
    let t = StudentDistribution(degreesOfFreedom: degrees).halfWidth(containing: share)
    #expect(abs(t / expected - 1) < Self.tolerance)
  }

  @Test(arguments: [
    (1, 1.0, 0.5), (2, 0.5, 1.0 / 3), (7, 2.0, 0.914380671437024), (12, 3.3, 0.9936592498937129),
  ])
  func `the central probability is t.cdf(x) - t.cdf(-x)`(
    degrees: Int, x: Double, expected: Double
  ) {
    let probability = StudentDistribution(degreesOfFreedom: degrees).central(within: x)
    #expect(abs(probability - expected) < Self.tolerance)
  }

  @Test func `nothing lies within nothing`() {
    #expect(StudentDistribution(degreesOfFreedom: 3).central(within: 0) == 0)
    #expect(abs(StudentDistribution(degreesOfFreedom: 3).halfWidth(containing: 0)) < 1e-300)
  }

  /// `scipy.stats.t.interval(0.95, 2, loc=mean, scale=scipy.stats.sem([0.80, 0.84, 0.85]))`.
  @Test func `the interval of a mean is that of scipy`() throws {
    let statistics = try #require(CellStatistics([0.80, 0.84, 0.85]))
    let interval = try #require(statistics.interval)
    #expect(abs(interval.low - 0.7642758939227159) < 1e-13)
    #expect(abs(interval.high - 0.8957241060772843) < 1e-13)
    #expect(CellStatistics([0.5])?.interval == nil)
    #expect(try #require(CellStatistics([0.5, 0.5])?.interval) == (0.5, 0.5))
  }
}
