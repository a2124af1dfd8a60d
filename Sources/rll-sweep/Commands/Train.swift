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

    func run() throws {
      let folder = RunFolder(path: folder)
      StopRequest.listen()
      let lifeLine = LifeLine()
      // A job of a launch that died may still be writing here, for no longer than seconds.
      let lock = try FolderLock(path: folder.lockPath)
      defer { withExtendedLifetime(lock) {} }
      // Waited for so long that the launcher died too.
      guard !lifeLine.isCut else { return }
      if let report = try folder.report(for: folder.request().jobKey), report.ending == .completed {
        return
      }
      try folder.removeReport()
      try JobRun(folder: folder, isCancelled: { StopRequest.isHeard || lifeLine.isCut }).run()
    }
  }
}

/// The exclusive use of a run folder, waited for.
private final class FolderLock {
  private let descriptor: Int32

  init(path: String) throws {
    descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
      throw RunnerError(.file, "\(path) cannot be locked: \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }
}
