package import Store

/// What whoever watches a launch is told.
package enum RunEvent: Sendable {
  /// Jobs in all, of which some are skipped and some go on from a checkpoint.
  case began(total: Int, skipped: Int, resumed: Int, workers: Int)
  case started(position: Int, runID: String)
  /// All jobs so far have ended and gave rise to further ones; rounds count from 1.
  case nextRound(_ round: Int, jobs: [PlannedJob], skipped: Int, resumed: Int)
  case finished(JobEnding)
  /// An interrupt was seen; running jobs are asked to stop.
  case stopping
  case ended(LaunchSummary)
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
  package var failed = 0
  /// Stopped because of an interrupt, or killed.
  package var interrupted = 0
  /// Not started because of an interrupt.
  package var pending = 0
  package var wallSeconds = 0.0
}
