/// Differences of several settings whose intervals hold all at once in 95 % of all cases.
package struct SimultaneousComparison: Sendable, Hashable {
  /// The difference of one setting, setting minus reference.
  package struct Difference: Sendable, Hashable {
    package let mean: Double
    package let low: Double
    package let high: Double
    /// Corrected for the number of comparisons.
    package let p: Double
  }

  /// One for each setting of the design; nil for the reference.
  package let differences: [Difference?]

  /// All settings against one: Dunnett 1955, see `DunnettDistribution`. Two-sided.
  package static func withReference(_ reference: Int, in design: BlockDesign) -> Self {
    let distribution = DunnettDistribution(
      comparisons: design.means.count - 1, degreesOfFreedom: Double(design.degreesOfFreedom),
      side: .both)
    let half =
      distribution.halfWidth(containing: CellStatistics.confidence) * design.standardError
    return Self(
      differences: design.means.indices.map { place in
        guard place != reference else { return nil }
        let mean = design.means[place] - design.means[reference]
        return Difference(
          mean: mean, low: mean - half, high: mean + half,
          p: distribution.outside(abs(mean) / design.standardError))
      })
  }

  /// Each setting with the best of the others: Hsu, "Simultaneous confidence intervals for all
  /// distances from the 'best'", Annals of Statistics 9, 1981, constrained to hold 0.
  ///
  /// `reference` is the best one by its mean. Of any other the interval is that of its difference to
  /// the best, at most 0: where it ends below 0, the setting is not the best. p is the chance of
  /// a best setting to fall so far behind by luck.
  package static func withBest(
    in design: BlockDesign, maximizing: Bool
  ) -> (reference: Int, comparison: Self) {
    let sign = maximizing ? 1.0 : -1
    let means = design.means.map { sign * $0 }
    let best = means.indices.max { means[$0] < means[$1] } ?? 0
    let distribution = DunnettDistribution(
      comparisons: means.count - 1, degreesOfFreedom: Double(design.degreesOfFreedom), side: .one)
    let half =
      distribution.halfWidth(containing: CellStatistics.confidence) * design.standardError
    let comparison = Self(
      differences: means.indices.map { place in
        guard place != best else { return nil }
        let mean = means[place] - means[best]
        let ends = [mean - half, max(0, mean + half)].map { $0 == 0 ? 0 : sign * $0 }
        return Difference(
          mean: sign * mean, low: ends.min() ?? 0, high: ends.max() ?? 0,
          p: distribution.outside(-mean / design.standardError))
      })
    return (best, comparison)
  }
}
