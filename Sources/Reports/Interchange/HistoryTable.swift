package import Store

/// The points of histories, one a row: the view `metric_history` for programs.
package enum HistoryTable {
  package static func report(_ histories: [(run: String, points: [MetricPoint])]) -> Report {
    let table = ReportTable(
      columns: [.init("run_id"), .init("name"), .init("step"), .init("value")],
      rows: histories.flatMap { history in
        history.points.map { point in
          [
            .text(history.run), .text(point.name), .integer(point.step),
            point.value.isNaN ? .missing : .number(point.value, decimals: 4),
          ]
        }
      })
    return Report(table: table, notes: table.rows.isEmpty ? ["No history."] : [])
  }

  /// Points of one more run for a text that was begun with another one's: no header again.
  package static func continuation(_ report: Report, as format: OutputFormat) -> String {
    let text = report.text(as: format)
    guard format == .csv, let end = text.firstIndex(of: "\n") else { return text }
    return String(text[text.index(after: end)...])
  }
}
