package import Foundation
import Store

/// Files that appear under their name only when they are complete and on the disk.
package enum DurableFile {
  /// All of a file; nil where there is none.
  ///
  /// - Parameter followsLink: Whether a symbolic link to a file is as good as the file.
  static func read(_ path: String, followsLink: Bool = false) throws(RunnerError) -> Data? {
    guard
      let descriptor = try PlainFile.openForReading(path, followsLink: followsLink)
    else { return nil }
    defer { close(descriptor) }
    var content = Data()
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw failure("read", path) }
      if count == 0 { return content }
      content += piece.prefix(count)
    }
  }

  /// The last `limit` bytes of a text, or why it cannot be read; empty where there is none.
  static func tail(of path: String, limit: Int) -> String {
    do throws(RunnerError) {
      return String(decoding: try read(path)?.suffix(limit) ?? Data(), as: UTF8.self)
    } catch {
      return "\(error)\n"
    }
  }

  /// Writes to a temporary name, synchronises, renames over `path`, synchronises the folder.
  ///
  /// - Parameter mode: Who may read it, as far as the process lets them.
  package static func write(
    _ content: Data, to path: String, mode: mode_t = 0o600
  ) throws(RunnerError) {
    let temporary = path + ".partial"
    let descriptor = try PlainFile.open(
      temporary, O_CREAT | O_WRONLY | O_TRUNC, mode: mode, action: "created")
    try complete(temporary, descriptor, with: content, as: path, subject: temporary)
  }

  /// Writes as `write` does what several processes may write at once: each under a temporary name
  /// that nobody else has, so that the last one wins.
  ///
  /// - Parameter name: What the temporary name begins with; nil for `path`.
  static func writeShared(
    _ content: Data, to path: String, mode: mode_t, under name: String? = nil
  ) throws(RunnerError) {
    let temporary = ownName(name ?? path)
    let descriptor = try create(temporary, mode: mode, for: path)
    try complete(temporary, descriptor, with: content, as: path, subject: path)
  }

  /// Throws where `writeShared` could not begin, and leaves nothing behind.
  static func tryOutShared(_ path: String) throws(RunnerError) {
    let temporary = ownName(path)
    close(try create(temporary, mode: 0o600, for: path))
    unlink(temporary)
  }

  private static func ownName(_ path: String) -> String {
    "\(path).\(String(UInt64.random(in: 0...UInt64.max), radix: 16)).partial"
  }

  private static func create(
    _ temporary: String, mode: mode_t, for path: String
  ) throws(RunnerError) -> Int32 {
    let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure("created", path) }
    return descriptor
  }

  /// - Parameter subject: What a message is about.
  private static func complete(
    _ temporary: String, _ descriptor: Int32, with content: Data, as path: String, subject: String
  ) throws(RunnerError) {
    guard writeAll(content, to: descriptor), fsync(descriptor) == 0 else {
      let error = failure("written", subject)
      close(descriptor)
      unlink(temporary)
      throw error
    }
    close(descriptor)
    guard rename(temporary, path) == 0 else {
      let error = failure("renamed", subject)
      unlink(temporary)
      throw error
    }
    try synchronizeFolder(path.parentFolder)
  }

  /// - Parameter path: Empty for the current one.
  private static func synchronizeFolder(_ path: String) throws(RunnerError) {
    let folder = open(path.isEmpty ? "." : path, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { throw failure("opened", path) }
    defer { close(folder) }
    // Some file systems have no way to synchronise a folder, and need none.
    guard fsync(folder) == 0 || errno == EINVAL else { throw failure("written", path) }
  }

  /// Writes behind the first `length` bytes of a file, cuts off what followed them, and
  /// synchronises. Where it fails those bytes are still there.
  package static func write(
    _ content: Data, after length: Int, of path: String
  ) throws(RunnerError) {
    let descriptor = try PlainFile.open(
      path, O_CREAT | O_WRONLY, mode: 0o600, action: "opened")
    defer { close(descriptor) }
    guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, 0, SEEK_END) >= 0,
      writeAll(content, to: descriptor), fsync(descriptor) == 0
    else { throw failure("written", path) }
  }

  private static func writeAll(_ content: Data, to descriptor: Int32) -> Bool {
    content.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(
          descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
  }

  private static func failure(_ what: String, _ path: String) -> RunnerError {
    .refused(path, what, errno: errno)
  }
}
