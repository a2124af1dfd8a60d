package import Foundation
package import Logging
package import Store
import Sweeps

/// Carries a launch out through Slurm: hands its jobs in, and takes in what they leave.
///
/// Everything that must be known after its death is in the store before Slurm hears of it, so that
/// any later look goes on where it ended.
package actor SlurmLaunch {
  let store: ExperimentStore
  private let control: any SlurmControl
  private let collector: SlurmCollector
  private let request: SlurmRequest
  let policy: LaunchPolicy
  let folders: LaunchFolders
  private let date: @Sendable () -> Date
  private let sleep: @Sendable (Duration) async throws -> Void
  private let logger: Logger
  let observe: @Sendable (RunEvent) -> Void

  var summary = LaunchSummary()
  /// Jobs of this launch that have not ended, by their runs.
  var outstanding: [String: PlannedJob] = [:]
  /// Those of them that are to be handed in.
  private var queue: [Scheduler.QueuedJob] = []
  var retriesMade: [String: Int] = [:]
  private var stop: JobStop?
  private var isLeaving = false
  private var pause: Task<Void, any Error>?
  private var pace = SlurmPace()
  private var saidSilence = false

  /// - Parameter sleep: Waits between looks.
  package init(
    store: ExperimentStore, control: any SlurmControl, request: SlurmRequest,
    policy: LaunchPolicy = .init(), usesNativeBLAS: Bool,
    patience: Duration = SlurmCollector.patience,
    date: @escaping @Sendable () -> Date = { Date() },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    logger: Logger, observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.store = store
    self.control = control
    self.request = request
    self.policy = policy
    self.date = date
    self.sleep = sleep
    self.logger = logger
    self.observe = observe
    folders = LaunchFolders(store: store, usesNativeBLAS: usesNativeBLAS, logger: logger)
    collector = SlurmCollector(
      store: store, control: control, patience: patience, date: date, logger: logger)
  }

  /// Runs what the plan says to its end, then the rounds that `next` gives, or until it is told to
  /// leave.
  package func run(
    _ plan: [PlannedJob], as launch: LaunchRecord, next: NextRound? = nil
  ) async throws -> LaunchSummary {
    defer { rmdir(store.location.runsFolder) }
    let start = ContinuousClock.now
    let cluster: SlurmCluster
    do throws(SlurmFailure) {
      cluster = try await control.cluster()
    } catch {
      throw RunnerError(.slurm, "jobs cannot be handed to Slurm: \(error)")
    }
    let submitter = SlurmSubmitter(
      store: store, control: control, folders: folders, request: request, cluster: cluster)
    let lock = try folders.lock(launch.id)
    defer { withExtendedLifetime(lock) {} }
    try folders.removeLeftovers()
    let launched = try store.begin(launch, jobs: plan)
    count(launched)
    take(plan, launched)
    observe(
      .began(
        total: plan.count, skipped: summary.skipped, resumed: folders.resumable(queue),
        workers: nil))
    let watch = leaseRenewal(of: launch.id)
    do {
      try await runRounds(launch, submitter, next: next)
      await Self.end(watch)
    } catch {
      await Self.end(watch)
      // Where even this fails, whoever opens the store next finds the launch dead.
      try? store.end(launch: launch.id, at: now)
      throw error
    }
    try store.end(launch: launch.id, at: now)
    summary.leftToSlurm = outstanding.count
    summary.wallSeconds = (ContinuousClock.now - start) / .seconds(1)
    observe(.ended(summary))
    return summary
  }

  /// Leaves what Slurm has to Slurm.
  package func interrupt() {
    isLeaving = true
    pause?.cancel()
  }

  var now: Timestamp { Timestamp(date()) }

  private func leaseRenewal(of launch: String) -> Task<Void, Never> {
    Task { [store, logger] in
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(LaunchLease.renewalSeconds))
        guard !Task.isCancelled else { return }
        do {
          try store.renewLease(of: launch)
        } catch {
          logger.warning("launch \(launch) could not renew its lease: \(error)")
        }
      }
    }
  }

  /// Waits until it has come to an end: the store may be closed after that.
  private static func end(_ watch: Task<Void, Never>) async {
    watch.cancel()
    await watch.value
  }

  private func take(_ plan: [PlannedJob], _ launched: [LaunchedJob]) {
    queue = zip(plan, launched).filter { $1.action != .skip }.map { ($0, $1.runID) }
    for entry in queue { outstanding[entry.runID] = entry.job }
  }

  private func runRounds(
    _ launch: LaunchRecord, _ submitter: SlurmSubmitter, next: NextRound?
  ) async throws {
    var round = 1
    while true {
      try await runRound(launch, submitter)
      round += 1
      guard let next, outstanding.isEmpty, summary.isWhole, stop == nil, !isLeaving else { return }
      let plan = try next(round)
      guard !plan.isEmpty else { return }
      let launched = try store.append(plan, to: launch)
      count(launched)
      take(plan, launched)
      observe(
        .nextRound(
          round, jobs: plan, skipped: plan.count - queue.count, resumed: folders.resumable(queue)))
    }
  }

  private func runRound(_ launch: LaunchRecord, _ submitter: SlurmSubmitter) async throws {
    while !outstanding.isEmpty {
      if stop == nil, !isLeaving { try await handIn(launch, submitter) }
      if stop != nil { try await cancelTasks() }
      if isLeaving || (request.detaches && queue.isEmpty) { return }
      let look = try await collector.look(
        launch: launch.id, stop: stop, triesAgain: retryRule())
      say(look)
      for ending in look.endings { settle(ending) }
      try await settleOthers()
      if outstanding.isEmpty || isLeaving { return }
      if look.left == 0 {
        await wait(pace.pause(after: look.open, isNews: !look.endings.isEmpty))
      }
    }
  }

  private func wait(_ duration: Duration) async {
    let pause = Task { [sleep] in try await sleep(duration) }
    self.pause = pause
    if isLeaving { pause.cancel() }
    // Cut short where the launch is to leave.
    _ = await pause.result
  }

  /// Hands in what waits, as far as Slurm takes it.
  private func handIn(_ launch: LaunchRecord, _ submitter: SlurmSubmitter) async throws {
    while !queue.isEmpty, !isLeaving {
      let part = Array(queue.prefix(submitter.largestArray))
      switch try await submitter.submit(part, launch: launch, now: now) {
      case .accepted(let job, let tasks):
        observe(.submitted(tasks: tasks, job: job))
        queue.removeFirst(part.count)
      case .taken: queue.removeFirst(part.count)
      case .unknown(let failure):
        sayOnce(failure)
        queue.removeFirst(part.count)
        return
      case .refused(let failure):
        // A full queue, or one's own limit there, takes more when something has ended.
        guard outstanding.count > queue.count || failure.kind == .silent else {
          throw RunnerError(
            .slurm,
            "Slurm takes no jobs: \(failure). Nothing of what it refused is lost: launch "
              + "again when that is mended")
        }
        sayOnce(failure)
        return
      }
    }
  }

  private func sayOnce(_ failure: SlurmFailure) {
    guard !saidSilence else { return }
    saidSilence = true
    observe(.warned("\(failure). It is asked again"))
  }

  private func say(_ look: SlurmLook) {
    if let failure = look.failure {
      sayOnce(failure)
    } else if saidSilence, queue.isEmpty {
      saidSilence = false
      observe(.said("Slurm answers again"))
    }
    observe(.elsewhere(running: look.running, waiting: look.waiting))
  }

  /// Stops the tasks of this launch after the first failure.
  func stopAtFailure() {
    guard stop == nil else { return }
    stop = .launchStopped
    observe(.stopping(.failure))
    // What Slurm never got waits for another launch.
    for entry in queue { outstanding[entry.runID] = nil }
    summary.pending += queue.count
    queue = []
  }

  private func cancelTasks() async throws {
    let runs = Set(outstanding.keys)
    do {
      try await collector.cancel { runs.contains($0.runID) }
    } catch let failure as SlurmFailure {
      sayOnce(failure)
    }
  }

  /// Puts a job back into the queue.
  func requeue(_ job: PlannedJob, runID: String) {
    guard stop == nil else { return }
    queue.append((job, runID))
  }

  var queuedRuns: Set<String> { Set(queue.map(\.runID)) }
}
