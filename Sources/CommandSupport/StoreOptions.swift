import ArgumentParser
import Foundation

/// Which store a command works on.
package struct StoreOptions: ParsableArguments {
  package static let defaultPath = "store/experiments.sqlite"

  @Option(
    name: .customLong("store"),
    help: ArgumentHelp(
      "The experiment store (default: $RLL_STORE, else \(defaultPath)).", valueName: "path"))
  private var givenPath: String?

  package init() {}

  package var path: String {
    if let givenPath { return givenPath }
    let variable = ProcessInfo.processInfo.environment["RLL_STORE"] ?? ""
    return variable.isEmpty ? Self.defaultPath : variable
  }

  /// What a command that is typed elsewhere must name it by; nil for the one that is meant where
  /// none is named.
  package var namedPath: String? {
    path == Self.defaultPath ? nil : URL(fileURLWithPath: path).standardizedFileURL.path
  }

  package func validate() throws {
    if givenPath?.isEmpty == true {
      throw ValidationError("--store is empty; give the path of an SQLite file, or leave it out")
    }
  }
}
