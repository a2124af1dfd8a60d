/// Where a store and the files that belong to it lie.
package struct StoreLocation: Sendable, Hashable {
  /// The SQLite file.
  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// Folder of the run folders and launch locks: the store's path without extension, `.runs`.
  package var runsFolder: String {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path + ".runs" }
    return path.dropLast(name.distance(from: dot, to: name.endIndex)) + ".runs"
  }

  package func runFolder(of runID: String) -> String { runsFolder + "/" + runID }

  package func launchLock(of launchID: String) -> String { runsFolder + "/" + launchID + ".lock" }
}
