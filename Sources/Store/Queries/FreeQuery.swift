import GRDB
package import Sweeps

extension ExperimentStore {
  /// What a statement gives: names of columns and rows of values.
  package struct Table: Sendable, Hashable {
    package var columns: [String]
    package var rows: [[SettingValue]]
  }

  /// The result of one statement that only reads.
  package func query(_ sql: String) throws -> Table {
    let readingWords = ["SELECT", "WITH", "VALUES", "EXPLAIN"]
    let first = sql.drop { $0.isWhitespace || $0 == "(" }.prefix { $0.isLetter }.uppercased()
    let refused = StoreError(
      .refusedStatement,
      "only one statement that reads is allowed here (\(readingWords.joined(separator: ", "))), "
        + "not '\(first.isEmpty ? sql : first)'")
    guard readingWords.contains(first) else { throw refused }
    do {
      return try database.read { database in
        let statement = try database.makeStatement(sql: sql)
        guard statement.isReadonly else { throw refused }
        let columns = statement.columnNames
        var rows: [[SettingValue]] = []
        let cursor = try Row.fetchCursor(statement)
        while let row = try cursor.next() {
          rows.append(row.databaseValues.map(Self.settingValue))
        }
        return Table(columns: columns, rows: rows)
      }
    } catch let error as DatabaseError {
      // What GRDB says of a second statement is advice for programmers.
      if error.resultCode == .SQLITE_MISUSE { throw refused }
      throw StoreError(.wrongExpression, error.message ?? "wrong SQL")
    }
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
