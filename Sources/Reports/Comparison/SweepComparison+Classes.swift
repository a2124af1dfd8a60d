import Store
import Sweeps

/// The second source of doubt: other test classes would have given other figures.
extension SweepComparison {
  /// Measures that are means over queries.
  private static let queryMeasures = ["test/recall@1", "test/map@r"]

  func classDoubt(_ outcomes: ([String]) throws -> [String: QueryOutcomes]) rethrows -> ClassDoubt {
    let shown = Set(shownMeasures)
    let measures = Self.queryMeasures.filter(shown.contains)
    guard !measures.isEmpty else { return .none }
    var runs: [Int: [String]] = [:]
    for (place, cell) in cells.enumerated() where cell.completed > 0 {
      runs[place] = cell.replicates.filter(\.isComplete).flatMap(\.runs).map(\.id)
    }
    let found = try outcomes(runs.sorted { $0.key < $1.key }.flatMap(\.value))
    guard !found.isEmpty else { return .none }
    return ClassDoubt(runs, outcomes: found, measures: measures) { measure, place in
      differences.first { $0.measure == measure && $0.differences[place] != nil }?.reference
    }
  }

  /// Both intervals of the measures on the test classes, beside each other.
  var classSections: [Report.Section] {
    let measure = Measure(objective.metric).onTest
    guard classDoubt.has(measure) else { return [] }
    let titles =
      (settings.isEmpty ? ["setting"] : settings.map(\.title))
      + ["over seeds", "over classes", "difference over classes"]
    let rows = cells.indices.compactMap { place -> [ReportCell]? in
      guard let doubt = classDoubt[measure, place] else { return nil }
      let statistics = cells[place].statistics[measure]
      let ratio = Measure(measure).isRatio
      return (settings.isEmpty ? [.text("all")] : cells[place].values.map(Self.cell))
        + [
          statistics.map {
            .interval(mean: $0.mean, halfWidth: $0.halfWidth, isRatio: ratio)
          } ?? .missing,
          .ends(low: doubt.own.low, high: doubt.own.high, isRatio: ratio),
          doubt.difference.map { .ends(low: $0.low, high: $0.high, isRatio: ratio) } ?? .missing,
        ]
    }
    let note =
      "95 % intervals: over seeds by Student's t, over the test classes by a bootstrap of whole "
      + "classes (\(ClassBootstrap.resamples) draws, SplitMix64 of seed 0). A figure is as sure as "
      + "the wider one."
    return [
      Report.Section(
        title: "Two sources of doubt in \(measure)",
        table: ReportTable(columns: titles.map { .init($0) }, rows: rows), notes: [note])
    ]
  }

  static func record(_ interval: ClassBootstrap.Interval?) -> JSONValue {
    interval.map { ["low": .number($0.low), "high": .number($0.high)] } ?? .null
  }
}
