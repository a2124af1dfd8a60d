import GRDB
package import Sweeps

/// Rows of named values in memory, over which SQLite evaluates a user's expressions.
///
/// Nothing of the store can be reached from such an expression. A dotted name such as
/// `loss.alpha` is written as it stands: what is before the dot is a table, joined by row.
/// A name without a dot also finds the one dotted name that ends in it, and `inf` is infinity.
package final class ExpressionTable {
  private static let infinity = "inf"
  /// What one expression may take for all rows; ten thousand runs take milliseconds.
  private static let allowed = Duration.seconds(10)

  private let database: DatabaseQueue
  private let rowCount: Int
  private let numbersAreReal: Bool
  private let names: [String]
  private let hasInfinity: Bool
  private var tables: [(name: String, columns: [(name: String, source: Int)])] = []

  /// `columns` may hold aliases beside the dotted names; `rows` have one value for each.
  /// A constant table refuses functions whose value differs from call to call. Where numbers are
  /// real, 1 / 2 of two columns is 0.5 and not 0.
  package init(
    columns: [String], rows: [[SettingValue]], tags: [[String]] = [], isConstant: Bool = false,
    numbersAreReal: Bool = false
  ) throws {
    var configuration = Configuration()
    configuration.prepareDatabase(QueryLimits.prepare)
    database = try DatabaseQueue(configuration: configuration)
    rowCount = rows.count
    self.numbersAreReal = numbersAreReal
    names = columns
    tables = Self.layout(columns)
    hasInfinity = !columns.contains { $0.lowercased() == Self.infinity }
    try database.write { database in
      try fill(database, rows: rows)
      if isConstant {
        Self.refuseVolatileFunctions(in: database)
      } else {
        Self.add(tags, to: database)
      }
    }
  }

  private static func add(_ tags: [[String]], to database: Database) {
    database.add(
      function: DatabaseFunction("tagged", argumentCount: 2, pure: true) { values in
        guard let row = Int.fromDatabaseValue(values[0]),
          let tag = String.fromDatabaseValue(values[1])
        else { return false }
        return tags.indices.contains(row - 1) && tags[row - 1].contains(tag)
      })
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

  /// One table for each prefix. An alias that ends a single dotted name needs no column.
  private static func layout(
    _ columns: [String]
  ) -> [(name: String, columns: [(name: String, source: Int)])] {
    var tables: [(name: String, columns: [(name: String, source: Int)])] = [("item", [])]
    var endings: [String: Int] = [:]
    for (source, column) in columns.enumerated() {
      guard let dot = column.firstIndex(of: "."), !column.contains("/") else { continue }
      let prefix = String(column[..<dot])
      let ending = String(column[column.index(after: dot)...])
      endings[ending.lowercased(), default: 0] += 1
      if let position = tables.firstIndex(where: { $0.name == prefix }) {
        tables[position].columns.append((ending, source))
      } else {
        tables.append((prefix, [(ending, source)]))
      }
    }
    for (source, column) in columns.enumerated() {
      if column.contains(".") && !column.contains("/") { continue }
      if endings[column.lowercased()] == 1 { continue }
      tables[0].columns.append((column, source))
    }
    return tables
  }

  private func fill(_ database: Database, rows: [[SettingValue]]) throws {
    for table in tables {
      let columns = table.columns.map { ", " + Self.quoted($0.name) }.joined()
      try database.execute(
        sql: "CREATE TABLE \(Self.quoted(table.name)) (itemNumber INTEGER PRIMARY KEY\(columns))")
      let places = Array(repeating: "?", count: table.columns.count + 1).joined(separator: ", ")
      let insert = try database.makeStatement(
        sql: "INSERT INTO \(Self.quoted(table.name)) VALUES (\(places))")
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

  /// The numbers of the rows, from 0, by ascending or descending value; missing ones last.
  package func order(by name: String, descending: Bool) throws -> [Int] {
    guard names.contains(name) else { throw unknown(name) }
    let direction = descending ? "DESC" : "ASC"
    return try database.read { database in
      try Int.fetchAll(
        database,
        sql: """
          SELECT item.itemNumber - 1 FROM \(joined)
          ORDER BY \(reference(to: name)) \(direction) NULLS LAST, item.itemNumber
          """)
    }
  }

  private func select<Result>(
    _ expression: String, transform: (DatabaseValue) -> Result
  ) throws -> [Result] {
    let sql =
      "SELECT \(Self.withRowInTagCalls(expression)) FROM \(joined) ORDER BY item.itemNumber"
    let most = rowCount + 1
    do {
      let values = try QueryLimits.read(
        database, allowed: Self.allowed, hint: "Write a simpler expression"
      ) { database in
        try Self.values(of: try DatabaseValue.fetchCursor(database, sql: sql), most: most)
      }
      guard values.count == rowCount else {
        throw StoreError(
          .wrongExpression,
          "it has one value for all rows; functions such as count are no help here")
      }
      return values.map(transform)
    } catch let error as DatabaseError {
      let message = error.message ?? "wrong SQL"
      // What GRDB says of a second statement is advice for programmers.
      if error.resultCode == .SQLITE_MISUSE {
        throw StoreError(
          .wrongExpression, "more than one statement: write an expression without a semicolon")
      }
      let prefix = "no such column: "
      guard message.hasPrefix(prefix) else { throw StoreError(.wrongExpression, message) }
      throw unknown(String(message.dropFirst(prefix.count)))
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

  /// `tag('x')` as a function that is told which row it is about.
  ///
  /// What stands in quotes is text or a name and stays as it is.
  private static func withRowInTagCalls(_ expression: String) -> String {
    expression.replacing(/'[^']*'|"[^"]*"|\btag\s*\(/.ignoresCase()) { match in
      match.output.first == "'" || match.output.first == "\""
        ? String(match.output) : "tagged(item.itemNumber, "
    }
  }

  private var joined: String {
    let constants = hasInfinity ? " JOIN (SELECT 9e999 AS \(Self.infinity))" : ""
    return tables.dropFirst().reduce("item") { text, table in
      text + " JOIN \(Self.quoted(table.name)) USING (itemNumber)"
    } + constants
  }

  private func reference(to name: String) -> String {
    guard let dot = name.firstIndex(of: "."), !name.contains("/") else {
      return Self.quoted(name)
    }
    return Self.quoted(String(name[..<dot])) + "."
      + Self.quoted(String(name[name.index(after: dot)...]))
  }

  private func unknown(_ name: String) -> StoreError {
    let known = names.sorted().joined(separator: ", ")
    let nearest = NearestSpelling.suggestion(for: name, among: names)
    return StoreError(
      .wrongExpression,
      "'\(name)' is no known name" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        + " (Text needs 'single quotes'.) Names are \(known)")
  }

  private static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
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
