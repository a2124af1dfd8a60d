import Foundation

/// The store as it was before its schema was changed: a file beside it, kept for ever.
enum MigrationBackup {
  /// Copies the store to `<store>.schema<version>-backup`, or under the next number where an
  /// earlier backup has that name.
  static func keep(_ path: String, version: Int) throws {
    let first = path + ".schema\(version)-backup"
    var target = first
    var number = 1
    while FileManager.default.fileExists(atPath: target) {
      number += 1
      target = first + ".\(number)"
    }
    do {
      try DatabaseCopy.write(path, to: target)
    } catch let error as StoreError {
      throw StoreError(
        error.code,
        "\(path) has the older schema \(version) and could not be copied to \(target) before it "
          + "is changed, so it was left as it is: \(error.description)")
    }
  }

  /// The backups of a store, sorted by name.
  static func all(of path: String) throws -> [String] {
    let folder = path.parentFolder
    let prefix = (path as NSString).lastPathComponent + ".schema"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
    return names.filter { name in
      name.hasPrefix(prefix) && name.dropFirst(prefix.count).contains("-backup")
        && !name.contains(".partial")
    }.sorted().map { folder.isEmpty ? $0 : folder + "/" + $0 }
  }
}
