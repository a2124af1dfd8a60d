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
  /// Places that are ranked together, each with the lengths of its embeddings; these are empty
  /// where all are in one group.
  let groups: [(dimensions: [Int], places: [Int])]
  /// Places of the settings picked by the objective, one for each group that has a result
  /// and a choice.
  package let picks: [Int]
  /// Place of the cell that the user wants the others compared with.
  package let reference: Int?
  /// In all measures shown, as far as there are several seeds.
  package private(set) var differences: [MeasureDifferences] = []
  package let baselines: [ComparisonBaseline]
  package let runs: [RunSummary]
  /// Whether each value is a mean over the folds of a cross-validation.
  package let averagesFolds: Bool
  /// Swept settings over which cells average, the seed apart, and how many values they have.
  package let averaged: [(column: RunColumn, values: Int)]
  package let subject: ComparisonSubject
  /// Of the figures on the test classes, as far as the outcomes of queries were kept.
  private(set) var classDoubt = ClassDoubt.none
  /// How many runs have evaluated the test classes of this data; nil where nobody counted.
  let testReadings: Int?
  /// Whether the objective is that of the search, as the repeats have none.
  let hasSearchedObjective: Bool

  /// Compares the runs of one sweep, one run a job, in job order.
  ///
  /// - Parameters:
  ///   - axes: The settings that the sweep varies.
  ///   - names: The settings to compare by; none for all axes that are not tuned.
  ///   - tunedNames: Each cell is taken at the value of these settings that is best by the mean of
  ///     the objective; of equal ones the first in sweep order.
  ///   - reference: The cell to compare the others with, by its values; nil for the best.
  ///   - allowsMixedDimensions: Whether embeddings of different lengths are ranked together.
  ///   - testReadings: How many runs of the store have evaluated the test classes of the data, the
  ///     most of all levels.
  ///   - queryOutcomes: What became of each query on the test classes, by the ids of runs.
  ///   - jointFigures: What the models of all folds of a replicate score as one, by names without a
  ///     split; nil where it is not known.
  package init(
    sweep: String, objective: Objective, axes: [String], by names: [String],
    tuned tunedNames: [String] = [], runs: [RunSummary], baselines: [ComparisonBaseline] = [],
    subject: ComparisonSubject = .everything, reference: String? = nil,
    allowsMixedDimensions: Bool = false, testReadings: Int? = nil,
    queryOutcomes: ([String]) throws -> [String: QueryOutcomes] = { _ in [:] },
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
    self.testReadings = testReadings
    let sorted = Self.sorted(
      Self.cells(of: replicates, by: settings, searched: searched).map {
        Self.tuned($0, over: tuned, by: objective.used, searched: searched)
      }, by: objective.used)
    let cells = Self.groups(of: sorted, allowingMixedDimensions: allowsMixedDimensions)
      .flatMap { $0.places.map { sorted[$0] } }
    self.cells = cells
    let groups = Self.groups(of: cells, allowingMixedDimensions: allowsMixedDimensions)
    self.groups = groups
    picks = groups.compactMap {
      Self.pick(cells, among: $0.places, isOnlyGroup: groups.count == 1, by: objective.used)
    }
    self.reference = try reference.map {
      try Self.place(of: $0, among: cells, by: settings, columns: columns)
    }
    differences = shownMeasures.flatMap { differences(in: $0) }
    classDoubt = try classDoubt(queryOutcomes)
  }

  /// The first one; it lacks runs only where all do. Nil where one seed would decide, and where
  /// there is no other to choose from, unless it is the sweep's only one.
  private static func pick(
    _ cells: [Cell], among places: [Int], isOnlyGroup: Bool, by objective: Objective
  ) -> Int? {
    let measured = places.filter { cells[$0].rank(by: objective).0 < 2 }
    guard measured.count > 1 || (places.count == 1 && isOnlyGroup) else { return nil }
    let best = places.contains { cells[$0].isComplete } ? 0 : 1
    return measured.first { cells[$0].rank(by: objective).0 <= best }
      .flatMap { cells[$0].seeds > 1 ? $0 : nil }
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
