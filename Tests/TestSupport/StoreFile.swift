import Foundation

/// A store as another SQLite client sees it.
package enum StoreFile {
  /// Runs a statement on the file with the `sqlite3` program.
  package static func run(_ statement: String, on path: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
    process.arguments = [path, statement]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
