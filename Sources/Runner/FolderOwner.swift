import Foundation
package import Store
import Synchronization

/// The exclusive use of a run folder by one process, on whichever host it runs.
///
/// On one host the operating system's lock decides, which ends with its process. Between hosts
/// locks need not show. So the owner leaves its name in the folder and touches that file all the
/// time; who comes second waits until the name is gone, or has stood still for `expiry` on the
/// watcher's own clock, and then puts its own in its place. An owner that was only cut off finds
/// that out before its next word to the folder, and withdraws.
package final class FolderOwner: Sendable {
  package static let expiry = Duration.seconds(60)
  private static let beatSeconds: UInt32 = 10
  private static let lookMicroseconds: UInt32 = 20_000

  private let path: String
  private let name: String
  /// Nil where the file system has no locks.
  private let lock: Int32?
  private let file: Int32
  private let hasLost = Mutex(false)
  private let isReleased = Mutex(false)

  /// Whether another process is known to have taken the folder over.
  package var isLost: Bool { hasLost.withLock(\.self) }

  /// Takes a run folder, waiting for whoever has it; nil where it is told to stop meanwhile.
  package static func claim(
    _ folder: RunFolder, host: HostIdentity = .current, expiry: Duration = expiry,
    isStopped: () -> Bool
  ) throws(RunnerError) -> FolderOwner? {
    let lock = try lock(folder.lockPath, isStopped: isStopped)
    guard !isStopped() else {
      lock.map { _ = close($0) }
      return nil
    }
    var seen: (sight: Sight, since: ContinuousClock.Instant)?
    while let sight = try Sight(of: folder.ownerPath) {
      // The lock says that it is gone, or that it is this process's host that was.
      if lock != nil, host.sharesLocks(with: sight.host) { break }
      let now = ContinuousClock.now
      if let seen, seen.sight == sight {
        if now - seen.since >= expiry { break }
      } else {
        seen = (sight, now)
      }
      guard !isStopped() else {
        lock.map { _ = close($0) }
        return nil
      }
      usleep(lookMicroseconds)
    }
    return try FolderOwner(folder, host: host, lock: lock)
  }

  private init(_ folder: RunFolder, host: HostIdentity, lock: Int32?) throws(RunnerError) {
    path = folder.ownerPath
    name = "\(host.bootID) \(Identifier.random()) \(host.name)\n"
    self.lock = lock
    let partial = path + "." + Identifier.random()
    try Self.write(name, to: partial)
    guard rename(partial, path) == 0 else {
      let error = RunnerError.refused(path, "written", errno: errno)
      unlink(partial)
      throw error
    }
    file = try PlainFile.open(path, O_WRONLY, mode: 0, action: "opened")
  }

  /// Closed at once, which is what makes network file systems show it to others.
  private static func write(_ text: String, to path: String) throws(RunnerError) {
    let descriptor = open(path, O_CREAT | O_WRONLY | O_EXCL | O_CLOEXEC, 0o600)
    let bytes = Data(text.utf8)
    guard descriptor >= 0,
      bytes.withUnsafeBytes({ Glibc.write(descriptor, $0.baseAddress, $0.count) }) == bytes.count
    else {
      let error = RunnerError.refused(path, "written", errno: errno)
      close(descriptor)
      unlink(path)
      throw error
    }
    close(descriptor)
  }

  deinit {
    close(file)
    lock.map { _ = close($0) }
  }

  /// Touches the file for as long as it is held, so that others see that its owner lives.
  package func beat() {
    Thread.detachNewThread { [weak self] in
      while let self, !isReleased.withLock(\.self) {
        futimens(file, nil)
        sleep(Self.beatSeconds)
      }
    }
  }

  /// Throws where another process has taken the folder over, or it is gone.
  package func check() throws(RunnerError) {
    guard isNamed else {
      hasLost.withLock { $0 = true }
      throw RunnerError(
        .withdrawn,
        "\(path.parentFolder) is no longer this process's: another "
          + "one works there, or its run was taken in. It ends without a word there")
    }
  }

  /// Lets go of the folder, at the end of a job.
  package func release() {
    isReleased.withLock { $0 = true }
    if isNamed { unlink(path) }
  }

  /// What cannot be read is not this owner's.
  private var isNamed: Bool { (try? Sight.content(of: path)) == name }

  /// What can be seen of the file: it changes with every beat and every owner.
  private struct Sight: Hashable {
    let name: String
    let seconds: Int
    let nanoseconds: Int

    /// Nil where there is no owner.
    init?(of path: String) throws(RunnerError) {
      // Opening is what makes network file systems look again.
      guard let descriptor = try PlainFile.openForReading(path) else { return nil }
      defer { close(descriptor) }
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { return nil }
      name = Self.content(descriptor)
      (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }

    var host: HostIdentity {
      let words = name.split(separator: " ", maxSplits: 2).map(String.init)
      guard words.count == 3 else { return HostIdentity(name: "", bootID: "") }
      return HostIdentity(
        name: words[2].trimmingCharacters(in: .newlines), bootID: words[0])
    }

    static func content(of path: String) throws(RunnerError) -> String? {
      guard let descriptor = try PlainFile.openForReading(path) else { return nil }
      defer { close(descriptor) }
      return content(descriptor)
    }

    private static func content(_ descriptor: Int32) -> String {
      var bytes = [UInt8](repeating: 0, count: 1_024)
      let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
  }

  /// Nil where the file system has none.
  private static func lock(
    _ path: String, isStopped: () -> Bool
  ) throws(RunnerError) -> Int32? {
    let descriptor = try PlainFile.open(path, O_CREAT | O_RDWR, mode: 0o600, action: "locked")
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK {
        guard !isStopped() else { return descriptor }
        usleep(lookMicroseconds)
      } else if [ENOLCK, EOPNOTSUPP, ENOSYS].contains(errno) {
        close(descriptor)
        return nil
      } else if errno != EINTR {
        let error = RunnerError.refused(path, "locked", errno: errno)
        close(descriptor)
        throw error
      }
    }
    return descriptor
  }
}
