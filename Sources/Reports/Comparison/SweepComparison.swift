package import Store
package import Sweeps

/// The settings of a sweep compared over their seeds.
package struct SweepComparison: Sendable {
  /// The runs of one combination of settings.
  package struct Cell: Sendable {
    /// One value for each of `settings`; null where a job does not have it.
    package let values: [SettingValue]
    package let runs: Int
    /// Completed ones; only these are in the statistics.
    package let completed: Int
    package let failed: Int
    package let statistics: [String: CellStatistics]

    package var isComplete: Bool { completed == runs }
    /// Neither completed nor failed.
    package var unfinished: Int { runs - completed - failed }
  }

  /// Measures of the features themselves, before any training.
  package struct RawFigures: Sendable, Hashable {
    package var level: String
    package var dataDigest: String
    /// Under the names of measures on the test classes, as `test/recall@1`.
    package var measures: [String: Double]

    /// `figures` have names without a split, as `recall@1`.
    package init(level: String, dataDigest: String, figures: [String: Double]) {
      self.level = level
      self.dataDigest = dataDigest
      measures = Dictionary(uniqueKeysWithValues: figures.map { ("test/" + $0.key, $0.value) })
    }
  }

  package let sweep: String
  /// What cells are ranked by: the sweep's objective, or its counterpart on the test classes where
  /// there was no validation.
  package let objective: Objective
  /// Whether the sweep's objective could not be had.
  package let isSubstitute: Bool
  /// The settings that tell cells apart.
  package let settings: [RunColumn]
  /// The best first; then those that are not complete, then those without any result.
  package let cells: [Cell]
  /// Place of the setting picked by the objective.
  package let picked: Int?
  package let rawFigures: [RawFigures]
  package let runs: [RunSummary]
  /// Swept settings over which cells average, the seed apart.
  package let averaged: [RunColumn]

  /// Compares the runs of one sweep, one run a job, in job order.
  package init(
    sweep: String, objective: Objective, axes: [String], by names: [String], runs: [RunSummary],
    rawFigures: [RawFigures]
  ) throws {
    guard !runs.isEmpty else {
      throw ReportError(.nothingThere, "the sweep \(sweep) has no runs to compare")
    }
    let columns = RunColumns(of: runs)
    let seed = RunColumn.field(.seed)
    let swept = Self.unique(try axes.map(columns.column(named:))).filter { $0 != seed }
    let settings = names.isEmpty ? swept : Self.unique(try names.map(columns.column(named:)))
    averaged =
      RunListing.differing(runs, among: columns).filter { column in
        !settings.contains(column) && !Self.isDetermined(column, by: settings, in: runs)
      }
    self.settings = settings
    self.sweep = sweep
    self.runs = runs
    self.rawFigures = rawFigures
    let completed = runs.filter { $0.state == .completed }
    isSubstitute =
      !completed.isEmpty && !completed.contains { $0.metrics[objective.metric] != nil }
      && completed.contains { $0.metrics[Measure(objective.metric).onTest] != nil }
    self.objective =
      isSubstitute
      ? Objective(metric: Measure(objective.metric).onTest, goal: objective.goal) : objective
    cells = Self.sorted(Self.cells(of: runs, by: settings), by: self.objective)
    let candidates = cells.contains(where: \.isComplete) ? cells.filter(\.isComplete) : cells
    let metric = self.objective.metric
    picked =
      candidates.first?.statistics[metric].flatMap { $0.mean.isNaN ? nil : 0 }
  }

  private static func unique(_ columns: [RunColumn]) -> [RunColumn] {
    var seen: Set<RunColumn> = []
    return columns.filter { seen.insert($0).inserted }
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

  private static func cells(of runs: [RunSummary], by settings: [RunColumn]) -> [Cell] {
    var order: [[SettingValue]] = []
    var members: [[SettingValue]: [RunSummary]] = [:]
    for run in runs {
      let key = settings.map { $0.value(of: run) }
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(run)
    }
    return order.map { key in cell(values: key, runs: members[key] ?? []) }
  }

  private static func cell(values: [SettingValue], runs: [RunSummary]) -> Cell {
    let completed = runs.filter { $0.state == .completed }
    var statistics: [String: CellStatistics] = [:]
    for measure in Set(completed.flatMap(\.metrics.keys)) {
      statistics[measure] = CellStatistics(completed.compactMap { $0.metrics[measure] })
    }
    return Cell(
      values: values, runs: runs.count, completed: completed.count,
      failed: runs.count { $0.state == .failed }, statistics: statistics)
  }

  /// Stable: equal cells stay in job order.
  private static func sorted(_ cells: [Cell], by objective: Objective) -> [Cell] {
    func rank(_ cell: Cell) -> (Int, Double) {
      guard let mean = cell.statistics[objective.metric]?.mean, !mean.isNaN else { return (2, 0) }
      return (cell.isComplete ? 0 : 1, objective.goal == .maximize ? -mean : mean)
    }
    return cells.enumerated().sorted { first, second in
      let (a, b) = (rank(first.element), rank(second.element))
      return a == b ? first.offset < second.offset : a < b
    }.map(\.element)
  }
}
