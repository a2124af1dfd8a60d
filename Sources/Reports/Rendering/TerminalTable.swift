/// Tables with aligned columns, for a terminal.
///
/// A table that is too wide loses the ends of its longest texts first, then whole columns, which
/// are named below it. Numbers are never cut.
struct TerminalTable {
  private static let gap = 2
  /// A text cut below this says nothing any more.
  private static let leastTextWidth = 8

  var width: Int?
  var isStyled: Bool

  func text(of report: Report) -> String {
    report.sections.map(text).joined(separator: "\n")
  }

  private func text(of section: Report.Section) -> String {
    var lines: [String] = []
    if let title = section.title { lines.append(bold(PrintableText.oneLine(title))) }
    let shown = fitted(section.table.columns.indices.map { column(section, at: $0) })
    if section.hasHeader, !shown.isEmpty {
      lines.append(bold(line(shown.map { ($0.title, false) }, columns: shown)))
    }
    lines += section.table.rows.indices.map { row in
      line(shown.map { ($0.cells[row], $0.best.contains(row)) }, columns: shown)
    }
    let places = Set(shown.map(\.place))
    let hidden = section.table.columns.enumerated().filter { !places.contains($0.offset) }
      .map(\.element.title)
    if !hidden.isEmpty {
      lines.append(
        "(the terminal is too narrow for \(hidden.joined(separator: ", ")); "
          + (section.hasColumnChoice ? "choose with --columns" : "widen it")
          + ", or see all with --format csv)")
    }
    if !section.notes.isEmpty {
      lines.append("")
      lines += section.notes.flatMap { wrapped(PrintableText.oneLine($0)) }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A sentence in lines that end at words: a terminal would end them anywhere.
  private func wrapped(_ text: String) -> [String] {
    guard let width else { return [text] }
    var lines: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
      if let line = lines.last, PrintableText.width(line) + 1 + PrintableText.width(word) <= width {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(word)
      }
    }
    return lines
  }

  private struct Column {
    var place: Int
    var isEssential: Bool
    var title: String
    var cells: [String]
    var isNumeric: Bool
    var width: Int
    var leastWidth: Int
    /// The rows whose cell is emphasised.
    var best: Set<Int>
  }

  private func column(_ section: Report.Section, at index: Int) -> Column {
    let cells = section.table.rows.map { $0[index] }
    let isNumeric = section.table.isNumeric(column: index)
    let texts = cells.map { PrintableText.oneLine($0.shownText) }
    let aligned = isNumeric ? DecimalAlignment.aligned(texts, cells: cells) : texts
    let title = section.hasHeader ? PrintableText.oneLine(section.table.columns[index].title) : ""
    let widths = aligned.map(PrintableText.width)
    let width = max(PrintableText.width(title), widths.max() ?? 0)
    let uncuttable = zip(cells, widths).filter { !$0.0.isCuttable }.map(\.1).max() ?? 0
    return Column(
      place: index, isEssential: section.table.columns[index].isEssential, title: title,
      cells: aligned, isNumeric: isNumeric, width: width,
      leastWidth: min(width, max(uncuttable, Self.leastTextWidth)),
      best: section.table.bestRows(column: index))
  }

  /// The columns for which there is room, narrowed. The last ones go first, essential ones and
  /// the first one at the end.
  private func fitted(_ all: [Column]) -> [Column] {
    guard let width else { return all }
    var columns = all
    while columns.count > 1,
      columns.reduce(-Self.gap, { $0 + Self.gap + $1.leastWidth }) > width
    {
      let last = columns.indices.dropFirst().last { !columns[$0].isEssential }
      columns.remove(at: last ?? columns.count - 1)
    }
    func excess() -> Int { columns.reduce(-Self.gap) { $0 + Self.gap + $1.width } - width }
    while excess() > 0 {
      let widest = columns.indices.filter { columns[$0].width > columns[$0].leastWidth }
        .max { columns[$0].width < columns[$1].width }
      guard let widest else { break }
      columns[widest].width -= 1
    }
    return columns
  }

  private func line(_ fields: [(text: String, isBold: Bool)], columns: [Column]) -> String {
    var line = ""
    for (field, column) in zip(fields, columns) {
      let text = PrintableText.shortened(field.text, to: column.width)
      let space = String(repeating: " ", count: column.width - PrintableText.width(text))
      let shown = field.isBold ? bold(text) : text
      line += column.isNumeric ? space + shown : shown + space
      line += String(repeating: " ", count: Self.gap)
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  private func bold(_ text: String) -> String {
    isStyled ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }
}
