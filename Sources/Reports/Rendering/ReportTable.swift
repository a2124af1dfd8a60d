/// Columns and rows of values, not yet in any format.
package struct ReportTable: Sendable {
  package struct Column: Sendable, Hashable {
    /// What programs call it.
    package var name: String
    /// What people see above it.
    package var title: String
    /// Among the last to be left out where there is no room.
    package var isEssential: Bool
    /// Which of its values people see emphasised.
    package var best: Best?

    package enum Best: Sendable {
      case greatest, least
    }

    package init(
      _ name: String, title: String? = nil, isEssential: Bool = false, best: Best? = nil
    ) {
      self.name = name
      self.title = title ?? name
      self.isEssential = isEssential
      self.best = best
    }

    /// A column of a measure, whose best value stands out.
    package static func measure(_ name: String, title: String? = nil) -> Column {
      Column(
        name, title: title, isEssential: true,
        best: Measure(name).isMinimized ? .least : .greatest)
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

  /// The rows whose value in a column is the best one, equal ones as they are shown included; none
  /// where there is nothing to choose from.
  func bestRows(column: Int) -> Set<Int> {
    guard let best = columns[column].best else { return [] }
    let values = rows.map { $0[column].value }
    let known = values.compactMap(\.self)
    guard let winner = best == .greatest ? known.max() : known.min(),
      let row = values.firstIndex(of: winner)
    else { return [] }
    let shown = rows[row][column].shownValue
    let winners = Set(rows.indices.filter { rows[$0][column].shownValue == shown })
    return winners.count < known.count ? winners : []
  }

  /// One object for each row, under the columns' names.
  package var records: [JSONValue] {
    rows.map { row in
      .object(zip(columns, row).map { JSONValue.Member($0.name, $1.json) })
    }
  }
}
