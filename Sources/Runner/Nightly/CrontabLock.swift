import Foundation

/// What keeps processes of one user from changing the crontab at once: each writes all of it, and
/// would undo what another has changed since it read it.
///
/// The home folder itself is locked, which leaves no file there.
final class CrontabLock: Sendable {
  private static let pause = Duration.milliseconds(20)

  private let descriptor: Int32

  private init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Waits for it, and throws `RunnerError` of the code `held` where another process keeps it. Nil
  /// where no such folder can be opened, or where its file system has no locks.
  static func take(home: String?, patience: Duration) async throws -> CrontabLock? {
    guard let home else { return nil }
    let folder = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return nil }
    let lock = CrontabLock(descriptor: folder)
    let deadline = ContinuousClock.now + patience
    while flock(folder, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK else { return nil }
      guard ContinuousClock.now < deadline else {
        throw RunnerError(
          .held,
          "another process has held the lock of the folder \(home) for \(patience), as rll-sweep "
            + "nightly install and uninstall do while they change the crontab. The crontab is as it "
            + "was; try again when that process has ended")
      }
      try await Task.sleep(for: pause)
    }
    return lock
  }

  deinit {
    // A child between fork and exec has the folder open too: closing alone would leave it locked.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
