package import Store
package import Sweeps

/// The settings of a sweep compared over their seeds.
package struct SweepComparison: Sendable {
  package let sweep: String
  /// What cells are ranked by: the sweep's objective, or its counterpart on the test classes where
  /// there was no validation.
  package let objective: Objective
  /// Whether the sweep's objective could not be had.
  package let isSubstitute: Bool
  /// The settings that tell cells apart.
  package let settings: [RunColumn]
  /// The settings at whose best value each cell is taken.
  package let tuned: [RunColumn]
  /// The best first; then those that are not complete, then those without any result.
  package let cells: [Cell]
  /// Place of the setting picked by the objective.
  package let picked: Int?
  package let baselines: [ComparisonBaseline]
  package let runs: [RunSummary]
  /// Whether each value is a mean over the folds of a cross-validation.
  package let averagesFolds: Bool
  /// Swept settings over which cells average, the seed apart, and how many values they have.
  package let averaged: [(column: RunColumn, values: Int)]
  package let subject: ComparisonSubject
  /// Whether the objective is that of the search, as the repeats have none.
  let hasSearchedObjective: Bool

  /// Compares the runs of one sweep, one run a job, in job order.
  ///
  /// - Parameters:
  ///   - axes: The settings that the sweep varies.
  ///   - names: The settings to compare by; none for all axes that are not tuned.
  ///   - tunedNames: Each cell is taken at the value of these settings that is best by the mean of
  ///     the objective; of equal ones the first in sweep order.
  ///   - jointFigures: What the models of all folds of a replicate score as one, by names without a
  ///     split; nil where it is not known.
  package init(
    sweep: String, objective: Objective, axes: [String], by names: [String],
    tuned tunedNames: [String] = [], runs: [RunSummary], baselines: [ComparisonBaseline] = [],
    subject: ComparisonSubject = .everything,
    jointFigures: (Replicate) throws -> [String: Double]? = { _ in nil }
  ) throws {
    guard !runs.isEmpty else {
      throw ReportError(.nothingThere, "the sweep \(sweep) has no runs to compare")
    }
    let columns = RunColumns(of: runs)
    let tuned = try Self.tunable(tunedNames, among: columns)
    let repeated = Set<RunColumn>([.field(.seed), .fold] + tuned)
    let swept = Self.unique(try axes.map(columns.column(named:))).filter { !repeated.contains($0) }
    let settings = names.isEmpty ? swept : Self.unique(try names.map(columns.column(named:)))
    if let both = settings.first(where: tuned.contains) {
      throw ReportError(
        .wrongTuning, "\(both.name) is compared by and tuned; it can be only one of the two")
    }
    let replicates = try Replicate.all(of: runs, averagingFolds: !settings.contains(.fold))
      .map { try $0.joined(jointFigures) }
    let searched = subject.searched(objective.metric, in: replicates)
    hasSearchedObjective = searched != nil
    let objective =
      hasSearchedObjective
      ? (used: objective, isSubstitute: false) : Self.available(objective, in: replicates)
    self.objective = objective.used
    isSubstitute = objective.isSubstitute
    averaged = Self.averaged(replicates, told: settings + tuned, among: columns)
    averagesFolds = replicates.contains { $0.folds != nil }
    self.settings = settings
    self.tuned = tuned
    self.sweep = sweep
    self.runs = runs
    self.baselines = baselines
    self.subject = subject
    cells = Self.sorted(
      Self.cells(of: replicates, by: settings, searched: searched).map {
        Self.tuned($0, over: tuned, by: objective.used, searched: searched)
      }, by: objective.used)
    picked = Self.picked(cells, by: objective.used)
  }

  private static func picked(_ cells: [Cell], by objective: Objective) -> Int? {
    let best = cells.contains(where: \.isComplete) ? 0 : 1
    return cells.first.flatMap { $0.rank(by: objective).0 <= best ? 0 : nil }
  }

  private static func tunable(_ names: [String], among columns: RunColumns) throws -> [RunColumn] {
    unique(
      try names.map { name in
        let column = try columns.column(named: name)
        switch column {
        case .setting, .batchClasses, .batchItems: return column
        case .field, .fold, .measure:
          throw ReportError(
            .wrongTuning, "'\(name)' cannot be tuned; name a setting that the sweep varies")
        }
      })
  }

  private static func unique(_ columns: [RunColumn]) -> [RunColumn] {
    var seen: Set<RunColumn> = []
    return columns.filter { seen.insert($0).inserted }
  }

  private static func available(
    _ objective: Objective, in replicates: [Replicate]
  ) -> (used: Objective, isSubstitute: Bool) {
    let measures = Set(replicates.filter(\.isComplete).flatMap(\.summary.metrics.keys))
    let onTest = Measure(objective.metric).onTest
    guard !measures.contains(objective.metric), measures.contains(onTest) else {
      return (objective, false)
    }
    return (Objective(metric: onTest, goal: objective.goal), true)
  }

  /// Settings that differ among the replicates of one combination of `told`.
  private static func averaged(
    _ replicates: [Replicate], told: [RunColumn], among columns: RunColumns
  ) -> [(column: RunColumn, values: Int)] {
    let summaries = replicates.map(\.summary)
    return RunListing.differing(summaries, among: columns).filter { column in
      !told.contains(column) && !isDetermined(column, by: told, in: summaries)
    }.map { column in (column, Set(summaries.map { column.value(of: $0) }).count) }
  }

  /// Whether a setting has one value in each cell, as one that moves together with another.
  private static func isDetermined(
    _ column: RunColumn, by settings: [RunColumn], in runs: [RunSummary]
  ) -> Bool {
    var found: [[SettingValue]: SettingValue] = [:]
    for run in runs {
      let key = settings.map { $0.value(of: run) }
      let value = column.value(of: run)
      if found.updateValue(value, forKey: key).map({ $0 != value }) ?? false { return false }
    }
    return true
  }
}
