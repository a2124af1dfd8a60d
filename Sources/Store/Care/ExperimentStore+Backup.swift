import Foundation

extension ExperimentStore {
  /// Copies the store as it is now to another file, which is checked before it gets its name.
  package func backUp(to path: String, replacing: Bool) throws {
    let target = StoreLocation(path: path).path
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: target, isDirectory: &isFolder)
    guard !isFolder.boolValue, !target.hasSuffix("/") else {
      throw StoreError(.exists, "\(target) is a folder. Name the file that is to be written")
    }
    guard !isThere || replacing else {
      throw StoreError(
        .exists, "\(target) exists already. Name another file, or replace it with --force")
    }
    guard FileStamp(of: target)?.isSameFile(as: FileStamp(of: location.path)) != true else {
      throw StoreError(.exists, "\(target) is the store itself. Name another file")
    }
    try DatabaseCopy.write(location.path, to: target) { temporary in
      let copy = try ExperimentStore(path: temporary, access: .inspect, schema: schema)
      let damage = try copy.check().damage
      try copy.close()
      guard damage.isEmpty else {
        throw StoreError(
          .damaged,
          "\(location.path) is damaged and was not copied to \(target): \(damage[0].text). "
            + "rll-report store check lists everything")
      }
    }
  }

  /// Backups that were made before the schema was changed.
  package func migrationBackups() throws -> [String] { try MigrationBackup.all(of: location.path) }
}
