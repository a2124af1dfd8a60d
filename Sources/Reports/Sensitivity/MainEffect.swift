import Sweeps

/// The mean of a measure at each level of one setting, over all else that was tried.
package struct MainEffect: Sendable {
  package struct Level: Sendable {
    package let level: SensitivityFactor.Level
    /// Over seeds in a full grid, each the mean over all other settings; else over observations.
    package let statistics: CellStatistics
  }

  package let factor: SensitivityFactor
  package let levels: [Level]
  /// Place of the best mean, the first of equal ones.
  package let best: Int

  /// One for each factor.
  static func all(of design: SensitivityDesign, goal: Objective.Goal) -> [MainEffect] {
    let seeds = design.seedsOfFullGrid
    return design.factors.indices.compactMap { factor in
      var levels: [Level] = []
      for (place, level) in design.factors[factor].levels.enumerated() {
        let there = design.observations.filter { $0.levels[factor] == place }
        let values =
          seeds.map { seeds in
            seeds.compactMap { seed in
              CellStatistics(there.filter { $0.seed == seed }.map(\.value))?.mean
            }
          } ?? there.map(\.value)
        if let statistics = CellStatistics(values) {
          levels.append(Level(level: level, statistics: statistics))
        }
      }
      let means = levels.map { goal == .maximize ? -$0.statistics.mean : $0.statistics.mean }
      guard let best = means.indices.min(by: { means[$0] < means[$1] }) else { return nil }
      return MainEffect(factor: design.factors[factor], levels: levels, best: best)
    }
  }
}
