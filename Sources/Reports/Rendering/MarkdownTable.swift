import Sweeps

/// Tables as GitHub and most other readers of Markdown understand them.
enum MarkdownTable {
  static func text(of report: Report) -> String {
    report.sections.map(text).joined(separator: "\n")
  }

  private static func text(of section: Report.Section) -> String {
    let table = section.table
    var lines: [String] = []
    if let title = section.title { lines += ["### \(escaped(title))", ""] }
    lines.append(line(table.columns.map { escaped($0.title) }))
    lines.append(
      line(table.columns.indices.map { table.isNumeric(column: $0) ? "---:" : "---" }))
    let best = table.columns.indices.map(table.bestRows)
    lines += table.rows.enumerated().map { position, row in
      line(
        zip(row, best).map { cell, best in
          let text = escaped(cell.shownText)
          return best.contains(position) ? "**\(text)**" : text
        })
    }
    for note in section.notes { lines += ["", escaped(note)] }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func line(_ fields: [String]) -> String {
    "| " + fields.joined(separator: " | ") + " |"
  }

  private static func escaped(_ text: String) -> String {
    PrintableText.oneLine(text).escaping(["\\": "\\\\", "|": "\\|"])
  }
}
