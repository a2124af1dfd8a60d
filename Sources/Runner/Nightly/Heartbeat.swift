package import Foundation
package import Store

/// A file that is written anew after each call, for who watches that nights come at all.
package struct Heartbeat: Sendable {
  private let path: String

  package init(path: String) {
    self.path = path
  }

  /// One line for each sweep. Of several processes that write at once the last one wins.
  package func write(
    _ verdicts: [(sweep: String, verdict: GateVerdict)], at date: Date
  ) throws(RunnerError) {
    try requireOwn()
    let lines = verdicts.map { "\(Timestamp(date)) \($0.verdict.rawValue) \($0.sweep)\n" }
    try DurableFile.writeShared(Data(lines.joined().utf8), to: path, mode: 0o666)
  }

  /// Throws where a file of somebody else's is there, or what is renamed over a device or a link
  /// would take its place.
  package func requireOwn() throws(RunnerError) { try NightText.heartbeat.requireOwn(path) }

  /// Throws what writing it would, and leaves nothing behind.
  package func tryOut() throws(RunnerError) {
    try requireOwn()
    try DurableFile.tryOutShared(path)
  }
}
