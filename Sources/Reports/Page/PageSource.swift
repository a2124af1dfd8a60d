package import Store
import Sweeps

/// Everything that a page says about one sweep, as the store has it.
package struct PageSource: Sendable {
  /// What the page calls it: the sweep's name, or that of its search or of a set of its data.
  package let title: String
  package let sweep: SweepSummary
  package let comparison: SweepComparison
  /// How much each setting of its search matters.
  let sensitivity: Result<SweepSensitivity, ReportError>
  /// By measure, the ones that matter most first.
  package let histories: [(measure: String, runs: [MetricHistory])]
  /// Measures whose histories would have made the page too large.
  package let leftOut: [String]
  /// Nil where the nightly gate has kept no night of it.
  let nightly: NightHistory?
  /// Of each run that has told it, by id.
  package let environments: [String: [String: String]]

  package var runs: [RunSummary] { comparison.runs }

  /// More values than this are not embedded unless asked for: four bytes each, in base64.
  private static let mostPoints = 500_000

  /// The sweep; where it repeats what its search chose, first the repeats and then the search.
  /// Each set of data is one of its own.
  ///
  /// - Parameter metrics: Whose histories to embed; none for those that there is room for.
  package static func sources(
    of name: String, in store: ExperimentStore, metrics: [String] = []
  ) throws -> [PageSource] {
    let sweep = try store.sweep(named: name)
    let trials = try store.runs(.sweep(sweep.name, role: .search))
    let repeats = try store.runs(.sweep(sweep.name, role: .repetition))
    let subjects: [(subject: ComparisonSubject, runs: [RunSummary])] =
      repeats.isEmpty
      ? [(.everything, trials)] : [(.repeats(search: trials), repeats), (.search, trials)]
    return try subjects.flatMap { subject, runs in
      try SweepReport(of: sweep, runs: runs, subject: subject, in: store).sets.map { set in
        try PageSource(sweep, set.name, set.comparison, trials: trials, store, metrics)
      }
    }
  }

  /// The name of the sweep in a source's title: no sweep's name has a space.
  package static func sweepName(inTitle title: String) -> String {
    title.hasSuffix(")") ? String(title.prefix { $0 != " " }) : title
  }

  private init(
    _ sweep: SweepSummary, _ dataSet: String?, _ comparison: SweepComparison,
    trials: [RunSummary], _ store: ExperimentStore, _ metrics: [String]
  ) throws {
    let isSearch = if case .search = comparison.subject { true } else { false }
    let remarks = [isSearch ? "search" : nil, dataSet].compactMap(\.self)
    title = sweep.name + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: ", ")))")
    self.sweep = sweep
    self.comparison = comparison
    let runs = comparison.runs
    sensitivity = try Self.sensitivity(
      of: sweep, axes: DataSetPartition.axes(of: sweep, within: dataSet),
      dataSet == nil ? trials : DataSetPartition.runs(trials, ofDataOf: runs))
    nightly = isSearch ? nil : try NightHistory(of: sweep, in: store)
    let ids = runs.map(\.id)
    environments = try store.environments(of: ids)
    let sizes = try store.historySizes(of: ids)
    let chosen = try Self.chosen(metrics, sizes: sizes, objective: comparison.objective.metric)
    histories = try chosen.map { ($0, try store.histories(of: $0, in: ids)) }
    leftOut = metrics.isEmpty ? sizes.keys.filter { !chosen.contains($0) }.sorted() : []
  }

  /// A sweep of which nothing can be said yet is no failure of the page.
  private static func sensitivity(
    of sweep: SweepSummary, axes: [String], _ trials: [RunSummary]
  ) throws -> Result<SweepSensitivity, ReportError> {
    do {
      return .success(
        try SweepSensitivity(
          sweep: sweep.name, objective: sweep.launch.objective, axes: axes, runs: trials))
    } catch let error as ReportError {
      return .failure(error)
    }
  }

  /// The objective, then the loss, then the others by name, as long as there is room.
  static func chosen(
    _ metrics: [String], sizes: [String: Int], objective: String
  ) throws -> [String] {
    let known = sizes.keys.sorted()
    for name in metrics where sizes[name] == nil {
      throw ReportError(
        .unknownMeasure,
        known.isEmpty
          ? "the runs have no histories yet"
          : "no run has a history of '\(name)'; there are \(known.joined(separator: ", "))")
    }
    guard metrics.isEmpty else { return metrics }
    let first = [objective, "train/loss"]
    var room = mostPoints
    return (first.filter { sizes[$0] != nil } + known.filter { !first.contains($0) }).filter {
      let size = sizes[$0] ?? 0
      // The first is always there: a page without curves would be none.
      guard size <= room || room == mostPoints else { return false }
      room -= size
      return true
    }
  }
}
