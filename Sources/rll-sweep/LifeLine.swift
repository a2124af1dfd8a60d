import CommandSupport
import Foundation
import Synchronization

/// Standard input, where it is a pipe that only the launcher holds open: whether it still lives.
final class LifeLine: Sendable {
  /// What a job may take from the launcher's end to its next step. After that it ends where it
  /// is, in the middle of a long evaluation or of loading its data.
  private static let allowedToStop: UInt32 = 2

  private let isSeen = Atomic(false)

  /// Watches the pipe for as long as the process lives.
  init() {
    guard Self.isPipe else { return }
    Thread.detachNewThread { [self] in
      while !Self.isHungUp(waiting: -1) {}
      sleep(Self.allowedToStop)
      guard !isSeen.load(ordering: .relaxed) else { return }
      print("stopped without a checkpoint of its last steps: the launching process is gone")
      fflush(nil)
      _exit(CommandExit.terminated.rawValue)
    }
  }

  /// Whether the launcher is gone. Who asks and hears so stops at leisure.
  var isCut: Bool {
    guard Self.isPipe, Self.isHungUp(waiting: 0) else { return false }
    isSeen.store(true, ordering: .relaxed)
    return true
  }

  private static let isPipe: Bool = {
    var status = stat()
    return fstat(STDIN_FILENO, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }()

  private static func isHungUp(waiting milliseconds: Int32) -> Bool {
    var descriptor = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
    return poll(&descriptor, 1, milliseconds) == 1 && descriptor.revents & Int16(POLLHUP) != 0
  }
}
