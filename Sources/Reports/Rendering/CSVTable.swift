/// Comma-separated values as RFC 4180 has them, with a header and lines that end in LF.
enum CSVTable {
  static func text(of report: Report) -> String {
    let table = report.data
    return ([table.columns.map(\.name)] + table.rows.map { $0.map(\.plainText) })
      .map { $0.map(field).joined(separator: ",") + "\n" }.joined()
  }

  private static func field(_ text: String) -> String {
    let special = text.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
    return special ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
