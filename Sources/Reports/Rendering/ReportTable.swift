/// Columns and rows of values, not yet in any format.
package struct ReportTable: Sendable {
  package struct Column: Sendable, Hashable {
    /// What programs call it.
    package var name: String
    /// What people see above it.
    package var title: String
    /// Among the last to be left out where there is no room.
    package var isEssential: Bool

    package init(_ name: String, title: String? = nil, isEssential: Bool = false) {
      self.name = name
      self.title = title ?? name
      self.isEssential = isEssential
    }
  }

  package var columns: [Column]
  /// Each as long as `columns`.
  package var rows: [[ReportCell]]

  package init(columns: [Column], rows: [[ReportCell]]) {
    for row in rows {
      precondition(row.count == columns.count, "\(row.count) cells for \(columns.count) columns")
    }
    self.columns = columns
    self.rows = rows
  }

  /// One object for each row, under the columns' names.
  package var records: [JSONValue] {
    rows.map { row in
      .object(zip(columns, row).map { JSONValue.Member($0.name, $1.json) })
    }
  }
}
