import Foundation
import Logging
import Store
import Sweeps

extension SlurmCollector {
  /// A task that is over for Slurm.
  struct Ended: Sendable {
    let task: SlurmTask
    let submission: SlurmSubmission
    /// Nil where Slurm was not asked.
    let id: SlurmTaskID?
    /// As its listing says; nil where it was not asked.
    let kind: SlurmEnd.Kind?
  }

  /// Takes in those that have left no last word, as Slurm says how they ended.
  func takeIn(
    _ silent: [Ended], stop: JobStop?,
    triesAgain: @Sendable (SlurmTask, AttemptReason?) -> Bool, _ look: inout SlurmLook
  ) async throws {
    var names: [Int: String] = [:]
    for task in silent {
      task.id.map { names[$0.job] = SlurmScript.jobName(of: task.submission.id) }
    }
    let ends = names.isEmpty ? [:] : await control.ends(of: names)
    for task in silent {
      let end = task.id.flatMap { ends[$0] } ?? SlurmEnd(task.kind ?? .unknown)
      try takeIn(task, end, stop: stop, triesAgain: triesAgain, &look)
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
  func isCertain(_ task: SlurmTask) -> Bool {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder(of: task).path)
    guard names?.contains(RunFolder.reportName) != true else { return true }
    let now = ContinuousClock.now
    let first = doubts[task] ?? now
    doubts[task] = first
    return now - first >= patience
  }

  func takeIn(
    _ ended: Ended, _ end: SlurmEnd, stop: JobStop?,
    triesAgain: (SlurmTask, AttemptReason?) -> Bool, _ look: inout SlurmLook
  ) throws {
    let task = ended.task
    let folder = folder(of: task)
    let spec = (try? folder.request().spec) ?? JobSpec(index: 0, settings: [:], origins: [:])
    var outcome = AttemptReader(
      folder: folder, jobKey: task.jobKey, sweepName: ended.submission.sweepName, spec: spec,
      shellLog: shellLog(of: ended), now: Timestamp(date())
    ).outcome(termination: .slurm(end), stop: task.isToBeCancelled ? .cancelled : stop)
    outcome.isTriedAgain = !task.isToBeCancelled && triesAgain(task, outcome.reason)
    doubts[task] = nil
    guard try store.takeIn(outcome, runID: task.runID, attempt: task.attempt) else { return }
    logger.debug("run \(task.runID) taken in as \(outcome.state) after \(end.description)")
    LaunchFolders(store: store, usesNativeBLAS: false, logger: logger)
      .tidy(folder, after: outcome)
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
    return DurableFile.tail(of: path, limit: 2_048)
  }

  /// Removes the scripts and lists of submissions of which nothing is left to take in.
  func removeFolders(of submissions: [String]) {
    guard let open = try? Set(store.openSlurmSubmissions().map(\.id)) else { return }
    for id in submissions where !open.contains(id) {
      try? FileManager.default.removeItem(
        atPath: SlurmScript.folder(of: id, in: store.location.runsFolder))
    }
    rmdir(store.location.runsFolder)
  }
}
