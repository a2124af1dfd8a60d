import Foundation
import Store
import Sweeps

/// What the launch does about jobs that have ended, by whoever took them in.
extension SlurmLaunch {
  func count(_ launched: [LaunchedJob]) { summary.count(launched) }

  func retryRule() -> @Sendable (SlurmTask, AttemptReason?) -> Bool {
    let rule = RetryPolicy(retries: policy.resources.retries)
    let own = Set(outstanding.keys)
    let made = retriesMade
    return { task, reason in
      own.contains(task.runID)
        && rule.triesAgain(after: reason, retriesMade: made[task.runID] ?? 0)
    }
  }

  /// A task that this launch took in, which may be another one's.
  func settle(_ ending: SlurmLook.Ending) {
    let runID = ending.task.runID
    guard let job = outstanding[runID] else { return }
    let told = JobEnding(job, runID: runID, outcome: ending.outcome)
    if ending.outcome.isTriedAgain {
      retriesMade[runID, default: 0] += 1
      observe(.retrying(told, retry: retriesMade[runID] ?? 1, of: policy.resources.retries))
      requeue(job, runID: runID)
    } else {
      end(told)
    }
  }

  /// Jobs that are not Slurm's under anybody's name: another process took them in, or a launch has
  /// them on its own host.
  func settleOthers() async throws {
    let open = Set(
      try store.openSlurmSubmissions().flatMap {
        try store.openSlurmTasks(of: $0.id).map(\.runID)
      })
    let queued = queuedRuns
    let left = outstanding.filter { !open.contains($0.key) && !queued.contains($0.key) }
    guard !left.isEmpty else { return }
    try store.markDeadLaunches(now: now)
    let known = try store.knownRuns(ids: Array(left.keys))
    for (runID, job) in left {
      guard let known = known[runID] else { continue }
      switch known.state {
      case .running: continue
      case .pending, .interrupted: requeue(job, runID: runID)
      case .completed, .failed, .cancelled:
        end(
          JobEnding(
            position: job.spec.index, runID: runID, state: known.state, message: known.error,
            wallSeconds: known.wallSeconds, finalMetrics: [:]))
      }
    }
  }

  private func end(_ ending: JobEnding) {
    outstanding[ending.runID] = nil
    summary.count(ending.state)
    observe(.finished(ending))
    if ending.state == .failed && policy.stopsAtFirstFailure { stopAtFailure() }
  }
}
