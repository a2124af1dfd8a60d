import Foundation

/// A lock that a launch holds for as long as its process lives.
///
/// The operating system lets go of it when the process ends, however it ends; so whether a
/// launch is alive needs no heartbeat and no clock.
package final class LaunchLock: Sendable {
  private let descriptor: Int32
  private let path: String

  /// Takes the lock of a new launch; nil where another process holds it.
  package init?(path: String) throws(StoreError) {
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError(
        .unwritable, "\(path) cannot be created: \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    self.path = path
  }

  /// Removes the file while the lock is still held, so that nobody takes a lock on its way out.
  deinit {
    unlink(path)
    close(descriptor)
  }

  /// Whether some living process holds the lock; false where there is no such file. A file that
  /// nobody holds any more is removed if that is wanted.
  package static func isHeld(path: String, removesStale: Bool = true) -> Bool {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return errno != ENOENT }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return true }
    if removesStale { unlink(path) }
    return false
  }
}
