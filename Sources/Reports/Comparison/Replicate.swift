package import Store
import Sweeps

/// One setting with one seed: a single run, or one run for each fold of a cross-validation.
///
/// Folds are averaged within a seed. They share most of their training classes and all test
/// classes, so they are no replicates of each other.
package struct Replicate: Sendable {
  /// In job order, folds ascending.
  package let runs: [RunSummary]
  /// How many folds stand behind each value; nil without cross-validation.
  package let folds: Int?
  /// Settings and seed; the settings name no fold where folds are averaged. Completed where all
  /// runs are; only then it has measures, the means over the folds that all have them.
  package private(set) var summary: RunSummary

  package var seed: Int { summary.seed }
  package var isComplete: Bool { summary.state == .completed }

  private init(_ runs: [RunSummary], of first: RunSummary, folds: Set<Int>?) {
    var summary = first
    self.runs = runs.sorted { $0.fold ?? 0 < $1.fold ?? 0 }
    self.folds = folds?.count
    guard let folds else {
      self.summary = summary
      return
    }
    let isComplete =
      runs.allSatisfy { $0.state == .completed } && Set(runs.compactMap(\.fold)) == folds
    if isComplete {
      summary.metrics = Self.means(of: runs)
    } else {
      summary.metrics = [:]
      summary.state = runs.first { $0.state != .completed }?.state ?? .pending
    }
    self.summary = summary
  }

  /// With what the models of all folds score as one, by names without a split; nil where it is not
  /// known.
  func joined(
    _ figures: (Replicate) throws -> [String: Double]?
  ) rethrows -> Replicate {
    guard isComplete, let figures = try figures(self) else { return self }
    var joined = self
    for (name, value) in figures { joined.summary.metrics[Measure.jointPrefix + name] = value }
    return joined
  }

  private static func means(of runs: [RunSummary]) -> [String: Double] {
    var means: [String: Double] = [:]
    for name in Set(runs.flatMap(\.metrics.keys)) {
      let values = runs.compactMap { $0.metrics[name] }
      if values.count == runs.count { means[name] = CellStatistics(values)?.mean }
    }
    return means
  }

  /// The runs of a sweep, those together that differ in nothing but the fold; in job order.
  ///
  /// A replicate is to have the folds that any of these runs has: all of them, unless a single
  /// one was asked for.
  package static func all(of runs: [RunSummary], averagingFolds: Bool) -> [Replicate] {
    guard averagingFolds, runs.contains(where: { $0.fold != nil }) else {
      return runs.map { Replicate([$0], of: $0, folds: nil) }
    }
    var order: [[String: SettingValue]] = []
    var members: [[String: SettingValue]: [RunSummary]] = [:]
    var folds: [SettingValue?: Set<Int>] = [:]
    for run in runs {
      let settings = run.withoutFold.settings
      if members[settings] == nil { order.append(settings) }
      members[settings, default: []].append(run)
      if let fold = run.fold { folds[settings[RunSummary.validation], default: []].insert(fold) }
    }
    return order.compactMap { settings in
      guard let runs = members[settings], let first = runs.first else { return nil }
      return Replicate(
        runs, of: first.withoutFold, folds: folds[settings[RunSummary.validation]])
    }
  }
}

extension RunSummary {
  fileprivate static let validation = "dataset.validation"

  /// Which fold of a cross-validation is held out.
  var fold: Int? { settings[Self.validation]?.mapping?["fold"]?.integer }

  /// How many folds there are to hold out.
  var foldCount: Int? { settings[Self.validation]?.mapping?["folds"]?.integer }

  fileprivate var withoutFold: RunSummary {
    guard var validation = settings[Self.validation]?.mapping, fold != nil else { return self }
    var run = self
    validation["fold"] = nil
    run.settings[Self.validation] = .mapping(validation)
    return run
  }

  /// Length of the embedding: that of a level times the number of levels.
  var embeddingDimension: Int? {
    guard let width = settings["model.embedding"]?.integer else { return nil }
    let levels =
      dataDigests.isEmpty ? settings["dataset.levels"]?.list?.count ?? 1 : dataDigests.count
    return width * levels
  }
}
