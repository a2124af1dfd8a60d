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
  private let folders: LaunchFolders
  private let clock: any Clock<Duration>
  private let date: @Sendable () -> Date
  private let logger: Logger
  let observe: @Sendable (RunEvent) -> Void
  private let lookElsewhere: @Sendable () async -> Void

  private var phase = Phase.running
  private var jobs: Task<Void, any Error>?
  private var summary = LaunchSummary()
  private let running = RunningJobs()

  /// How often a job that another launch is running is looked at.
  private static let lookInterval = Duration.milliseconds(250)

  /// - Parameters:
  ///   - clock: For limits on time; nobody can set it.
  ///   - date: What is written down of when things happened. It may go back.
  ///   - lookElsewhere: Called again and again while a job is waited for that is not this
  ///     launch's, to take in what no launch does, such as what Slurm has run.
  package init(
    store: ExperimentStore, executor: any Executor, workers: Int, policy: LaunchPolicy = .init(),
    usesNativeBLAS: Bool, clock: any Clock<Duration> = ContinuousClock(),
    date: @escaping @Sendable () -> Date = { Date() }, logger: Logger,
    lookElsewhere: @escaping @Sendable () async -> Void = {},
    observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    precondition(workers > 0, "\(workers) workers")
    self.store = store
    self.executor = executor
    self.workers = workers
    self.policy = policy
    folders = LaunchFolders(store: store, usesNativeBLAS: usesNativeBLAS, logger: logger)
    self.clock = clock
    self.date = date
    self.logger = logger
    self.lookElsewhere = lookElsewhere
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
    let lock = try folders.lock(launch.id)
    defer { withExtendedLifetime(lock) {} }
    try folders.removeLeftovers()
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

  /// Whether nothing was cut short so far.
  var isWhole: Bool { phase == .running && summary.isWhole }

  /// A job with the run that stands for it.
  typealias QueuedJob = (job: PlannedJob, runID: String)

  func queue(of plan: [PlannedJob], as launched: [LaunchedJob]) -> [QueuedJob] {
    zip(plan, launched).filter { $1.action != .skip }.map { ($0, $1.runID) }
  }

  func resumable(_ queue: [QueuedJob]) -> Int { folders.resumable(queue) }

  func count(_ launched: [LaunchedJob]) { summary.count(launched) }

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
      await lookElsewhere()
      guard let known = try store.knownRuns(ids: [runID])[runID] else { return }
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
    summary.count(ending.state)
    observe(.finished(ending))
    if ending.state == .failed && policy.stopsAtFirstFailure { stop(because: .failure) }
  }

  private func execute(
    _ job: PlannedJob, runID: String, attempt: Int, launch: LaunchRecord,
    triesAgain: (AttemptReason?) -> Bool
  ) async throws -> AttemptOutcome {
    let folder = folders.folder(of: runID)
    var termination = Termination.exited(0)
    var stop: JobStop?
    // A launch that died may have left a finished job that nobody has taken in.
    if folders.finishedReport(in: folder, for: job.key) == nil {
      observe(.started(position: job.spec.index, runID: runID))
      logger.debug("run \(runID), attempt \(attempt), starts in \(folder.path)")
      try folders.prepare(job, runID: runID, attempt: attempt, launch: launch)
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
    folders.tidy(folder, after: outcome)
    logger.debug("run \(runID) taken in as \(outcome.state) after \(termination.description)")
    return outcome
  }
}

extension JobEnding {
  init(_ job: PlannedJob, runID: String, outcome: AttemptOutcome) {
    self.init(
      position: job.spec.index, runID: runID, state: RunState(outcome.state),
      beginning: outcome.beginning, message: outcome.message,
      wallSeconds: outcome.cost?.wallSeconds, finalMetrics: outcome.finalMetrics)
  }
}

extension RunState {
  init(_ state: AttemptOutcome.State) {
    switch state {
    case .completed: self = .completed
    case .failed: self = .failed
    case .interrupted: self = .interrupted
    case .cancelled: self = .cancelled
    }
  }
}
