import Foundation

/// A file that is written anew after each call, for who watches that nights come at all.
package struct Heartbeat: Sendable {
  private let path: String

  package init(path: String) {
    self.path = path
  }

  /// One line for each sweep.
  package func write(_ lines: [String]) throws(RunnerError) {
    // What is renamed over a device or a link would take its place.
    try PlainFile.check(path)
    try DurableFile.write(
      Data(lines.map { $0 + "\n" }.joined().utf8), to: path, mode: 0o666)
  }

  /// Throws what writing it would, and leaves nothing behind.
  package func tryOut() throws(RunnerError) {
    try PlainFile.check(path)
    try PlainFile.tryOut(DurableFile.temporaryName(of: path), action: "created")
  }
}
