import GRDB

/// What SQLite itself can say of a file.
extension StoreCheck {
  private static let shownLines = 100

  mutating func checkIntegrity(_ pragma: String) throws {
    // One row after the other: where it meets a page that it cannot read, it ends with an error.
    let rows = try String.fetchCursor(database, sql: "PRAGMA \(pragma)(\(Self.shownLines))")
    while let row = try rows.next() {
      for line in row.split(separator: "\n") where line != "ok" && !line.hasPrefix("*** in ") {
        report(.damage, .integrity, "SQLite finds: \(line)", Self.restore)
      }
    }
  }

  mutating func checkForeignKeys() throws {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check
        GROUP BY "table", parent ORDER BY "table", parent
        """)
    for row in rows {
      let (child, parent, number): (String, String, Int) = (row[0], row[1], row[2])
      report(
        .damage, .foreignKey,
        "\(number) of the rows of \(child) refer to rows of \(parent) that are not there",
        Self.restore)
    }
  }

  /// Every object must read as the migrations write it.
  mutating func checkSchema(_ schema: Schema) throws {
    let version = try schema.currentVersion(of: database, path: path)
    found(version: version)
    if version < schema.version {
      report(
        .remark, .schema,
        "the schema is \(version), older than \(schema.version), which this program writes",
        "The next command that can write the store brings it up and keeps a backup")
    }
    let expected = try Self.objects(of: schema.at(version: version))
    let actual = try Self.objects(database)
    for (name, text) in expected.sorted(by: { $0.key < $1.key }) where actual[name] != text {
      report(
        .damage, .schema,
        actual[name] == nil
          ? "the \(name) is missing" : "the \(name) is not what rll-sweep wrote",
        Self.restore)
    }
    for name in actual.keys.sorted() where expected[name] == nil {
      report(
        .damage, .schema, "the \(name) is none of rll-sweep's",
        "Remove it with the program that made it; tables of your own belong into a file of yours")
    }
  }

  /// The SQL of each object, by its type and name.
  private static func objects(_ database: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT type || ' ' || name, sql FROM sqlite_schema
        WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        """)
    return Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
  }

  private static func objects(of schema: Schema) throws -> [String: String] {
    let model = try DatabaseQueue()
    return try model.writeWithoutTransaction { database in
      try schema.migrate(database, path: "memory")
      return try objects(database)
    }
  }
}
