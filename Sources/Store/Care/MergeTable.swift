import GRDB

/// How the rows of one table come from another store: under which numbers, and which of them.
///
/// Everything follows from the schema, so that a table of a later version is merged too:
/// rows are told apart by the columns of a UNIQUE constraint where the primary key is a number
/// that each store gives for itself; whatever refers to such a number is translated; rows whose
/// primary key refers to a run belong to it and come and go with it.
struct MergeTable {
  let name: String
  let columns: [String]
  /// The column that each store fills for itself.
  let surrogate: String?
  /// Whether that is a number, and not a random text that only gives way to an equal row.
  let isNumbered: Bool
  /// What tells rows apart in all stores; empty where the primary key does.
  let identity: [String]
  /// Columns that refer to a surrogate, and the table that has it.
  let translated: [String: String]
  /// The column of the primary key that names the run to which a row belongs.
  let runColumn: String?

  /// All tables, each after those that it refers to.
  static func all(_ database: Database) throws -> [MergeTable] {
    let keys = try ForeignKeys(database)
    let names = try String.fetchAll(
      database,
      sql: """
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid
        """)
    let described = try names.map { try Description(database, table: $0) }
    let surrogates = Dictionary(
      described.compactMap { table in table.surrogate.map { (table.name, $0) } }
    ) { first, _ in first }
    var ordered: [MergeTable] = []
    var waiting = described.map { $0.table(keys: keys, surrogates: surrogates) }
    while !waiting.isEmpty {
      let done = Set(ordered.map(\.name))
      let ready = waiting.filter { table in
        keys.references.allSatisfy {
          $0.table != table.name || $0.parent == table.name || done.contains($0.parent)
        }
      }
      guard !ready.isEmpty else {
        throw StoreError(
          .damaged,
          "the tables \(waiting.map(\.name).sorted().joined(separator: ", ")) refer to "
            + "each other in a circle. Restore a backup")
      }
      ordered += ready
      waiting.removeAll { table in ready.contains { $0.name == table.name } }
    }
    return ordered
  }

  /// The name of the temporary table with the numbers of both stores.
  static func numbers(of table: String) -> String { "temp.\(table)Numbers" }

  /// Columns that are written; numbers that each store gives for itself are not.
  var written: [String] {
    columns.filter { $0 != surrogate || !isNumbered }
  }

  /// The value of a column of the other store's row `theirs`, in this store's numbers.
  func value(of column: String) -> String {
    guard let parent = translated[column] else { return "theirs.\(column)" }
    return """
      (SELECT pair.ours FROM \(Self.numbers(of: parent)) AS pair
        WHERE pair.theirs = theirs.\(column))
      """
  }

  /// The values of the written columns, some of them replaced.
  func values(replacing replaced: [String: String] = [:]) -> String {
    written.map { replaced[$0] ?? value(of: $0) }.joined(separator: ", ")
  }
}

extension MergeTable {
  /// What the schema says of one table.
  private struct Description {
    let name: String
    let columns: [String]
    let primaryKey: [String]
    let uniqueColumns: [String]
    let isNumbered: Bool

    init(_ database: Database, table: String) throws {
      name = table
      let rows = try Row.fetchAll(
        database, sql: "SELECT name, type, pk FROM pragma_table_info(?)", arguments: [table])
      columns = rows.map { $0["name"] }
      primaryKey = rows.filter { $0["pk"] as Int > 0 }.map { $0["name"] }
      isNumbered =
        primaryKey.count == 1
        && rows.contains { $0["pk"] as Int == 1 && $0["type"] as String == "INTEGER" }
      let index = try String.fetchOne(
        database,
        sql: """
          SELECT name FROM pragma_index_list(?) WHERE "unique" AND origin = 'u' AND NOT partial
          ORDER BY seq DESC LIMIT 1
          """, arguments: [table])
      uniqueColumns = try String.fetchAll(
        database, sql: "SELECT name FROM pragma_index_info(?) ORDER BY seqno",
        arguments: [index ?? ""])
    }

    /// A primary key beside which something else tells rows apart.
    var surrogate: String? {
      primaryKey.count == 1 && !uniqueColumns.isEmpty ? primaryKey.first : nil
    }

    func table(keys: ForeignKeys, surrogates: [String: String]) -> MergeTable {
      let own = keys.references.filter { $0.table == name }
      let isTold = !isNumbered || surrogate != nil || own.contains { $0.isOwned }
      precondition(isTold, "nothing but its number tells the rows of \(name) apart")
      let translated = own.filter { surrogates[$0.parent] == $0.parentColumn }
      return MergeTable(
        name: name, columns: columns, surrogate: surrogate, isNumbered: isNumbered,
        identity: surrogate == nil ? [] : uniqueColumns,
        translated: Dictionary(translated.map { ($0.column, $0.parent) }) { first, _ in first },
        runColumn: own.first { $0.parent == "run" && $0.isOwned }?.column)
    }
  }
}
