import Foundation

/// What keeps two nightlies from running one sweep of one store at once.
///
/// The operating system lets go of it however its process ends. The file stays: one that is
/// removed could be locked by another process on its way out.
package final class NightLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock; throws `RunnerError` of the code `held` where another process has it.
  ///
  /// - Parameters:
  ///   - subject: What it is about, for the message.
  ///   - owner: What the message of others says of this process.
  package init(path: String, subject: String, owner: String) throws(RunnerError) {
    let file = try PlainFile.open(path, O_CREAT | O_RDWR, mode: 0o600, action: "created")
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let number = errno
      defer { close(file) }
      guard number == EWOULDBLOCK else { throw .refused(path, "locked", errno: number) }
      let other = Self.content(file)
      throw RunnerError(
        .held,
        "\(subject) is under way\(other.isEmpty ? "" : " (\(other))") and holds \(path). "
          + "Nothing was run; try again when it has ended")
    }
    guard ftruncate(file, 0) == 0, Self.write(owner, to: file) else {
      let number = errno
      close(file)
      throw .refused(path, "written", errno: number)
    }
    descriptor = file
  }

  /// Throws where a lock that is there could not be opened. Who holds it does not matter, and one
  /// that is not there is not made: it could not be removed without taking it from another.
  package static func tryOut(_ path: String) throws(RunnerError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    close(try PlainFile.open(path, O_RDWR, mode: 0, action: "opened"))
  }

  deinit {
    // A child between fork and exec has the file open too: closing alone would leave it locked.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  private static func content(_ file: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  private static func write(_ text: String, to file: Int32) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) } == bytes.count
  }
}
