import Foundation

/// A lock that a launch holds for as long as its process lives.
///
/// The operating system lets go of it when the process ends, however it ends; so on one host
/// whether a launch is alive needs no heartbeat and no clock. File systems that hosts share need
/// not show the locks of one host to another; the file therefore names the host.
package final class LaunchLock: Sendable {
  /// What can be seen of a lock.
  package enum Sight: Sendable, Hashable {
    /// Some living process has it.
    case held
    /// Its process is gone.
    case free
    /// There is no file.
    case missing
    /// It is of another host, and whether it is held cannot be seen from here.
    case elsewhere
  }

  private let descriptor: Int32
  private let path: String

  /// Takes the lock of a new launch; nil where another process holds it.
  ///
  /// The file gets its name only when it is locked and names its host.
  package init?(path: String, owner: HostIdentity = .current) throws(StoreError) {
    guard [.free, .missing].contains(Self.sight(of: path, from: owner)) else { return nil }
    let partial = path + ".partial"
    let content = Data("\(owner.bootID) \(owner.name)\n".utf8)
    while true {
      let descriptor = open(partial, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw Self.failure(path) }
      let isWritten =
        flock(descriptor, LOCK_EX) == 0
        && content.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } == content.count
      if isWritten, rename(partial, path) == 0 {
        self.descriptor = descriptor
        self.path = path
        return
      }
      defer { close(descriptor) }
      // Whoever tidies up may have taken the file away before it was locked.
      guard isWritten, errno == ENOENT else { throw Self.failure(path) }
    }
  }

  /// Removes the file while the lock is still held, so that nobody takes a lock on its way out.
  deinit {
    unlink(path)
    close(descriptor)
  }

  /// Looks at a lock. The file of one that nobody holds any more is removed if that is wanted.
  package static func sight(
    of path: String, from host: HostIdentity, removesStale: Bool = true
  ) -> Sight {
    var descriptor = open(path, O_RDWR | O_CLOEXEC)
    // Who may not write there can still see whether it is held.
    if descriptor < 0, [EACCES, EROFS].contains(errno) {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
    }
    guard descriptor >= 0 else { return [ENOENT, ENOTDIR].contains(errno) ? .missing : .held }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return .held }
    if let owner = owner(descriptor), !host.sharesLocks(with: owner) { return .elsewhere }
    if removesStale { unlink(path) }
    return .free
  }

  /// Whether a file is locked by some living process, as far as it shows here.
  static func isHeld(path: String) -> Bool {
    sight(of: path, from: .current, removesStale: false) == .held
  }

  /// Nil where the file names none.
  private static func owner(_ descriptor: Int32) -> HostIdentity? {
    var bytes = [UInt8](repeating: 0, count: 1_024)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    let words = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
      .split(separator: "\n").first?.split(separator: " ", maxSplits: 1)
    guard let words, words.count == 2 else { return nil }
    return HostIdentity(name: String(words[1]), bootID: String(words[0]))
  }

  private static func failure(_ path: String) -> StoreError {
    let advice =
      errno == ENOSPC
      ? "Free some space there" : "Make its folder writable, or name another place with --store"
    return StoreError(
      .unwritable, "\(path) cannot be created: \(String(cString: strerror(errno))). \(advice)")
  }
}
