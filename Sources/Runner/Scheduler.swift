package import Foundation
package import Logging
package import Store
import Sweeps

/// Carries a launch out: the one writer of its runs.
///
/// Jobs write their run folders and nothing else; what they leave is taken into the store
/// once, in one transaction each.
package actor Scheduler {
  private enum Phase {
    case running
    /// Nothing new starts; running jobs are asked to end.
    case stopping
  }

  let store: ExperimentStore
  private let executor: any Executor
  private let workers: Int
  private let policy: LaunchPolicy
  private let usesNativeBLAS: Bool
  private let clock: any Clock<Duration>
  private let date: @Sendable () -> Date
  private let logger: Logger
  let observe: @Sendable (RunEvent) -> Void

  private var phase = Phase.running
  private var jobs: Task<Void, any Error>?
  private var summary = LaunchSummary()
  private let running = RunningJobs()

  /// How often a job that another launch is running is looked at.
  private static let lookInterval = Duration.milliseconds(250)

  /// - Parameters:
  ///   - clock: For limits on time; nobody can set it.
  ///   - date: What is written down of when things happened. It may go back.
  package init(
    store: ExperimentStore, executor: any Executor, workers: Int, policy: LaunchPolicy = .init(),
    usesNativeBLAS: Bool, clock: any Clock<Duration> = ContinuousClock(),
    date: @escaping @Sendable () -> Date = { Date() }, logger: Logger,
    observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    precondition(workers > 0, "\(workers) workers")
    self.store = store
    self.executor = executor
    self.workers = workers
    self.policy = policy
    self.usesNativeBLAS = usesNativeBLAS
    self.clock = clock
    self.date = date
    self.logger = logger
    self.observe = observe
  }

  /// Runs what the plan says to its end, then the rounds that `next` gives, or until it is
  /// interrupted.
  package func run(
    _ plan: [PlannedJob], as launch: LaunchRecord, next: NextRound? = nil
  ) async throws -> LaunchSummary {
    // Goes where nothing of any launch is left in it.
    defer { rmdir(store.location.runsFolder) }
    return try await runLocked(plan, as: launch, next: next)
  }

  private func runLocked(
    _ plan: [PlannedJob], as launch: LaunchRecord, next: NextRound?
  ) async throws -> LaunchSummary {
    let start = ContinuousClock.now
    let lock = try lockLaunch(launch.id)
    defer { withExtendedLifetime(lock) {} }
    try removeLeftovers()
    let launched = try store.begin(launch, jobs: plan)
    let toRun = queue(of: plan, as: launched)
    count(launched)
    logger.debug("launch \(launch.id) holds its lock; \(toRun.count) of \(plan.count) jobs to run")
    observe(
      .began(
        total: plan.count, skipped: summary.skipped, resumed: resumable(toRun), workers: workers))
    let task = Task { try await runRounds(toRun, launch: launch, next: next) }
    jobs = task
    if phase == .stopping { task.cancel() }
    let watch = LaunchWatch(
      store: store, launchID: launch.id, running: running, clock: clock, logger: logger)
    let watching = Task { await watch.run() }
    let outcome = await task.result
    watching.cancel()
    // Where even this fails, whoever opens the store next finds the launch dead.
    let ended = Result { try store.end(launch: launch.id, at: now) }
    try outcome.get()
    try ended.get()
    summary.wallSeconds = (ContinuousClock.now - start) / .seconds(1)
    observe(.ended(summary))
    return summary
  }

  /// The first interrupt asks the jobs to end, the second one ends them.
  package func interrupt() {
    switch phase {
    case .running: stop(because: .interrupt)
    case .stopping: executor.kill()
    }
  }

  private func stop(because cause: StopCause) {
    guard phase == .running else { return }
    phase = .stopping
    observe(.stopping(cause))
    running.stopAll(because: .launchStopped)
    jobs?.cancel()
  }

  private var now: Timestamp { Timestamp(date()) }

  private func lockLaunch(_ id: String) throws -> LaunchLock {
    let folder = store.location.runsFolder
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw RunnerError.refused(folder, "created", errno: errno)
    }
    guard let lock = try LaunchLock(path: store.location.launchLock(of: id)) else {
      throw RunnerError(.file, "the lock of launch \(id) is held by another process")
    }
    return lock
  }

  /// Locks and run folders of launches that were killed after their last word to the store.
  private func removeLeftovers() throws {
    let folder = store.location.runsFolder
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw RunnerError.refused(folder, "read", error)
    }
    for name in names where name.hasSuffix(".lock") || name.hasSuffix(".lock.partial") {
      _ = LaunchLock.sight(of: folder + "/" + name, from: store.observer.host)
    }
    for run in try store.finishedRuns(among: names) {
      discard(RunFolder(path: store.location.runFolder(of: run)))
    }
  }

  /// What is in it is in the store, so a launch need not end where it cannot be removed.
  private func discard(_ folder: RunFolder) {
    do {
      try folder.remove()
    } catch {
      logger.warning("\(error). The next launch tries again")
    }
  }

  /// Whether nothing was cut short so far.
  var isWhole: Bool { phase == .running && summary.interrupted == 0 && summary.pending == 0 }

  /// A job with the run that stands for it.
  typealias QueuedJob = (job: PlannedJob, runID: String)

  func queue(of plan: [PlannedJob], as launched: [LaunchedJob]) -> [QueuedJob] {
    zip(plan, launched).filter { $1.action != .skip }.map { ($0, $1.runID) }
  }

  /// How many of the jobs go on where an earlier attempt stopped.
  func resumable(_ queue: [QueuedJob]) -> Int {
    queue.count { RunFolder(path: store.location.runFolder(of: $0.runID)).hasTrainingState }
  }

  func count(_ launched: [LaunchedJob]) {
    let skipped = launched.filter { $0.action == .skip }
    summary.total += launched.count
    summary.skipped += skipped.count
    summary.failedBefore += skipped.count { $0.stateBefore == .failed }
    summary.cancelledBefore += skipped.count { $0.stateBefore == .cancelled }
  }

  func runAll(_ queue: [QueuedJob], launch: LaunchRecord) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      var next = 0
      for _ in 0..<min(workers, queue.count) {
        let entry = queue[next]
        next += 1
        group.addTask { try await self.run(entry.job, runID: entry.runID, launch: launch) }
      }
      while try await group.next() != nil {
        guard next < queue.count else { continue }
        let entry = queue[next]
        next += 1
        group.addTask { try await self.run(entry.job, runID: entry.runID, launch: launch) }
      }
    }
  }

  private func run(_ job: PlannedJob, runID: String, launch: LaunchRecord) async throws {
    do {
      try await runToEnd(job, runID: runID, launch: launch)
    } catch {
      stop(because: .error)
      throw error
    }
  }

  /// Runs one job, again where it is worth it, or waits for the launch that is running it.
  private func runToEnd(_ job: PlannedJob, runID: String, launch: LaunchRecord) async throws {
    var retriesMade = 0
    while phase == .running {
      if let attempt = try store.claim(
        runID: runID, launchID: launch.id, spec: job.spec, now: now)
      {
        let outcome = try await execute(job, runID: runID, attempt: attempt, launch: launch) {
          RetryPolicy(retries: policy.resources.retries)
            .triesAgain(after: $0, retriesMade: retriesMade)
        }
        let ending = JobEnding(job, runID: runID, outcome: outcome)
        guard outcome.isTriedAgain else { return count(ending) }
        retriesMade += 1
        observe(.retrying(ending, retry: retriesMade, of: policy.resources.retries))
        continue
      }
      try store.markDeadLaunches(now: now)
      guard let known = try store.knownJobs(keys: [job.key])[job.key] else { return }
      switch known.state {
      case .completed:
        summary.skipped += 1
        return
      case .failed, .cancelled:
        count(
          JobEnding(
            position: job.spec.index, runID: runID, state: known.state,
            message: "\(known.error ?? "cancelled") (under another launch)", wallSeconds: nil,
            finalMetrics: [:]))
        return
      case .pending, .interrupted, .running:
        logger.debug("run \(runID) is another launch's; looking again")
        try? await clock.sleep(for: Self.lookInterval)
      }
    }
    summary.pending += 1
  }

  private func count(_ ending: JobEnding) {
    switch ending.state {
    case .completed: summary.completed += 1
    case .failed: summary.failed += 1
    case .cancelled: summary.cancelled += 1
    case .interrupted, .pending, .running: summary.interrupted += 1
    }
    observe(.finished(ending))
    if ending.state == .failed && policy.stopsAtFirstFailure { stop(because: .failure) }
  }

  private func execute(
    _ job: PlannedJob, runID: String, attempt: Int, launch: LaunchRecord,
    triesAgain: (AttemptReason?) -> Bool
  ) async throws -> AttemptOutcome {
    let folder = RunFolder(path: store.location.runFolder(of: runID))
    var termination = Termination.exited(0)
    var stop: JobStop?
    // A launch that died may have left a finished job that nobody has taken in.
    if finishedReport(in: folder, for: job.key) == nil {
      observe(.started(position: job.spec.index, runID: runID))
      logger.debug("run \(runID), attempt \(attempt), starts in \(folder.path)")
      try folder.create(
        JobRequest(
          runID: runID, attempt: attempt, jobKey: job.key, spec: job.spec,
          objective: launch.objective, dataDigests: job.dataDigests,
          earlierCost: try store.cost(of: runID), usesNativeBLAS: usesNativeBLAS))
      if let run = job.spec.settings["initial"]?.text,
        let weights = try store.checkpoint(of: run, kind: .best)
      {
        try folder.write(initialWeights: weights)
      }
      (termination, stop) = await running.run(
        runID, timeout: policy.resources.timeoutSeconds, clock: clock
      ) { [executor, policy] in
        await executor.run(folder, resources: policy.resources)
      }
    } else {
      logger.debug("run \(runID) was finished under a launch that died")
    }
    var outcome = AttemptReader(
      folder: folder, jobKey: job.key, sweepName: launch.sweepName, spec: job.spec,
      resources: policy.resources, now: now
    ).outcome(termination: termination, stop: stop)
    outcome.isTriedAgain = phase == .running && triesAgain(outcome.reason)
    try store.takeIn(outcome, runID: runID, attempt: attempt)
    if !outcome.leavesWorkToGoOnFrom { discard(folder) }
    logger.debug("run \(runID) taken in as \(outcome.state) after \(termination.description)")
    return outcome
  }

  private func finishedReport(in folder: RunFolder, for key: String) -> JobReport? {
    do {
      let report = try folder.report(for: key)
      return report?.ending == .completed ? report : nil
    } catch {
      // The job runs again, and its own report takes the place of this one.
      logger.warning("\(error)")
      return nil
    }
  }
}

extension JobEnding {
  fileprivate init(_ job: PlannedJob, runID: String, outcome: AttemptOutcome) {
    self.init(
      position: job.spec.index, runID: runID, state: RunState(outcome.state),
      beginning: outcome.beginning, message: outcome.message,
      wallSeconds: outcome.cost?.wallSeconds, finalMetrics: outcome.finalMetrics)
  }
}

extension RunState {
  fileprivate init(_ state: AttemptOutcome.State) {
    switch state {
    case .completed: self = .completed
    case .failed: self = .failed
    case .interrupted: self = .interrupted
    case .cancelled: self = .cancelled
    }
  }
}
