import GRDB

/// The schema's versions. Appended to, never edited: a store of any version can be opened.
enum Schema {
  /// "rlls" in ASCII, so that `file` and we recognise a store.
  static let applicationID: Int32 = 0x726C_6C73

  private static let migrations: [String] = [
    Migration001.tables + Migration001.views, Migration003.tables,
  ]

  /// The version that this program writes.
  static var version: Int { migrations.count }

  /// Brings the store to the current version, in one transaction.
  ///
  /// Several processes may do this at once to a store that does not exist yet: the immediate
  /// transaction lets one of them write, and the others find nothing left to do.
  static func migrate(_ database: Database, path: String) throws {
    if try currentVersion(of: database, path: path) == version { return }
    try database.inTransaction(.immediate) {
      let found = try currentVersion(of: database, path: path)
      for migration in migrations.dropFirst(found) { try database.execute(sql: migration) }
      if found < version {
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(version)")
      }
      return .commit
    }
  }

  /// The store's version; 0 where it is still empty.
  static func currentVersion(of database: Database, path: String) throws -> Int {
    guard !database.isInsideTransaction else { return try version(of: database, path: path) }
    // One look: between two, another process may turn an empty file into a store.
    var found = 0
    try database.inTransaction(.deferred) {
      found = try version(of: database, path: path)
      return .commit
    }
    return found
  }

  private static func version(of database: Database, path: String) throws -> Int {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let owner = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
    guard found >= 0, owner == applicationID || (isEmpty && found == 0 && owner == 0) else {
      throw StoreError(
        .notAStore,
        "\(path) is an SQLite database, but not a store of rll-sweep. "
          + "Name another file with --store")
    }
    guard found <= version else {
      throw StoreError(
        .newer,
        "\(path) was written by a newer rll-sweep (schema \(found), this program knows "
          + "\(version)). Use that version, or name another store with --store")
    }
    return found
  }
}
