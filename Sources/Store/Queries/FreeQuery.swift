import GRDB
package import Sweeps

extension ExperimentStore {
  /// What a statement gives: names of columns and rows of values.
  package struct Table: Sendable, Hashable {
    package var columns: [String]
    package var rows: [[SettingValue]]
  }

  /// What a statement may take if nothing else is said.
  package static let queryTime = Duration.seconds(30)

  /// The result of one statement that only reads, over a connection of its own that cannot write.
  package func query(_ sql: String, allowed: Duration = queryTime) throws -> Table {
    let word = Self.firstWord(of: sql)
    let allowedWords = (Self.readingWords + ["EXPLAIN"]).joined(separator: ", ")
    let refused = StoreError(
      .refusedStatement,
      "only one statement that reads is allowed here (\(allowedWords)), "
        + "not '\(word.isEmpty ? sql : word)'")
    guard Self.readingWords.contains(word) else { throw refused }
    let connection = try StoreConnection.reader(
      of: location.path, prepare: QueryLimits.prepare
    ).database
    let hint = "Ask for less, or allow more time with --timeout"
    do {
      return try QueryLimits.read(connection, allowed: allowed, hint: hint) { database in
        let statement = try database.makeStatement(sql: sql)
        guard statement.isReadonly else { throw refused }
        return try Self.table(of: statement)
      }
    } catch let error as DatabaseError {
      // What GRDB says of a second statement is advice for programmers.
      if error.resultCode == .SQLITE_MISUSE { throw refused }
      throw StoreError(.wrongExpression, error.message ?? "wrong SQL")
    }
  }

  private static let readingWords = ["SELECT", "WITH", "VALUES"]

  /// The word that says what a statement does. What is to be explained counts itself: some
  /// statements have their effect while SQLite prepares them.
  private static func firstWord(of sql: String) -> String {
    let beginning = /[\s(]*(?:EXPLAIN\s+(?:QUERY\s+PLAN\s+)?)?([a-z]*)/.ignoresCase()
    return sql.prefixMatch(of: beginning)?.output.1.uppercased() ?? ""
  }

  private static func table(of statement: Statement) throws -> Table {
    var table = Table(columns: statement.columnNames, rows: [])
    var size = ResultSize()
    let cursor = try Row.fetchCursor(statement)
    while let row = try cursor.next() {
      let values = Array(row.databaseValues.map(settingValue))
      try size.addRow(
        bytes: values.reduce(0) { $0 + MemoryLayout<SettingValue>.stride + textBytes($1) })
      table.rows.append(values)
    }
    return table
  }

  private static func textBytes(_ value: SettingValue) -> Int {
    if case .text(let text) = value { text.utf8.count } else { 0 }
  }

  private static func settingValue(_ value: DatabaseValue) -> SettingValue {
    switch value.storage {
    case .null: .null
    case .int64(let value): .number(Double(value))
    case .double(let value): .number(value)
    case .string(let value): .text(value)
    case .blob(let value): .text("\(value.count) bytes")
    }
  }

  /// The current schema as SQL text, one statement after the other.
  package func schemaText() throws -> String {
    try database.read { database in
      try String.fetchAll(
        database,
        sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
      ).map { $0 + ";\n" }.joined(separator: "\n")
    }
  }
}
