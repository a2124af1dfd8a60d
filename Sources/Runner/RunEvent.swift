package import Store

/// What whoever watches a launch is told.
package enum RunEvent: Sendable {
  /// Jobs in all, of which some are skipped and some go on from a checkpoint.
  /// Without workers where they run elsewhere.
  case began(total: Int, skipped: Int, resumed: Int, workers: Int?)
  case started(position: Int, runID: String)
  /// An attempt failed, and another one follows.
  case retrying(JobEnding, retry: Int, of: Int)
  /// All jobs so far have ended and gave rise to further ones; rounds count from 1.
  case nextRound(_ round: Int, jobs: [PlannedJob], skipped: Int, resumed: Int)
  case finished(JobEnding)
  /// So many jobs are Slurm's now, as an array of this number.
  case submitted(tasks: Int, job: Int)
  /// How many jobs are at work where the launch cannot see them, and how many wait there.
  case elsewhere(running: Int, waiting: Int)
  case said(String)
  case warned(String)
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
  /// Left to Slurm, where they run or wait.
  package var leftToSlurm = 0
  package var wallSeconds = 0.0
}

extension LaunchSummary {
  /// Whether nothing was cut short.
  var isWhole: Bool { interrupted == 0 && pending == 0 }

  mutating func count(_ launched: [LaunchedJob]) {
    let skipped = launched.filter { $0.action == .skip }
    total += launched.count
    self.skipped += skipped.count
    failedBefore += skipped.count { $0.stateBefore == .failed }
    cancelledBefore += skipped.count { $0.stateBefore == .cancelled }
  }

  mutating func count(_ state: RunState) {
    switch state {
    case .completed: completed += 1
    case .failed: failed += 1
    case .cancelled: cancelled += 1
    case .interrupted, .pending, .running: interrupted += 1
    }
  }
}
