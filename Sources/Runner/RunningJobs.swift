import Synchronization

/// The jobs that a launch is running, each of which can be asked to stop, once and for a reason.
final class RunningJobs: Sendable {
  private struct Job {
    var task: Task<Termination, Never>
    var stop: JobStop?
  }

  private struct State {
    var jobs: [String: Job] = [:]
    /// Why whatever starts from now on is to stop at once.
    var stopOfAll: JobStop?
  }

  private let state = Mutex(State())

  /// Runs a job to its end, and tells why it was asked to stop, if it was.
  func run(
    _ runID: String, timeout seconds: Double?, clock: any Clock<Duration>,
    _ body: @escaping @Sendable () async -> Termination
  ) async -> (Termination, JobStop?) {
    let task = Task { await body() }
    state.withLock { state in
      state.jobs[runID] = Job(task: task, stop: state.stopOfAll)
      if state.stopOfAll != nil { task.cancel() }
    }
    let timer = Task {
      guard let seconds else { return }
      try await clock.sleep(for: .seconds(seconds))
      stop(runID, because: .timedOut)
    }
    let termination = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    timer.cancel()
    return (termination, state.withLock { $0.jobs.removeValue(forKey: runID)?.stop })
  }

  /// Asks a job to stop. The first reason stands.
  func stop(_ runID: String, because reason: JobStop) {
    state.withLock { state in
      guard let job = state.jobs[runID], job.stop == nil else { return }
      state.jobs[runID]?.stop = reason
      job.task.cancel()
    }
  }

  /// Asks all jobs to stop, those too that start later.
  func stopAll(because reason: JobStop) {
    let running = state.withLock { state in
      state.stopOfAll = reason
      return Array(state.jobs.keys)
    }
    for runID in running { stop(runID, because: reason) }
  }
}
