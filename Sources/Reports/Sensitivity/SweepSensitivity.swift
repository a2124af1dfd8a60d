package import Store
package import Sweeps

/// How much each setting of a sweep matters to a measure.
package struct SweepSensitivity: Sendable {
  package enum Method: String, Sendable {
    /// Analysis of variance of a full grid.
    case anova
    /// Functional analysis of variance of a forest.
    case fanova
  }

  package let sweep: String
  package let objective: Objective
  /// Whether the objective asked for could not be had, so that its counterpart on the test classes
  /// stands for it.
  package let isSubstitute: Bool
  package let design: SensitivityDesign
  /// Nil where shares cannot be had, for the reason beside it.
  package let method: Method?
  package let whyNoShares: String?
  /// The largest share first.
  package let terms: [SensitivityTerm]
  /// Interactions of three settings or more.
  package let higherShare: Double
  /// What the seeds make; nil where there is one seed only, or no full grid.
  package let noiseShare: Double?
  /// Of a forest: what it explains of settings that it has not seen.
  package let explainedShare: Double?
  package let effects: [MainEffect]
  /// Replicates that are not completed or lack the measure.
  package let leftOut: Int

  static let fewest = 8

  /// - Parameters:
  ///   - axes: The settings that the sweep varies.
  ///   - runs: The trials of one sweep, one run a job, in job order; no repeats of what it chose.
  package init(
    sweep: String, objective: Objective, axes: [String], runs: [RunSummary]
  ) throws {
    guard !runs.isEmpty else {
      throw ReportError(.nothingThere, "the sweep \(sweep) has no runs to analyse")
    }
    let columns = RunColumns(of: runs)
    var swept: [RunColumn] = []
    for column in try axes.map(columns.column(named:))
    where ![.field(.seed), .fold].contains(column) && !swept.contains(column) {
      swept.append(column)
    }
    let replicates = Replicate.all(of: runs, averagingFolds: true)
    let known = Set(replicates.filter(\.isComplete).flatMap(\.summary.metrics.keys))
    let onTest = Measure(objective.metric).onTest
    isSubstitute = !known.contains(objective.metric) && known.contains(onTest)
    let used = isSubstitute ? Objective(metric: onTest, goal: objective.goal) : objective
    guard known.contains(used.metric) else {
      throw ReportError(
        .unknownMeasure,
        "no completed run of \(sweep) has \(used.metric). "
          + (known.isEmpty
            ? "None is completed yet" : "There are " + known.sorted().joined(separator: ", ")))
    }
    let design = SensitivityDesign(
      columns: swept, replicates: replicates, measure: used.metric)
    guard !design.factors.isEmpty else {
      throw ReportError(
        .nothingThere, "the completed runs of \(sweep) differ in no setting but the seed")
    }
    self.sweep = sweep
    self.objective = used
    self.design = design
    leftOut = replicates.count - design.observations.count
    effects = MainEffect.all(of: design, goal: used.goal)
    if let analysis = VarianceAnalysis(design) {
      method = .anova
      terms = Self.sorted(analysis.terms)
      higherShare = analysis.higherShare
      noiseShare = analysis.noiseShare
      explainedShare = nil
      whyNoShares = nil
      return
    }
    noiseShare = nil
    let forest = design.cells.count >= Self.fewest ? RegressionForest(design) : nil
    let analysis = forest.flatMap { FunctionalAnalysis(design, forest: $0) }
    method = analysis.map { _ in .fanova }
    terms = Self.sorted(analysis?.terms ?? [])
    higherShare = analysis?.higherShare ?? 0
    explainedShare = analysis.flatMap { _ in forest?.explainedShare }
    whyNoShares =
      analysis == nil ? Self.whyNoShares(of: design, sweep: sweep, metric: used.metric) : nil
  }

  private static func whyNoShares(
    of design: SensitivityDesign, sweep: String, metric: String
  ) -> String {
    if Set(design.observations.map(\.value)).count == 1 {
      return "No shares: \(metric) is the same in all runs of \(sweep)."
    }
    return "No shares: \(sweep) has \(Counted(design.cells.count, "setting")) with \(metric), and "
      + "not every combination with the same seeds; a forest needs \(fewest) or more."
  }

  /// The trials of a stored sweep, by its objective or by a measure that is named.
  ///
  /// - Parameter dataSet: Which of several sets of data; they are never averaged.
  package init(
    of sweep: SweepSummary, metric: String?, dataSet: String? = nil, in store: ExperimentStore
  ) throws {
    let runs = try DataSetPartition.set(
      named: dataSet, of: store.runs(.sweep(sweep.name, role: .search)), sweep: sweep.name)
    let named = metric.map {
      Objective(metric: $0, goal: Measure($0).isMinimized ? .minimize : .maximize)
    }
    try self.init(
      sweep: sweep.name, objective: named ?? sweep.launch.objective,
      axes: sweep.launch.axes.map(\.name),
      runs: runs)
  }

  /// Stable: equal terms stay in their order.
  private static func sorted(_ terms: [SensitivityTerm]) -> [SensitivityTerm] {
    terms.enumerated().sorted { first, second in
      first.element.share == second.element.share
        ? first.offset < second.offset : first.element.share > second.element.share
    }.map(\.element)
  }

  package func title(of term: SensitivityTerm) -> String {
    term.factors.map { design.factors[$0].title }.joined(separator: " × ")
  }

  /// Which factor a setting is, or is part of.
  func place(ofSetting name: String) throws -> Int {
    for (place, factor) in design.factors.enumerated()
    where ([factor.column] + factor.companions).contains(where: {
      [$0.name, $0.title].contains(name)
    }) {
      return place
    }
    throw ReportError(
      .unknownColumn,
      "'\(name)' does not vary in \(sweep); what does is "
        + design.factors.map { $0.column.name }.joined(separator: ", "))
  }
}
