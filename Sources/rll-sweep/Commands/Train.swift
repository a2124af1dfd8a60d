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
      let signals = PendingSignals()
      // A job of a launch that died may still be writing here, for no longer than a step.
      let lock = try FolderLock(path: folder.lockPath)
      defer { withExtendedLifetime(lock) {} }
      if let report = try folder.report(for: folder.request().jobKey), report.ending == .completed {
        return
      }
      try JobRun(folder: folder, isCancelled: { signals.isStopWanted || LifeLine.isCut }).run()
    }
  }
}

/// Termination signals, held back and asked for, so that no handler runs in between.
private struct PendingSignals {
  private static let watched = [SIGTERM, SIGINT, SIGHUP]

  init() {
    var set = sigset_t()
    sigemptyset(&set)
    for number in Self.watched {
      // An ignored signal never becomes pending; a launcher may have left it so.
      signal(number, SIG_DFL)
      sigaddset(&set, number)
    }
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  var isStopWanted: Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return Self.watched.contains { sigismember(&pending, $0) == 1 }
  }
}

/// Standard input, where it is a pipe that only the launcher holds open.
private enum LifeLine {
  private static let isPipe: Bool = {
    var status = stat()
    return fstat(STDIN_FILENO, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }()

  /// Whether the launcher is gone.
  static var isCut: Bool {
    guard isPipe else { return false }
    var descriptor = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
    return poll(&descriptor, 1, 0) == 1 && descriptor.revents & Int16(POLLHUP) != 0
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
