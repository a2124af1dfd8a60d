/// Numbers of one column, padded so that their decimal points stand below one another.
enum DecimalAlignment {
  /// Texts for a right-aligned column: each gets the spaces that its fraction is shorter by.
  static func aligned(_ texts: [String]) -> [String] {
    let fractions = texts.map { PrintableText.width(String(fraction(of: $0))) }
    let longest = fractions.max() ?? 0
    return zip(texts, fractions).map { text, length in
      text + String(repeating: " ", count: longest - length)
    }
  }

  /// What follows the digits before the point, the point included.
  private static func fraction(of text: String) -> Substring {
    guard let digit = text.firstIndex(where: \.isNumber) else { return "" }
    return text[digit...].drop(while: \.isNumber)
  }
}

extension ReportTable {
  /// Whether a column holds numbers, apart from what is missing.
  func isNumeric(column: Int) -> Bool {
    let cells = rows.map { $0[column] }.filter { $0 != .missing }
    return !cells.isEmpty && cells.allSatisfy(\.isNumeric)
  }
}
