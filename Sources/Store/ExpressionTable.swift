import GRDB
package import Sweeps

/// Rows of named values in memory, over which SQLite evaluates the expressions of a sweep.
///
/// Nothing of the store can be reached from such an expression. Names are written as
/// `NamedTables` finds them, and `inf` is infinity.
package final class ExpressionTable {
  /// What one expression may take for all rows; ten thousand take milliseconds.
  private static let allowed = Duration.seconds(10)

  private let database: DatabaseQueue
  private let rowCount: Int
  private let numbersAreReal: Bool
  private let names: NamedTables

  /// `columns` may hold aliases beside the dotted names; `rows` have one value for each.
  /// Functions whose value differs from call to call are refused. Where numbers are real, 1 / 2 of
  /// two columns is 0.5 and not 0.
  package init(
    columns: [String], rows: [[SettingValue]], numbersAreReal: Bool = false
  ) throws {
    var configuration = Configuration()
    configuration.prepareDatabase(QueryLimits.prepare)
    database = try DatabaseQueue(configuration: configuration)
    rowCount = rows.count
    self.numbersAreReal = numbersAreReal
    names = NamedTables(columns)
    try database.write { database in
      try fill(database, rows: rows)
      Self.refuseVolatileFunctions(in: database)
    }
  }

  private static func refuseVolatileFunctions(in database: Database) {
    for name in [
      "random", "randomblob", "date", "time", "datetime", "julianday", "unixepoch", "strftime",
      "current_date", "current_time", "current_timestamp", "changes", "total_changes",
      "last_insert_rowid",
    ] {
      database.add(
        function: DatabaseFunction(name) { _ in
          throw DatabaseError(
            message: "\(name)() is not the same every time, so it decides nothing")
        })
    }
  }

  private func fill(_ database: Database, rows: [[SettingValue]]) throws {
    for table in names.tables {
      let name = NamedTables.quoted(table.name)
      let columns = table.columns.map { ", " + NamedTables.quoted($0.name) }.joined()
      try database.execute(
        sql: "CREATE TABLE \(name) (\(NamedTables.rowNumber) INTEGER PRIMARY KEY\(columns))")
      let places = Array(repeating: "?", count: table.columns.count + 1).joined(separator: ", ")
      let insert = try database.makeStatement(sql: "INSERT INTO \(name) VALUES (\(places))")
      for (position, row) in rows.enumerated() {
        let values: [(any DatabaseValueConvertible)?] =
          [position + 1] + table.columns.map { databaseValue(row[$0.source]) }
        try insert.execute(arguments: StatementArguments(values))
      }
    }
  }

  /// The truth of an expression for each row; nil is SQL's NULL.
  package func evaluate(_ expression: String) throws -> [Bool?] {
    try select("CASE WHEN \(expression)\n THEN 1 WHEN NOT (\(expression)\n) THEN 0 END") {
      Int.fromDatabaseValue($0).map { $0 != 0 }
    }
  }

  /// The value of an expression for each row.
  package func values(of expression: String) throws -> [SettingValue] {
    try select(expression) { value in
      switch value.storage {
      case .int64(let number): .number(Double(number))
      case .double(let number): .number(number)
      case .string(let text): .text(text)
      case .blob, .null: .null
      }
    }
  }

  private func select<Result>(
    _ expression: String, transform: (DatabaseValue) -> Result
  ) throws -> [Result] {
    let sql = "SELECT \(expression) FROM \(joined) ORDER BY item.\(NamedTables.rowNumber)"
    let most = rowCount + 1
    do {
      let values = try QueryLimits.read(
        database, allowed: Self.allowed, hint: "Write a simpler expression"
      ) { database in
        try Self.values(of: try DatabaseValue.fetchCursor(database, sql: sql), most: most)
      }
      guard values.count == rowCount else { throw NamedTables.aggregate }
      return values.map(transform)
    } catch let error as DatabaseError {
      throw names.explained(error)
    }
  }

  private static func values(
    of cursor: DatabaseValueCursor<DatabaseValue>, most: Int
  ) throws -> [DatabaseValue] {
    var values: [DatabaseValue] = []
    var size = ResultSize()
    while values.count < most, let value = try cursor.next() {
      try size.addRow(bytes: MemoryLayout<DatabaseValue>.stride + contentBytes(of: value))
      values.append(value)
    }
    return values
  }

  private static func contentBytes(of value: DatabaseValue) -> Int {
    switch value.storage {
    case .string(let text): text.utf8.count
    case .blob(let data): data.count
    case .null, .int64, .double: 0
    }
  }

  private var joined: String {
    names.tables.dropFirst().reduce(NamedTables.item) { text, table in
      text + " JOIN \(NamedTables.quoted(table.name)) USING (\(NamedTables.rowNumber))"
    } + (names.namesInfinity ? "" : " JOIN (SELECT 9e999 AS \(NamedTables.infinity))")
  }

  private func databaseValue(_ value: SettingValue) -> (any DatabaseValueConvertible)? {
    switch value {
    case .null: nil
    case .bool(let value): value
    case .number(let value):
      numbersAreReal
        ? value : Int64(exactly: value).map { $0 as any DatabaseValueConvertible } ?? value
    case .text(let value): value
    case .list, .mapping: value.canonicalJSON
    }
  }
}
