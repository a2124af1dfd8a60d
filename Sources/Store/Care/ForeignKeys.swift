import GRDB

/// Which columns refer to which tables, as the schema says.
struct ForeignKeys {
  struct Reference: Hashable {
    let table: String
    let column: String
    let parent: String
    let parentColumn: String
    /// Whether the column helps to tell the rows of its table apart, so that these rows belong to
    /// what they refer to.
    let isOwned: Bool
  }

  let references: [Reference]

  init(_ database: Database) throws {
    references = try Row.fetchAll(
      database,
      sql: """
        SELECT tables.name AS child, keys."from" AS childColumn, keys."table" AS parent,
          coalesce(keys."to", (SELECT name FROM pragma_table_info(keys."table") WHERE pk = 1))
            AS parentColumn,
          (SELECT pk > 0 FROM pragma_table_info(tables.name) AS info
            WHERE info.name = keys."from") AS isOwned
        FROM sqlite_schema AS tables, pragma_foreign_key_list(tables.name) AS keys
        WHERE tables.type = 'table'
        ORDER BY tables.rowid, keys.id
        """
    ).map {
      Reference(
        table: $0["child"], column: $0["childColumn"], parent: $0["parent"],
        parentColumn: $0["parentColumn"], isOwned: $0["isOwned"])
    }
  }

  /// Those that lead to a table.
  func references(to parent: String) -> [Reference] { references.filter { $0.parent == parent } }

  /// An SQL condition on the rows of a table: nothing refers to them, the named tables aside.
  func isUnreferenced(
    _ table: String, in schema: String = "main", except tables: Set<String> = []
  ) -> String {
    let conditions = references(to: table).filter { !tables.contains($0.table) }.map {
      """
      NOT EXISTS (SELECT 1 FROM \(schema).\($0.table) AS child
        WHERE child.\($0.column) = \(schema).\(table).\($0.parentColumn))
      """
    }
    return conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND ")
  }
}
