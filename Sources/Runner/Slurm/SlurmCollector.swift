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

  private typealias Open = (submission: SlurmSubmission, tasks: [SlurmTask])

  let store: ExperimentStore
  private let control: any SlurmControl
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
    let open = try store.openSlurmTasks().filter {
      sweep == nil || $0.submission.sweepName == sweep
    }
    guard !open.isEmpty else { return look }
    let asked = try await ask(about: open, launch: launch, &look)
    var ended: [Ended] = []
    var unwanted: [String] = []
    for (submission, tasks) in open {
      for task in tasks {
        guard let job = asked.arrays[submission.id], let states = asked.states else {
          if hasFinalReport(task) {
            ended.append(Ended(task: task, submission: submission, kind: .completed))
          } else if !asked.lost.contains(submission.id) {
            look.unseen += 1
          }
          continue
        }
        let id = SlurmTaskID(job: job, task: task.position)
        let state = states[id] ?? .ended(.unknown)
        if task.isToBeCancelled, !state.isEnd { unwanted.append(id.description) }
        switch state {
        case .waiting(let reason):
          look.waiting += 1
          look.reasons[reason, default: 0] += 1
        case .running: look.running += 1
        case .ended(let kind):
          ended.append(Ended(task: task, submission: submission, job: job, kind: kind))
        }
      }
    }
    await cancel(unwanted, &look)
    try await takeIn(ended, stop: stop, triesAgain: triesAgain, &look)
    for id in asked.lost { look.withdrawn += try store.withdraw(submission: id) }
    removeFolders(of: open.map(\.submission.id))
    return look
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
    let open = try store.openSlurmTasks().filter { $0.tasks.contains(where: isMeant) }
    guard !open.isEmpty else { return }
    var look = SlurmLook()
    let arrays = try await identify(open, launch: nil, &look).arrays
    var targets: [String] = []
    for (submission, tasks) in open {
      guard let job = arrays[submission.id] else { continue }
      let meant = tasks.filter(isMeant)
      targets +=
        meant.count == tasks.count
        ? ["\(job)"] : meant.map { SlurmTaskID(job: job, task: $0.position).description }
    }
    if let failure = look.failure { throw failure }
    if !targets.isEmpty { try await control.cancel(targets) }
  }

  /// Says of all tasks without a result that they were interrupted, whatever Slurm does: for a
  /// cluster that is gone for good.
  package func abandon(_ sweep: String?) async throws -> SlurmLook {
    var look = SlurmLook()
    let open = try store.openSlurmTasks().filter {
      sweep == nil || $0.submission.sweepName == sweep
    }
    for (submission, tasks) in open {
      for task in tasks {
        let ended = Ended(task: task, submission: submission, kind: .unknown)
        try takeIn(ended, SlurmEnd(.unknown), stop: nil, isTriedAgain: { _ in false }, &look)
        look.forgetEndings()
      }
    }
    removeFolders(of: open.map(\.submission.id))
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
  }

  private func ask(
    about open: [Open], launch: String?, _ look: inout SlurmLook
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
    _ open: [Open], launch: String?, _ look: inout SlurmLook
  ) async throws -> Asked {
    var asked = Asked()
    do throws(SlurmFailure) {
      if cluster == nil { cluster = try await control.cluster().name }
    } catch {
      look.failure = error
      return asked
    }
    var living: [String]?
    for (submission, _) in open where submission.cluster == cluster {
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

  /// How tasks ended, as far as Slurm knows.
  func ends(of ended: [Ended]) async -> [SlurmTaskID: SlurmEnd] {
    var names: [Int: String] = [:]
    for task in ended { task.job.map { names[$0] = SlurmScript.jobName(of: task.submission.id) } }
    return names.isEmpty ? [:] : await control.ends(of: names)
  }
}
