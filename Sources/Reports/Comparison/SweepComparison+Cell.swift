import Store
package import Sweeps

extension SweepComparison {
  /// The replicates of one combination of settings.
  package struct Cell: Sendable {
    /// One value for each of `settings`; null where a job does not have it.
    package let values: [SettingValue]
    /// How it came by the values of tuned settings; nil without any.
    package let tuning: Tuning?
    /// In job order.
    package let replicates: [Replicate]
    /// Complete replicates; only these are in the statistics.
    package let completed: Int
    /// Seeds with a complete replicate: the n of a comparison.
    package let seeds: Int
    /// Over the seeds: other settings are averaged within each first.
    package let statistics: [String: CellStatistics]

    package var isComplete: Bool { completed == replicates.count }
    /// Seeds that it is to have.
    package var allSeeds: Int { Set(replicates.map(\.seed)).count }
    /// Whether other settings stand behind the value of a seed.
    package var averagesSettings: Bool { allSeeds < replicates.count }
    package var runs: Int { replicates.reduce(0) { $0 + $1.runs.count } }
    package var failed: Int { count { $0.state == .failed } }
    /// Runs that are neither completed nor failed.
    package var unfinished: Int { count { $0.state != .failed && $0.state != .completed } }
    /// Lengths of the embeddings, shortest first.
    package var dimensions: [Int] {
      Set(replicates.compactMap(\.summary.embeddingDimension)).sorted()
    }

    /// How many folds stand behind a value, fewest first; empty without cross-validation.
    package var folds: [Int] { Set(replicates.compactMap(\.folds)).sorted() }

    private func count(_ isCounted: (RunSummary) -> Bool) -> Int {
      replicates.reduce(0) { $0 + $1.runs.count(where: isCounted) }
    }

    init(
      values: [SettingValue], replicates: [Replicate], tuning: Tuning? = nil,
      searched: SearchedObjective?
    ) {
      self.values = values
      self.replicates = replicates
      self.tuning = tuning
      let complete = replicates.filter(\.isComplete)
      completed = complete.count
      let seeds = Dictionary(grouping: complete, by: \.seed).sorted { $0.key < $1.key }
        .map { $0.value.map(\.summary.metrics) }
      self.seeds = seeds.count
      var statistics: [String: CellStatistics] = [:]
      for measure in Set(complete.flatMap(\.summary.metrics.keys)) {
        statistics[measure] = CellStatistics(
          seeds.compactMap { metrics in CellStatistics(metrics.compactMap { $0[measure] })?.mean })
      }
      if let searched { statistics[searched.measure] = searched.statistics(of: replicates) }
      self.statistics = statistics
    }

    /// Complete cells before others before those without the measure; then the best first.
    func rank(by objective: Objective) -> (Int, Double) {
      guard let mean = statistics[objective.metric]?.mean, !mean.isNaN else { return (2, 0) }
      return (isComplete ? 0 : 1, objective.goal == .maximize ? -mean : mean)
    }
  }

  /// The choice among several values of tuned settings.
  package struct Tuning: Sendable {
    /// One value for each of the tuned settings.
    package let values: [SettingValue]
    /// All that there were to choose from, in sweep order.
    package let tried: [[SettingValue]]
    /// How many of them lack some of their runs, or have no objective.
    package let unusable: Int
  }

  /// One cell for each combination of values of the columns, in job order.
  static func cells(
    of replicates: [Replicate], by columns: [RunColumn], searched: SearchedObjective?
  ) -> [Cell] {
    var order: [[SettingValue]] = []
    var members: [[SettingValue]: [Replicate]] = [:]
    for replicate in replicates {
      let key = columns.map { $0.value(of: replicate.summary) }
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(replicate)
    }
    return order.map { Cell(values: $0, replicates: members[$0] ?? [], searched: searched) }
  }

  /// The cell at the values of the tuned settings that are best by the objective's mean.
  static func tuned(
    _ cell: Cell, over columns: [RunColumn], by objective: Objective, searched: SearchedObjective?
  ) -> Cell {
    let candidates = cells(of: cell.replicates, by: columns, searched: searched)
    guard !columns.isEmpty, let best = sorted(candidates, by: objective).first else { return cell }
    return Cell(
      values: cell.values, replicates: best.replicates,
      tuning: Tuning(
        values: best.values, tried: candidates.map(\.values),
        unusable: candidates.count { $0.rank(by: objective).0 > 0 }), searched: searched)
  }

  /// Stable: equal cells stay in job order.
  static func sorted(_ cells: [Cell], by objective: Objective) -> [Cell] {
    cells.enumerated().sorted { first, second in
      let ranks = (first.element.rank(by: objective), second.element.rank(by: objective))
      return ranks.0 == ranks.1 ? first.offset < second.offset : ranks.0 < ranks.1
    }.map(\.element)
  }
}
