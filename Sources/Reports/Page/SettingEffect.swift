import Store
import Sweeps

/// How a measure changes with one swept setting, averaged over all others.
package struct SettingEffect: Sendable {
  package struct Level: Sendable {
    package let text: String
    /// Over the means of each seed; over runs where there is a single seed.
    package let statistics: CellStatistics
    /// The measure of each run.
    package let values: [Double]
  }

  package let column: RunColumn
  package let levels: [Level]

  /// Greatest minus least mean.
  package var range: Double {
    let means = levels.map(\.statistics.mean)
    return (means.max() ?? 0) - (means.min() ?? 0)
  }

  /// The effect of each setting that has two values or more, the strongest first.
  package static func all(
    of replicates: [Replicate], settings: [RunColumn], measure: String
  ) -> [SettingEffect] {
    let known = replicates.filter { $0.isComplete && $0.summary.metrics[measure]?.isFinite == true }
    let effects = settings.map { column in
      let levels = SettingLevels(of: column, in: known.map(\.summary))
      return SettingEffect(
        column: column,
        levels: levels.labels.enumerated().compactMap { place, label in
          level(label, of: known.filter { levels.place(of: $0.summary) == place }, measure: measure)
        })
    }
    return effects.filter { $0.levels.count > 1 }.enumerated()
      .sorted { ($1.element.range, $0.offset) < ($0.element.range, $1.offset) }.map(\.element)
  }

  private static func level(
    _ text: String, of replicates: [Replicate], measure: String
  ) -> Level? {
    var bySeed: [Int: [Double]] = [:]
    for replicate in replicates {
      bySeed[replicate.seed, default: []].append(replicate.summary.metrics[measure] ?? .nan)
    }
    let values = replicates.compactMap { $0.summary.metrics[measure] }
    let means =
      bySeed.values.count > 1
      ? bySeed.keys.sorted().compactMap { seed in
        bySeed[seed].flatMap { CellStatistics($0)?.mean }
      } : values
    return CellStatistics(means).map { Level(text: text, statistics: $0, values: values) }
  }

  /// Standard deviation over the seeds of a setting, pooled over all settings:
  /// √(Σ(nᵢ − 1)sᵢ² / Σ(nᵢ − 1)); nil where no setting has two seeds.
  static func noise(of cells: [SweepComparison.Cell], measure: String) -> Double? {
    let known = cells.compactMap { $0.statistics[measure] }.filter {
      $0.deviation?.isFinite == true
    }
    let freedom = known.reduce(0) { $0 + $1.count - 1 }
    guard freedom > 0 else { return nil }
    let squares = known.reduce(0) { sum, one in
      sum + Double(one.count - 1) * (one.deviation ?? 0) * (one.deviation ?? 0)
    }
    return (squares / Double(freedom)).squareRoot()
  }
}
