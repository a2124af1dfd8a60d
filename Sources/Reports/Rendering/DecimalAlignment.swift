/// Numbers of one column, padded so that their decimal points stand below one another.
enum DecimalAlignment {
  /// Texts for a right-aligned column: each number gets the spaces that its fraction is shorter by.
  static func aligned(_ texts: [String], cells: [ReportCell]) -> [String] {
    let fractions = zip(texts, cells).map { text, cell in
      cell.hasDecimalPoint ? PrintableText.width(fraction(of: text)) : nil
    }
    let longest = fractions.compactMap(\.self).max() ?? 0
    return zip(texts, fractions).map { text, length in
      text + String(repeating: " ", count: length.map { longest - $0 } ?? 0)
    }
  }

  /// What follows the digits before the point, the point included.
  private static func fraction(of text: String) -> String {
    guard let digit = text.firstIndex(where: \.isNumber) else { return "" }
    return String(text[digit...].drop(while: \.isNumber))
  }
}

extension ReportTable {
  /// Whether a column holds numbers, apart from what is missing.
  func isNumeric(column: Int) -> Bool {
    let cells = rows.map { $0[column] }.filter { $0 != .missing }
    return !cells.isEmpty && cells.allSatisfy(\.isNumeric)
  }
}
