package import Foundation
package import Logging
package import Store
import Sweeps

/// Takes in what Slurm has run: the one way from its tasks into the store, whoever looks.
///
/// Any process may look at any time. An attempt is taken in once: the store's own word on whether
/// it is running decides, in the transaction that takes it in.
package actor SlurmCollector {
  /// How long a task that ended without a result is given to be seen to have one: a shared file
  /// system may show it late.
  package static let patience = Duration.seconds(5)
  /// So many tasks are taken in by one look, however many have ended: what is said of them stays in
  /// memory until it is told, and whoever looks may want to say so or to leave.
  package static let largestIntake = 500

  let store: ExperimentStore
  let control: any SlurmControl
  let patience: Duration
  let largestIntake: Int
  let date: @Sendable () -> Date
  let logger: Logger

  private var cluster: String?
  /// When tasks were first seen to have ended without a result.
  var doubts: [SlurmTask: ContinuousClock.Instant] = [:]

  package init(
    store: ExperimentStore, control: any SlurmControl, patience: Duration = patience,
    largestIntake: Int = largestIntake, date: @escaping @Sendable () -> Date = { Date() },
    logger: Logger
  ) {
    self.store = store
    self.control = control
    self.patience = patience
    self.largestIntake = largestIntake
    self.date = date
    self.logger = logger
  }

  /// Looks at the tasks of a sweep, or of all, and takes in those that have ended, or the first of
  /// them.
  ///
  /// - Parameters:
  ///   - taken: What looks before this one took in.
  ///   - launch: The launch that looks, where it is one.
  ///   - stop: Why its tasks were asked to stop, if they were.
  ///   - triesAgain: Whether a task is tried again after it failed for a reason.
  package func look(
    at sweep: String? = nil, after taken: SlurmTally = SlurmTally(), launch: String? = nil,
    stop: JobStop? = nil,
    triesAgain: @Sendable (SlurmTask, AttemptReason?) -> Bool = { _, _ in false }
  ) async throws -> SlurmLook {
    var look = SlurmLook(after: taken)
    let open = try submissions(of: sweep)
    guard !open.isEmpty else { return look }
    let asked = try await ask(about: open, launch: launch, &look)
    var silent: [Ended] = []
    var unwanted: [String] = []
    for submission in open {
      // One array at a time, as there may be very many tasks.
      for task in try store.openSlurmTasks(of: submission.id) {
        let id = asked.arrays[submission.id].map { SlurmTaskID(job: $0, task: task.position) }
        let state = asked.state(of: id)
        if let state, state.end == nil {
          look.count(state)
          if task.isToBeCancelled { unwanted += [id?.description].compactMap(\.self) }
          continue
        }
        let ended = Ended(task: task, submission: submission, id: id, kind: state?.end)
        if look.endings.count + silent.count >= largestIntake {
          look.left += 1
        } else if hasFinalReport(task) {
          let end = SlurmEnd(ended.kind ?? .completed)
          try takeIn(ended, end, stop: nil, triesAgain: triesAgain, &look)
        } else if ended.kind == nil {
          look.unseen += asked.lost.contains(submission.id) ? 0 : 1
        } else if isCertain(task) {
          silent.append(ended)
        } else {
          look.doubtful += 1
        }
      }
    }
    await cancel(unwanted, &look)
    try await takeIn(silent, stop: stop, triesAgain: triesAgain, &look)
    // What has a result is taken in before the rest is given up.
    if look.left == 0 {
      for id in asked.lost { look.withdrawn += try store.withdraw(submission: id) }
    }
    removeFolders(of: open.map(\.id))
    return look
  }

  private func submissions(of sweep: String?) throws -> [SlurmSubmission] {
    try store.openSlurmSubmissions().filter { sweep == nil || $0.sweepName == sweep }
  }

  /// Looks until it is known of every task that has ended how it did.
  package func settle(at sweep: String? = nil) async throws -> SlurmLook {
    var look = try await look(at: sweep)
    while look.left > 0 { look = try await self.look(at: sweep, after: look.taken) }
    guard look.doubtful > 0 else { return look }
    try await Task.sleep(for: patience)
    repeat { look = try await self.look(at: sweep, after: look.taken) } while look.left > 0
    return look
  }

  /// Cancels tasks in Slurm. What becomes of them is taken in when they have ended.
  package func cancel(_ isMeant: @Sendable (SlurmTask) -> Bool) async throws {
    var meant: [(submission: SlurmSubmission, targets: [SlurmTask], isWhole: Bool)] = []
    for submission in try submissions(of: nil) {
      let tasks = try store.openSlurmTasks(of: submission.id)
      let targets = tasks.filter(isMeant)
      if !targets.isEmpty { meant.append((submission, targets, targets.count == tasks.count)) }
    }
    guard !meant.isEmpty else { return }
    var look = SlurmLook()
    let arrays = try await identify(meant.map(\.submission), launch: nil, &look).arrays
    let targets = meant.flatMap { submission, tasks, isWhole -> [String] in
      guard let job = arrays[submission.id] else { return [] }
      return isWhole
        ? ["\(job)"] : tasks.map { SlurmTaskID(job: job, task: $0.position).description }
    }
    if let failure = look.failure { throw failure }
    if !targets.isEmpty { try await control.cancel(targets) }
  }

  /// Says of all tasks without a result that they were interrupted, whatever Slurm does: for a
  /// cluster that is gone for good.
  package func abandon(_ sweep: String?) async throws -> SlurmLook {
    var look = SlurmLook()
    let open = try submissions(of: sweep)
    for submission in open {
      for task in try store.openSlurmTasks(of: submission.id) {
        let ended = Ended(task: task, submission: submission, id: nil, kind: nil)
        try takeIn(
          ended, SlurmEnd(.unknown), stop: nil, triesAgain: { _, _ in false }, &look)
        look.forgetEndings()
      }
    }
    removeFolders(of: open.map(\.id))
    return look
  }

  /// Whoever asked for it may have had no Slurm to tell.
  private func cancel(_ targets: [String], _ look: inout SlurmLook) async {
    guard !targets.isEmpty else { return }
    do throws(SlurmFailure) {
      try await control.cancel(targets)
    } catch {
      look.failure = error
    }
  }

  // MARK: Asking

  private struct Asked {
    /// The numbers of the arrays that can be asked about, by submission.
    var arrays: [String: Int] = [:]
    /// Submissions that Slurm never got.
    var lost: Set<String> = []
    /// Nil where Slurm said nothing.
    var states: [SlurmTaskID: SlurmState]?

    /// Nil where it is not known, as Slurm was not asked.
    func state(of id: SlurmTaskID?) -> SlurmState? {
      guard let id, let states else { return nil }
      return states[id] ?? .ended(.unknown)
    }
  }

  private func ask(
    about open: [SlurmSubmission], launch: String?, _ look: inout SlurmLook
  ) async throws -> Asked {
    var asked = try await identify(open, launch: launch, &look)
    guard look.failure == nil else { return asked }
    var names: [Int: String] = [:]
    for (submission, job) in asked.arrays { names[job] = SlurmScript.jobName(of: submission) }
    do throws(SlurmFailure) {
      asked.states = try await control.states(of: names)
    } catch {
      look.failure = error
    }
    return asked
  }

  /// Finds what Slurm calls the arrays of its cluster.
  private func identify(
    _ open: [SlurmSubmission], launch: String?, _ look: inout SlurmLook
  ) async throws -> Asked {
    var asked = Asked()
    do throws(SlurmFailure) {
      if cluster == nil { cluster = try await control.cluster().name }
    } catch {
      look.failure = error
      return asked
    }
    var living: [String]?
    for submission in open where submission.cluster == cluster {
      if let job = submission.jobID {
        asked.arrays[submission.id] = job
        continue
      }
      // Its launch may be about to hear the number; after its death somebody else must look.
      if living == nil { living = try store.livingLaunches() }
      if submission.launchID != launch, living?.contains(submission.launchID) == true { continue }
      let found: Int?
      do throws(SlurmFailure) {
        found = try await control.job(named: SlurmScript.jobName(of: submission.id))
      } catch {
        look.failure = error
        return asked
      }
      if let found {
        try store.accept(submission: submission.id, asJob: found)
        asked.arrays[submission.id] = found
      } else {
        asked.lost.insert(submission.id)
      }
    }
    return asked
  }
}
