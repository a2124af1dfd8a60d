import Sweeps

/// Comma-separated values as RFC 4180 has them, with a header and lines that end in LF.
enum CSVTable {
  static func text(of report: Report) -> String {
    let table = report.data
    var text = header(of: table)
    text.reserveCapacity(table.rows.count * table.columns.count * 12)
    for row in table.rows { append(row.lazy.map(\.plainText), to: &text) }
    return text
  }

  static func header(of table: ReportTable) -> String {
    var text = ""
    append(table.columns.map(\.name), to: &text)
    return text
  }

  private static func append(_ fields: some Sequence<String>, to text: inout String) {
    var isFirst = true
    for field in fields {
      if !isFirst { text += "," }
      isFirst = false
      if field.utf8.contains(where: isSpecial) {
        text += "\"" + field.escaping(["\"": "\"\""]) + "\""
      } else {
        text += field
      }
    }
    text += "\n"
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    default: false
    }
  }
}
