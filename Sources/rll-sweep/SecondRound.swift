import Reports
import Runner
import Store
import Sweeps
import Synchronization

/// The second round of a launch, planned when the first one has ended.
final class SecondRound: Sendable {
  private let planned: PlannedSweep
  private let store: ExperimentStore
  private let warn: @Sendable ([String]) -> Void
  private let found = Mutex<PlannedRepeats?>(nil)

  init(
    of planned: PlannedSweep, store: ExperimentStore, warn: @escaping @Sendable ([String]) -> Void
  ) {
    self.planned = planned
    self.store = store
    self.warn = warn
  }

  /// Nil where there is none, or where it could not be planned yet.
  var repeats: PlannedRepeats? { found.withLock { $0 } }

  /// Whether the sweep has a second round that is still to come.
  var isMissing: Bool { planned.sweep.repetition != nil && repeats == nil }

  /// For the scheduler: the jobs of the second round, none of any other.
  func jobs(of round: Int) throws -> [PlannedJob] {
    guard round == 2, planned.sweep.repetition != nil else { return [] }
    guard let repeats = try planned.repeats(in: store) else {
      let count = Counted(try planned.unsettledJobs(in: store), "job")
      warn(["the repeats wait: \(count) of the search neither completed nor failed"])
      return []
    }
    warn(repeats.warnings)
    found.withLock { $0 = repeats }
    return repeats.plan.jobs
  }
}
