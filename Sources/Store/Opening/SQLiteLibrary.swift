import GRDBSQLite

/// The SQLite that stores are read and written with.
package enum SQLiteLibrary {
  /// Such as `3.40.1`.
  package static var version: String { String(cString: sqlite3_libversion()) }

  /// Whether it knows all that the schema is made of: STRICT tables, `->>` and ordered
  /// aggregates came with 3.38.
  package static var isRecentEnough: Bool { sqlite3_libversion_number() >= 3_038_000 }
}
