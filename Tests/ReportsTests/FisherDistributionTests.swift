import Reports
import Testing

/// Figures of `scipy.stats.f.sf` 1.17.
@Suite struct FisherDistributionTests {
  private static let tolerance = 1e-12

  @Test(arguments: [
    (1, 1, 1.0, 0.5), (2, 36, 4.5, 0.018014398509481982), (4, 10, 0.37, 0.8248038160437234),
    (7, 3, 12.5, 0.03118597665700151), (1, 200, 25.0, 1.2501981277715407e-06), (3, 45, 0.0, 1.0),
  ])
  func `the probability of a larger ratio is f.sf`(
    numerator: Int, denominator: Int, ratio: Double, expected: Double
  ) {
    let p = FisherDistribution(numerator: numerator, denominator: denominator).above(ratio)
    #expect(abs(p / expected - 1) < Self.tolerance)
  }

  @Test func `an infinite ratio has no chance`() {
    #expect(FisherDistribution(numerator: 2, denominator: 9).above(.infinity) == 0)
  }
}
