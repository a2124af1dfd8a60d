import Foundation
import Store
package import Sweeps

/// What a launch submits its jobs with.
package struct SlurmRequest: Sendable {
  package var options: SlurmOptions
  /// The program that the tasks run, and what it is told before the submission and the run folder.
  package var program: String
  package var arguments: [String]
  /// The launch ends when everything is submitted.
  package var detaches: Bool

  package init(options: SlurmOptions, program: String, arguments: [String], detaches: Bool) {
    self.options = options
    self.program = program
    self.arguments = arguments
    self.detaches = detaches
  }
}

/// Hands jobs to Slurm, as arrays that its cluster takes.
struct SlurmSubmitter {
  /// How a submission went.
  enum Result {
    /// All or some of its jobs are Slurm's now, as this array.
    case accepted(job: Int, tasks: Int)
    /// Other launches have all of them.
    case taken
    /// Slurm said no, or nothing; the jobs wait as before.
    case refused(SlurmFailure)
    /// Slurm may or may not have it; that is found out when it answers again.
    case unknown(SlurmFailure)
  }

  let store: ExperimentStore
  let control: any SlurmControl
  let folders: LaunchFolders
  let request: SlurmRequest
  let cluster: SlurmCluster

  /// How many jobs go into one array.
  var largestArray: Int { min(request.options.maxArray ?? .max, cluster.largestArray) }

  func submit(
    _ jobs: [Scheduler.QueuedJob], launch: LaunchRecord, now: Timestamp
  ) async throws -> Result {
    let submission = SlurmSubmission(
      id: Identifier.random(), launchID: launch.id, sweepName: launch.sweepName,
      cluster: cluster.name, submittedAt: now)
    let tasks = try store.begin(submission, runs: jobs.map { ($0.runID, $0.job.spec) })
    guard !tasks.isEmpty else { return .taken }
    let script: SlurmScript
    do {
      script = try prepare(tasks, of: jobs, submission: submission, launch: launch)
    } catch {
      try withdraw(submission)
      throw error
    }
    do {
      let job = try await control.submit(script)
      try store.accept(submission: submission.id, asJob: job)
      return .accepted(job: job, tasks: tasks.count)
    } catch let failure as SlurmFailure {
      return try await resolve(submission, tasks: tasks.count, after: failure)
    }
  }

  /// Whether Slurm has what it did not say yes to: sbatch may have been cut off from the answer.
  private func resolve(
    _ submission: SlurmSubmission, tasks: Int, after failure: SlurmFailure
  ) async throws -> Result {
    if failure.kind == .silent {
      let found: Int?
      do throws(SlurmFailure) {
        found = try await control.job(named: SlurmScript.jobName(of: submission.id))
      } catch {
        return .unknown(failure)
      }
      if let found {
        try store.accept(submission: submission.id, asJob: found)
        return .accepted(job: found, tasks: tasks)
      }
    }
    try withdraw(submission)
    return .refused(failure)
  }

  private func withdraw(_ submission: SlurmSubmission) throws {
    try store.withdraw(submission: submission.id)
    // Without its list a task that Slurm starts all the same has nothing to do.
    try? FileManager.default.removeItem(
      atPath: SlurmScript.folder(of: submission.id, in: store.location.runsFolder))
  }

  private func prepare(
    _ tasks: [SlurmTask], of jobs: [Scheduler.QueuedJob], submission: SlurmSubmission,
    launch: LaunchRecord
  ) throws -> SlurmScript {
    let byRun = Dictionary(jobs.map { ($0.runID, $0.job) }) { first, _ in first }
    for task in tasks {
      guard let job = byRun[task.runID],
        // One that ended under a launch that died is only taken in.
        folders.finishedReport(in: folders.folder(of: task.runID), for: job.key) == nil
      else { continue }
      try folders.prepare(
        job, runID: task.runID, attempt: task.attempt, launch: launch, submission: submission.id)
    }
    let script = SlurmScript(
      submissionID: submission.id, taskCount: tasks.count, options: request.options,
      program: request.program, arguments: request.arguments + ["--submission", submission.id],
      runsFolder: Self.absolute(store.location.runsFolder))
    let folder = SlurmScript.folder(of: submission.id, in: store.location.runsFolder)
    guard mkdir(folder, 0o700) == 0 else {
      throw RunnerError.refused(folder, "created", errno: errno)
    }
    let list = tasks.map { $0.runID + "\n" }.joined()
    try DurableFile.write(Data(list.utf8), to: script.listPath)
    try DurableFile.write(Data(script.text.utf8), to: script.scriptPath)
    return script
  }

  /// As a task on another host finds it.
  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }
}
