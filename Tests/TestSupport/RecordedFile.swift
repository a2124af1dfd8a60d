import Foundation

/// A file of the repository that must hold what the program gives. `RECORD=1` rewrites it.
package struct RecordedFile: Sendable {
  package let path: String

  /// `relativePath` starts at the top of the repository.
  package init(_ relativePath: String) {
    let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    path = top.appendingPathComponent(relativePath).path
  }

  /// What the file holds, after it was rewritten if that was asked for.
  package func content(recording text: String) throws -> String {
    let url = URL(fileURLWithPath: path)
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(text.utf8).write(to: url)
    }
    return String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }
}
