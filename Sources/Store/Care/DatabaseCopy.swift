import Foundation
import GRDB

/// A copy of a store's file as it is at one moment, whoever writes to it meanwhile.
enum DatabaseCopy {
  /// Copies to a temporary name beside `path`, lets `verify` look at the copy there, and gives it
  /// its name only when it is whole and on the disk.
  static func write(
    _ source: String, to path: String, verify: (_ temporary: String) throws -> Void = { _ in }
  ) throws {
    let temporary = path + ".partial"
    try removeDatabase(temporary)
    do {
      let reader = try StoreConnection.reader(of: source).database
      try StoreError.translating(temporary) {
        let copy = try DatabaseQueue(path: temporary)
        try reader.backup(to: copy)
        try copy.close()
      }
      try reader.close()
      try verify(temporary)
      try FileSync.rename(temporary, to: path)
    } catch {
      try removeDatabase(temporary)
      throw error
    }
  }

  /// Removes a database with what SQLite may have left beside it.
  static func removeDatabase(_ path: String) throws {
    for ending in ["", "-wal", "-shm", "-journal"] {
      guard unlink(path + ending) == 0 || errno == ENOENT else {
        throw StoreError(
          .failed, "\(path + ending) cannot be removed: \(String(cString: strerror(errno)))")
      }
    }
  }
}
