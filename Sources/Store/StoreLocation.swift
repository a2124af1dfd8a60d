/// Where a store and the files that belong to it lie.
package struct StoreLocation: Sendable, Hashable {
  /// The SQLite file.
  package let path: String

  /// Names that SQLite would take for something else than a file, or that a program which is
  /// given a run folder would take for an option, are files of the folder.
  package init(path: String) {
    let isSpecial =
      path.hasPrefix(":") || path.hasPrefix("-") || path.lowercased().hasPrefix("file:")
    self.path = isSpecial ? "./" + path : path
  }

  /// Folder of the run folders and launch locks: the store's path without extension, `.runs`.
  package var runsFolder: String { withoutExtension + ".runs" }

  /// Folder of the locks and reports of a sweep's nights: beside the store, `.nightly/SWEEP`.
  package func nightFolder(of sweep: String) -> String {
    withoutExtension + ".nightly/" + Self.folderName(ofSweep: sweep)
  }

  /// The name of a sweep as that of a folder, which `.` and `..` cannot be.
  package static func folderName(ofSweep name: String) -> String {
    name.allSatisfy { $0 == "." } ? name.replacing(".", with: "%2e") : name
  }

  private var withoutExtension: String {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path }
    return String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
  }

  package func runFolder(of runID: String) -> String { runsFolder + "/" + Self.fileName(runID) }

  /// What a run has printed so far, while it runs.
  package func log(of runID: String) -> String { runFolder(of: runID) + "/" + Self.logName }

  /// The file of a run folder that takes what the job prints.
  package static let logName = "log.txt"

  /// The file of a run folder that a running job keeps locked.
  package static let runLockName = "lock"

  package func launchLock(of launchID: String) -> String {
    runsFolder + "/" + Self.fileName(launchID) + ".lock"
  }

  /// An id as the name of a file: what is read from a store of others must not lead out of the
  /// folder. Ids of this program stay as they are.
  private static func fileName(_ id: String) -> String {
    if id.isEmpty { return "%" }
    return id.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        String(UnicodeScalar(byte))
      default: "%" + String(byte, radix: 16)
      }
    }.joined()
  }
}
