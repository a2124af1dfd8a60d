package import Store
import Sweeps

/// Which runs of a sweep a comparison is about. Trials of a search and repeats of what it chose
/// never stand side by side: the winners of a search owe a part of their figures to luck.
package enum ComparisonSubject: Sendable {
  /// All runs, of a sweep without repeats.
  case everything
  /// The search of a sweep that has repeats too.
  case search
  /// The repeats, beside the search that chose their settings.
  case repeats(search: [RunSummary])

  package var isRepeats: Bool {
    if case .repeats = self { true } else { false }
  }

  /// The objective of the search's replicates; nil for anything but repeats that train on all
  /// classes and so have none.
  func searched(_ measure: String, in repeats: [Replicate]) -> SearchedObjective? {
    guard case .repeats(let search) = self,
      repeats.allSatisfy({ $0.summary.settings["dataset.validation"]?.number == 0 })
    else { return nil }
    var values: [[String: SettingValue]: [(seed: Int, value: Double)]] = [:]
    for replicate in Replicate.all(of: search, averagingFolds: true) where replicate.isComplete {
      guard let value = replicate.summary.metrics[measure] else { continue }
      values[replicate.summary.refitSetting, default: []].append((replicate.seed, value))
    }
    return values.isEmpty ? nil : SearchedObjective(measure: measure, values: values)
  }
}

/// The objective by which settings were chosen to be repeated.
struct SearchedObjective {
  let measure: String
  /// Of all replicates of a setting, under what it has in common with its repeats.
  let values: [[String: SettingValue]: [(seed: Int, value: Double)]]

  /// Over the seeds of the search.
  func statistics(of repeats: [Replicate]) -> CellStatistics? {
    var seen: Set<[String: SettingValue]> = []
    let settings = repeats.map(\.summary.refitSetting).filter { seen.insert($0).inserted }
    let seeds = Dictionary(grouping: settings.flatMap { values[$0] ?? [] }, by: \.seed)
    return CellStatistics(
      seeds.sorted { $0.key < $1.key }.compactMap { CellStatistics($0.value.map(\.value))?.mean })
  }
}

extension RunSummary {
  /// What a run has in common with the repeats of its setting that train on all classes.
  fileprivate var refitSetting: [String: SettingValue] {
    JobSpec.trialSetting(of: settings).filter {
      $0.key != "dataset.validation" && $0.key != "select"
    }
  }
}
