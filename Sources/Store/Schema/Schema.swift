import GRDB

/// The schema's versions. Appended to, never edited: a store of any version can be opened.
package struct Schema: Sendable {
  /// What this program writes.
  package static let current = Schema(migrations: [
    Migration001.tables + Migration001.views, Migration002.tables, Migration003.tables,
    Migration004.tables, Migration005.tables, Migration006.tables + Migration006.views,
    Migration007.tables, Migration008.tables + Migration008.views,
  ])

  /// "rlls" in ASCII, so that `file` and we recognise a store.
  static let applicationID: Int32 = 0x726C_6C73

  /// What each version adds to the one before it, as SQL.
  package let migrations: [String]

  package init(migrations: [String]) {
    self.migrations = migrations
  }

  package var version: Int { migrations.count }

  /// The schema as it was at an earlier version.
  func at(version: Int) -> Schema { Schema(migrations: Array(migrations.prefix(version))) }

  /// Brings the store to this version, in one transaction. Returns the version that it had.
  ///
  /// Several processes may do this at once to a store that does not exist yet: the immediate
  /// transaction lets one of them write, and the others find nothing left to do. `keep` is called
  /// with the version of a store that has content, when nobody else writes any more and nothing
  /// has been changed yet.
  @discardableResult
  func migrate(
    _ database: Database, path: String, keep: (Int) throws -> Void = { _ in }
  ) throws -> Int {
    let before = try currentVersion(of: database, path: path)
    if before == version { return before }
    var found = before
    try database.inTransaction(.immediate) {
      found = try currentVersion(of: database, path: path)
      guard found < version else { return .commit }
      if found > 0 { try keep(found) }
      for migration in migrations.dropFirst(found) { try database.execute(sql: migration) }
      try database.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
      try database.execute(sql: "PRAGMA user_version = \(version)")
      return .commit
    }
    return found
  }

  /// The store's version; 0 where it is still empty.
  func currentVersion(of database: Database, path: String) throws -> Int {
    guard !database.isInsideTransaction else { return try version(of: database, path: path) }
    // One look: between two, another process may turn an empty file into a store.
    var found = 0
    try database.inTransaction(.deferred) {
      found = try version(of: database, path: path)
      return .commit
    }
    return found
  }

  private func version(of database: Database, path: String) throws -> Int {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let owner = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
    guard found >= 0, owner == Self.applicationID || (isEmpty && found == 0 && owner == 0) else {
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
