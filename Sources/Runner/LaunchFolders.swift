import Foundation
import Logging
import Store
import Sweeps

/// The run folders of a store as a launch uses them, with the lock that says that it lives.
struct LaunchFolders {
  let store: ExperimentStore
  let usesNativeBLAS: Bool
  let logger: Logger

  func folder(of runID: String) -> RunFolder {
    RunFolder(path: store.location.runFolder(of: runID))
  }

  func lock(_ launchID: String) throws -> LaunchLock {
    let folder = store.location.runsFolder
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw RunnerError.refused(folder, "created", errno: errno)
    }
    guard let lock = try LaunchLock(path: store.location.launchLock(of: launchID)) else {
      throw RunnerError(.file, "the lock of launch \(launchID) is held by another process")
    }
    return lock
  }

  /// Removes locks and run folders of launches that were killed after their last word to the
  /// store.
  func removeLeftovers() throws {
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
    for run in try store.finishedRuns(among: names) { discard(self.folder(of: run)) }
  }

  /// How many of the jobs go on where an earlier attempt stopped.
  func resumable(_ queue: [Scheduler.QueuedJob]) -> Int {
    queue.count { folder(of: $0.runID).hasTrainingState }
  }

  /// Leaves of a run folder what another attempt can go on from: not the report of files that are
  /// damaged, or that one would only be taken in again.
  func tidy(_ folder: RunFolder, after outcome: AttemptOutcome) {
    guard outcome.leavesWorkToGoOnFrom else { return discard(folder) }
    guard outcome.isDamaged else { return }
    do {
      try folder.removeReport()
    } catch {
      logger.warning("\(error)")
    }
  }

  /// What is in it is in the store, so a launch need not end where it cannot be removed.
  func discard(_ folder: RunFolder) {
    do {
      try folder.remove()
    } catch {
      logger.warning("\(error). The next launch tries again")
    }
  }

  /// Makes the folder of an attempt, with all that its job needs.
  func prepare(
    _ job: PlannedJob, runID: String, attempt: Int, launch: LaunchRecord,
    submission: String? = nil
  ) throws {
    let folder = folder(of: runID)
    try folder.create(
      JobRequest(
        runID: runID, attempt: attempt, jobKey: job.key, spec: job.spec,
        objective: launch.objective, dataDigests: job.dataDigests,
        earlierCost: try store.cost(of: runID), usesNativeBLAS: usesNativeBLAS,
        submission: submission))
    if let run = job.spec.settings["initial"]?.text,
      let weights = try store.checkpoint(of: run, kind: .best)
    {
      try folder.write(initialWeights: weights)
    }
  }

  /// The report of a job that had ended under a launch that died; nil where there is none, or the
  /// files that it speaks of are gone.
  func finishedReport(in folder: RunFolder, for key: String) -> JobReport? {
    do {
      guard let report = try folder.report(for: key), report.ending == .completed,
        folder.hasFiles(of: report)
      else { return nil }
      return report
    } catch {
      // The job runs again, and its own report takes the place of this one.
      logger.warning("\(error)")
      return nil
    }
  }
}
