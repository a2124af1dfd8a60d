/// Where a store and the files that belong to it lie.
package struct StoreLocation: Sendable, Hashable {
  /// The SQLite file.
  package let path: String

  /// Names that SQLite would take for something else than a file are files of the folder.
  package init(path: String) {
    let isSpecial = path.hasPrefix(":") || path.lowercased().hasPrefix("file:")
    self.path = isSpecial ? "./" + path : path
  }

  /// Folder of the run folders and launch locks: the store's path without extension, `.runs`.
  package var runsFolder: String {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path + ".runs" }
    return path.dropLast(name.distance(from: dot, to: name.endIndex)) + ".runs"
  }

  package func runFolder(of runID: String) -> String { runsFolder + "/" + runID }

  /// What a run has printed so far, while it runs.
  package func log(of runID: String) -> String { runFolder(of: runID) + "/" + Self.logName }

  /// The file of a run folder that takes what the job prints.
  package static let logName = "log.txt"

  /// The file of a run folder that a running job keeps locked.
  package static let runLockName = "lock"

  package func launchLock(of launchID: String) -> String { runsFolder + "/" + launchID + ".lock" }
}
