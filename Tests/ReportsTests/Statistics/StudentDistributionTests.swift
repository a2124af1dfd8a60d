import Reports
import Testing

/// Figures of `scipy.stats.t` 1.17.1.
@Suite struct StudentDistributionTests {
  /// Of the logarithms of the gamma function, which for 1,000 degrees have four digits before
  /// the point.
  private static let tolerance = 1e-12

  @Test(arguments: [
    (1.0, 12.706204736174694), (1.5, 6.016663104427929), (2.0, 4.302652729749462),
    (3.0, 3.1824463052837078), (4.0, 2.7764451051977934), (4.6, 2.639291609747002),
    (5.0, 2.5705818356363146), (9.0, 2.262157162798205), (10.0, 2.228138851986274),
    (17.25, 2.1074887374283344), (29.0, 2.045229642132703), (30.0, 2.0422724563012378),
    (99.0, 1.9842169515864174), (1_000.0, 1.9623390808264083),
  ])
  func `the half width of 95 % is t.ppf(0.975)`(degrees: Double, expected: Double) {
    let t = StudentDistribution(degreesOfFreedom: degrees).halfWidth(containing: 0.95)
    #expect(abs(t / expected - 1) < Self.tolerance)
  }

  @Test(arguments: [(9.0, 0.99, 3.249835541592126), (4.0, 0.9, 2.1318467863266495)])
  func `other shares have other widths`(degrees: Double, share: Double, expected: Double) {
    let t = StudentDistribution(degreesOfFreedom: degrees).halfWidth(containing: share)
    #expect(abs(t / expected - 1) < Self.tolerance)
  }

  @Test(arguments: [
    (1.0, 1.0, 0.5), (2.0, 0.5, 2.0 / 3), (7.0, 2.0, 0.08561932856297605),
    (12.0, 3.3, 0.00634075010628718),
    (4.6, -2.5, 0.05872220367335577), (9.0, 12.0, 7.699886222985653e-07),
    (2.3, 0.01, 0.9928224052266286),
  ])
  func `the probability outside is 2 · t.sf(x), small ones to all digits`(
    degrees: Double, x: Double, expected: Double
  ) {
    let probability = StudentDistribution(degreesOfFreedom: degrees).outside(x)
    #expect(abs(probability / expected - 1) < Self.tolerance, "\(probability)")
  }

  @Test func `everything lies outside nothing and nothing outside infinity`() {
    let student = StudentDistribution(degreesOfFreedom: 3)
    #expect(student.outside(0) == 1)
    #expect(student.outside(.infinity) == 0)
    #expect(student.outside(.nan).isNaN)
    #expect(abs(student.halfWidth(containing: 0)) < 1e-300)
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
