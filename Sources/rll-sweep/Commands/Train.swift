import ArgumentParser
import CommandSupport
import Foundation
import Runner

extension SweepCommand {
  /// One job, in its run folder: what executors start.
  struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs the one job of a run folder.", shouldDisplay: false)

    @Argument(help: "The run folder.")
    var folder: String

    @Option(help: "Run only what was submitted to Slurm under this id.")
    var submission: String?

    func run() throws {
      let place = RunFolder(path: folder)
      StopRequest.listen()
      let lifeLine = LifeLine()
      // A job of a launch that died may still be writing here, for no longer than seconds; one
      // that Slurm runs twice, until it is done.
      let claimed = try FolderOwner.claim(place) { StopRequest.isHeard || lifeLine.isCut }
      guard let owner = claimed, !lifeLine.isCut else {
        throw CommandExit.terminated.exitCode
      }
      defer { owner.release() }
      owner.beat()
      let folder = RunFolder(path: folder, owner: owner)
      let request = try folder.request()
      if let submission, request.submission != submission {
        throw RunnerError(
          .withdrawn, "\(folder.path) is for another submission by now: this one was given up")
      }
      if let report = try folder.report(for: request.jobKey), report.ending == .completed {
        return
      }
      try folder.removeReport()
      let ending = try JobRun(
        folder: folder, isCancelled: { StopRequest.isHeard || lifeLine.isCut || owner.isLost }
      ).run()
      // Slurm, too, is to say how it ended.
      switch ending {
      case .completed: return
      case .failed: throw CommandExit.failed.exitCode
      case .interrupted: throw CommandExit.terminated.exitCode
      }
    }
  }
}
