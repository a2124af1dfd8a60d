import Foundation

/// A store as another SQLite client sees it.
package enum StoreFile {
  /// Runs a statement on the file with the `sqlite3` program; returns what it prints.
  @discardableResult
  package static func run(_ statement: String, on path: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.standardOutput = output
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
    process.arguments = [path, statement]
    try process.run()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    return String(decoding: printed, as: UTF8.self)
  }

  /// Everything in the file as SQL.
  package static func dump(_ path: String) throws -> String { try run(".dump", on: path) }

  /// Makes a store as an earlier version left it, from the SQL text of `Tests/Fixtures`.
  package static func make(fromFixture name: String, at path: String) throws {
    let fixture = RecordedFile("Tests/Fixtures/" + name).path
    try run(".read '\(fixture)'", on: path)
  }
}
