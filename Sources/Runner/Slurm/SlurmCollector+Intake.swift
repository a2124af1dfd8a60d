import Foundation
import Logging
import Store
import Sweeps

extension SlurmCollector {
  /// A task that is over for Slurm.
  struct Ended: Sendable {
    let task: SlurmTask
    let submission: SlurmSubmission
    /// The number of its array; nil where Slurm was not asked.
    var job: Int?
    let kind: SlurmEnd.Kind

    var id: SlurmTaskID? { job.map { SlurmTaskID(job: $0, task: task.position) } }
  }

  /// Takes in those of which it is known how they ended.
  func takeIn(
    _ ended: [Ended], stop: JobStop?,
    triesAgain: @Sendable (SlurmTask, AttemptReason?) -> Bool, _ look: inout SlurmLook
  ) async throws {
    var open: [Ended] = []
    for task in ended {
      if look.endings.count + open.count >= largestIntake {
        look.left += 1
      } else if hasFinalReport(task.task) {
        try takeIn(
          task, SlurmEnd(task.kind), stop: nil, isTriedAgain: { triesAgain(task.task, $0) }, &look)
      } else if isCertain(task) {
        open.append(task)
      } else {
        look.doubtful += 1
      }
    }
    guard !open.isEmpty else { return }
    let ends = await ends(of: open)
    for task in open {
      let end = task.id.flatMap { ends[$0] } ?? SlurmEnd(task.kind)
      try takeIn(task, end, stop: stop, isTriedAgain: { triesAgain(task.task, $0) }, &look)
    }
  }

  /// Whether its job has said its last word. One that was stopped may be run again by Slurm.
  func hasFinalReport(_ task: SlurmTask) -> Bool {
    do {
      let report = try folder(of: task).report(for: task.jobKey)
      return report.map { $0.ending != .interrupted } ?? false
    } catch {
      // Who takes it in says what is wrong with it.
      return true
    }
  }

  /// Whether a task without a last word will not have one. Listing the folder makes a network file
  /// system look again.
  private func isCertain(_ ended: Ended) -> Bool {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder(of: ended.task).path)
    guard names?.contains(RunFolder.reportName) != true else { return true }
    let now = ContinuousClock.now
    let first = doubts[ended.task] ?? now
    doubts[ended.task] = first
    return now - first >= patience
  }

  func takeIn(
    _ ended: Ended, _ end: SlurmEnd, stop: JobStop?, isTriedAgain: (AttemptReason?) -> Bool,
    _ look: inout SlurmLook
  ) throws {
    let task = ended.task
    let folder = folder(of: task)
    let spec = (try? folder.request().spec) ?? JobSpec(index: 0, settings: [:], origins: [:])
    var outcome = AttemptReader(
      folder: folder, jobKey: task.jobKey, sweepName: ended.submission.sweepName, spec: spec,
      shellLog: shellLog(of: ended), now: Timestamp(date())
    ).outcome(termination: .slurm(end), stop: task.isToBeCancelled ? .cancelled : stop)
    outcome.isTriedAgain = !task.isToBeCancelled && isTriedAgain(outcome.reason)
    doubts[task] = nil
    guard try store.takeIn(outcome, runID: task.runID, attempt: task.attempt) else { return }
    logger.debug("run \(task.runID) taken in as \(outcome.state) after \(end.description)")
    if !outcome.leavesWorkToGoOnFrom {
      LaunchFolders(store: store, usesNativeBLAS: false, logger: logger).discard(folder)
    }
    // What is in the store need not stay in memory: there may be very many.
    outcome.history = []
    outcome.checkpoints = []
    outcome.queries = nil
    outcome.log = nil
    outcome.environment = [:]
    look.add(.init(task: task, outcome: outcome))
  }

  private func folder(of task: SlurmTask) -> RunFolder {
    RunFolder(path: store.location.runFolder(of: task.runID))
  }

  /// What the task's shell, or Slurm itself, had to say.
  private func shellLog(of ended: Ended) -> String {
    let folder = SlurmScript.folder(of: ended.submission.id, in: store.location.runsFolder)
    let path = SlurmScript.output(ofTask: ended.task.position, in: folder)
    let content = FileManager.default.contents(atPath: path) ?? Data()
    return String(decoding: content.suffix(2_048), as: UTF8.self)
  }

  /// Removes the scripts and lists of submissions of which nothing is left to take in.
  func removeFolders(of submissions: [String]) {
    guard let open = try? Set(store.openSlurmTasks().map(\.submission.id)) else { return }
    for id in submissions where !open.contains(id) {
      try? FileManager.default.removeItem(
        atPath: SlurmScript.folder(of: id, in: store.location.runsFolder))
    }
    rmdir(store.location.runsFolder)
  }
}
