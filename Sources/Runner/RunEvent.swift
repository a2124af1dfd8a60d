package import Store

/// What whoever watches a launch is told.
package enum RunEvent: Sendable {
  /// Jobs in all, of which some are skipped and some go on from a checkpoint.
  case began(total: Int, skipped: Int, resumed: Int, workers: Int)
  case started(position: Int, runID: String)
  /// An attempt failed, and another one follows.
  case retrying(JobEnding, retry: Int, of: Int)
  /// All jobs so far have ended and gave rise to further ones; rounds count from 1.
  case nextRound(_ round: Int, jobs: [PlannedJob], skipped: Int, resumed: Int)
  case finished(JobEnding)
  /// Running jobs are asked to stop, and nothing new starts.
  case stopping(StopCause)
  case ended(LaunchSummary)
}

/// Why a launch stops before its end.
package enum StopCause: Sendable, Hashable {
  case interrupt
  /// A job failed, and the launch is to stop at the first failure.
  case failure
  /// The store or a run folder cannot be written; the launch ends with that error.
  case error
}

/// How one job of a launch ended.
package struct JobEnding: Sendable {
  package var position: Int
  package var runID: String
  package var state: RunState
  /// Where it began if that was not the first attempt.
  package var beginning: String?
  package var message: String?
  package var wallSeconds: Double?
  package var finalMetrics: [String: Double]
}

/// What a launch did.
package struct LaunchSummary: Sendable, Hashable {
  package var total = 0
  package var completed = 0
  package var skipped = 0
  /// Of those that were skipped, jobs that had failed and were not to run again.
  package var failedBefore = 0
  /// Of those that were skipped, jobs that were cancelled.
  package var cancelledBefore = 0
  package var failed = 0
  package var cancelled = 0
  /// Stopped with the launch, or killed.
  package var interrupted = 0
  /// Not started because the launch stopped.
  package var pending = 0
  package var wallSeconds = 0.0
}
