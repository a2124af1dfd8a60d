import Reports
import Testing

/// Figures of `scipy.stats.norm` 1.17.1.
@Suite struct NormalDistributionTests {
  private static let tolerance = 1e-13

  @Test(arguments: [
    (-6.0, 9.865876450376946e-10), (-1.3, 0.09680048458561036), (0.2, 0.579259709439103),
    (3.0, 0.9986501019683699),
  ])
  func `the share below is norm.cdf(x)`(x: Double, expected: Double) {
    #expect(abs(NormalDistribution.below(x) / expected - 1) < Self.tolerance)
  }

  @Test(arguments: [
    (1e-9, -5.9978070150076865), (0.025, -1.9599639845400545), (0.3, -0.5244005127080409),
    (0.8, 0.8416212335729143), (0.975, 1.959963984540054),
  ])
  func `the quantile is norm.ppf(share)`(share: Double, expected: Double) {
    #expect(abs(NormalDistribution.quantile(share) / expected - 1) < Self.tolerance)
  }

  @Test func `the ends are infinite and the middle is 0`() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(abs(NormalDistribution.quantile(0.5)) < 1e-15)
  }
}
