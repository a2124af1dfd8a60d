import Foundation
import Store

/// How far the history of a run has been written.
package struct HistoryEnd: Sendable {
  /// Length of the file up to here.
  package private(set) var bytes = 0
  private var running = RunningDigest()

  /// SHA-256 of the file up to here, in hexadecimal.
  package var digest: String { running.text }

  /// The start of the file.
  package init() {}

  func adding(_ content: Data) -> HistoryEnd {
    var end = self
    end.bytes += content.count
    end.running.add(content)
    return end
  }
}
