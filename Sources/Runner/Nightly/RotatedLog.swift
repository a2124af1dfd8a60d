package import Foundation

/// A text file that is appended to and, when it has grown, begun anew; a few old ones stay.
///
/// It may be a symbolic link to a file; the old ones then lie beside that file.
package struct RotatedLog: Sendable {
  private static let oldFiles = 3

  private let path: String
  private let largestBytes: Int

  package init(path: String, largestBytes: Int = 1 << 20) {
    self.path = path
    self.largestBytes = largestBytes
  }

  /// Appends a line, stamped with its time, in one write, so that several processes may do so.
  package func append(_ line: String, at date: Date) throws(RunnerError) {
    let stamp = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    let text = line.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "\(stamp) \($0)\n" }.joined()
    try requireOwn()
    try rotate(before: text.utf8.count)
    let file = try PlainFile.open(
      path, O_CREAT | O_WRONLY | O_APPEND, mode: 0o644, action: "opened", followsLink: true)
    defer { close(file) }
    let bytes = Array(text.utf8)
    let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    guard written >= 0 else { throw .refused(path, "written", errno: errno) }
    guard written == bytes.count else { throw .refused(path, "written", errno: ENOSPC) }
  }

  /// Throws what appending a line would, now or when it has grown, and leaves nothing behind.
  package func tryOut() throws(RunnerError) {
    try requireOwn()
    try PlainFile.tryOut(path, action: "opened", followsLink: true)
    try PlainFile.tryOut(target + ".new", action: "created")
  }

  /// Where old ones of a log lie, the newest first.
  package static func oldPaths(of path: String) -> [String] {
    (1...oldFiles).map { "\(path).\($0)" }
  }

  /// Throws where it, or a file that an old one would take the place of, is somebody else's.
  private func requireOwn() throws(RunnerError) {
    try NightText.log.requireOwn(path, followsLink: true)
    for old in Self.oldPaths(of: target) { try NightText.log.requireOwn(old) }
  }

  /// Where the file itself is, or is to be.
  private var target: String {
    guard let whole = realpath(path, nil) else { return path }
    defer { free(whole) }
    return String(cString: whole)
  }

  private func rotate(before addedBytes: Int) throws(RunnerError) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_size > 0,
      Int(status.st_size) + addedBytes > largestBytes
    else { return }
    let places = [target] + Self.oldPaths(of: target)
    for (file, next) in zip(places, places.dropFirst()).reversed() {
      guard rename(file, next) == 0 || errno == ENOENT else {
        throw .refused(file, "renamed", errno: errno)
      }
    }
  }
}
