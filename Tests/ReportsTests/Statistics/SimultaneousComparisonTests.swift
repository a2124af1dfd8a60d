import Reports
import Testing

@Suite struct SimultaneousComparisonTests {
  /// Four settings under the same four seeds.
  private static let values = [
    [0.70, 0.72, 0.69, 0.73], [0.68, 0.71, 0.66, 0.70], [0.69, 0.715, 0.70, 0.72],
    [0.60, 0.66, 0.61, 0.63],
  ]

  /// The double integral by `scipy.integrate.quad` 1.17.1; `scipy.stats.multivariate_t.cdf`, which
  /// is randomised, gives the same to seven digits for up to four comparisons.
  @Test(arguments: [
    (1, 5.0, DunnettDistribution.Side.both, 2.0, 0.8980605211701415),
    (3, 12.0, .both, 2.6, 0.9420960861986777), (10, 20.0, .both, 3.1, 0.9607968842101619),
    (4, 8.0, .one, 2.2, 0.9163164058526526), (10, 50.0, .one, 1.7, 0.7660684961726156),
    (2, 2.0, .both, 4.0, 0.9122062050425804),
  ])
  func `the probability is that of the multivariate t`(
    comparisons: Int, degrees: Double, side: DunnettDistribution.Side, d: Double,
    expected: Double
  ) {
    let distribution = DunnettDistribution(
      comparisons: comparisons, degreesOfFreedom: degrees, side: side)
    #expect(abs(distribution.within(d) - expected) < 1e-9, "\(distribution.within(d))")
  }

  /// Dunnett, "New tables for multiple comparisons with a control", Biometrics 20, 1964: two-sided
  /// 5 %, two decimals.
  @Test(arguments: [
    (5.0, 1, 2.57), (5.0, 2, 3.03), (5.0, 3, 3.29), (5.0, 4, 3.48), (10.0, 2, 2.57),
    (10.0, 3, 2.76),
    (10.0, 5, 2.99), (10.0, 9, 3.24), (20.0, 2, 2.38), (20.0, 3, 2.54), (20.0, 4, 2.65),
  ])
  func `two-sided critical values are those of Dunnett's table`(
    degrees: Double, comparisons: Int, expected: Double
  ) {
    let distribution = DunnettDistribution(
      comparisons: comparisons, degreesOfFreedom: degrees, side: .both)
    #expect(abs(distribution.halfWidth(containing: 0.95) - expected) < 0.0051)
  }

  /// Dunnett 1955, table 1a: one-sided 5 %.
  @Test(arguments: [
    (5.0, 1, 2.02), (5.0, 2, 2.44), (5.0, 3, 2.68), (10.0, 2, 2.15), (10.0, 5, 2.56),
    (20.0, 3, 2.19),
    (20.0, 9, 2.60),
  ])
  func `one-sided critical values are those of Dunnett's table`(
    degrees: Double, comparisons: Int, expected: Double
  ) {
    let distribution = DunnettDistribution(
      comparisons: comparisons, degreesOfFreedom: degrees, side: .one)
    #expect(abs(distribution.halfWidth(containing: 0.95) - expected) < 0.0051)
  }

  @Test func `one comparison is Student's t`() {
    let student = StudentDistribution(degreesOfFreedom: 7).halfWidth(containing: 0.95)
    let dunnett = DunnettDistribution(comparisons: 1, degreesOfFreedom: 7, side: .both)
    #expect(abs(dunnett.halfWidth(containing: 0.95) - student) < 1e-7)
  }

  /// statsmodels 0.15.0, `ols('y ~ C(setting) + C(seed)')`: `mse_resid`, `df_resid`.
  @Test func `the error is that of the two-way analysis of variance`() throws {
    let design = try #require(BlockDesign(Self.values))
    #expect(design.degreesOfFreedom == 9)
    #expect(abs(design.standardError - 0.007412686197773835) < 1e-14)
    #expect(design.spreadRatio > 1 && design.spreadRatio < 3)
  }

  @Test func `a design needs two settings, two seeds and something unexplained`() {
    #expect(BlockDesign([[1, 2, 3]]) == nil)
    #expect(BlockDesign([[1], [2]]) == nil)
    #expect(BlockDesign([[1, 2], [2, 3]]) == nil)
    #expect(BlockDesign([[1, 2], [2, .nan]]) == nil)
    #expect(BlockDesign([[1, 2], [2, 3.5]]) != nil)
  }

  /// With the error above and critical values by `scipy.optimize.brentq` of the double integral.
  @Test func `Dunnett's intervals and p are those computed outside`() throws {
    let design = try #require(BlockDesign(Self.values))
    let found = SimultaneousComparison.withReference(1, in: design).differences
    #expect(found[1] == nil)
    let expected = [
      0: (0.0016581642872246644, 0.043341835712775265, 0.03518098014152571),
      2: (-0.0020918357127754778, 0.03959183571277512, 0.0778901700609228),
      3: (-0.0833418357127753, -0.0416581642872247, 3.912532782002209e-05),
    ]
    for (place, (low, high, p)) in expected {
      let difference = try #require(found[place])
      #expect(abs(difference.low - low) < 1e-9)
      #expect(abs(difference.high - high) < 1e-9)
      #expect(abs(difference.p - p) < 1e-9)
    }
  }

  @Test(arguments: [true, false])
  func `the comparison with the best holds 0 and names who may be best`(maximizing: Bool) throws {
    let sign = maximizing ? 1.0 : -1
    let design = try #require(BlockDesign(Self.values.map { $0.map { sign * $0 } }))
    let (best, comparison) = SimultaneousComparison.withBest(in: design, maximizing: maximizing)
    #expect(best == 0)
    #expect(comparison.differences[0] == nil)
    let expected = [
      1: (-0.04008350740347903, 0.0, nil as Double?),
      2: (-0.021333507403479213, 0.01383350740347893, 0.5447257334551678 as Double?),
      3: (-0.10258350740347903, 0.0, 1.5374596727957268e-06 as Double?),
    ]
    for (place, (far, near, p)) in expected {
      let difference = try #require(comparison.differences[place])
      #expect(abs((maximizing ? difference.low : difference.high) - sign * far) < 1e-9)
      #expect(abs((maximizing ? difference.high : difference.low) - sign * near) < 1e-9)
      if let p { #expect(abs(difference.p - p) < 1e-9) }
    }
    #expect(abs((comparison.differences[1]?.p ?? 0) - 0.017628218674741625) < 1e-9)
  }
}
