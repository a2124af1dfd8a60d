import Foundation
import GRDB

/// A run folder that no launch needs any more.
struct StrayFolder: Hashable {
  let path: String
  let bytes: Int

  /// The folders of runs that are finished, or that the store does not know, where no job is
  /// running; a job of a launch that died may go on for a step.
  static func all(_ database: Database, location: StoreLocation) throws -> [StrayFolder] {
    let files = FileManager.default
    var isFolder: ObjCBool = false
    guard files.fileExists(atPath: location.runsFolder, isDirectory: &isFolder), isFolder.boolValue
    else { return [] }
    let isNeeded = try database.makeStatement(
      sql: """
        SELECT 1 FROM run WHERE id = ? AND NOT \(ExperimentStore.isOverSQL)
        """)
    return try files.contentsOfDirectory(atPath: location.runsFolder).sorted().compactMap { name in
      guard name.count == 16, name.allSatisfy(\.isHexDigit),
        try Int.fetchOne(isNeeded, arguments: [name]) == nil
      else { return nil }
      let path = location.runFolder(of: name)
      let lock = path + "/" + StoreLocation.runLockName
      guard !LaunchLock.isHeld(path: lock) else { return nil }
      return StrayFolder(path: path, bytes: try bytes(of: path))
    }
  }

  private static func bytes(of folder: String) throws -> Int {
    try FileManager.default.subpathsOfDirectory(atPath: folder).reduce(0) { total, name in
      var status = stat()
      return stat(folder + "/" + name, &status) == 0 ? total + Int(status.st_size) : total
    }
  }
}
