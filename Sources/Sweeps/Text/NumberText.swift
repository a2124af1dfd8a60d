/// Which texts are numbers: `1`, `+1`, `-0.5`, `.5`, `1.`, `1e-3`, `inf`, `-inf`, `.inf`.
enum NumberText {
  /// Nil where the text is no number at all.
  static func meaning(of text: String) -> DocumentNode.Meaning? {
    var digits = Substring(text)
    var isNegative = false
    if let sign = digits.first, sign == "+" || sign == "-" {
      isNegative = sign == "-"
      digits.removeFirst()
    }
    switch digits {
    case "inf", ".inf", "Inf", ".Inf", "INF", ".INF", "infinity", "Infinity":
      return .number(isNegative ? -.infinity : .infinity)
    case "nan", ".nan", "NaN", ".NaN", "NAN", ".NAN": return .impossibleNumber
    default: break
    }
    guard isDecimal(digits) else { return nil }
    let unsigned = digits.first == "." ? "0" + digits : String(digits)
    guard let value = Double(unsigned), value.isFinite, value != 0 || isZero(digits) else {
      return .impossibleNumber
    }
    return .number(isNegative && value != 0 ? -value : value)
  }

  /// Digits with at most one point, then perhaps an exponent.
  private static func isDecimal(_ text: Substring) -> Bool {
    let parts = text.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == "e" || $0 == "E" })
    if parts.count == 2 {
      var exponent = parts[1]
      if exponent.first == "+" || exponent.first == "-" { exponent.removeFirst() }
      guard isDigits(exponent) else { return false }
    }
    let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count <= 2, halves.contains(where: { !$0.isEmpty }) else { return false }
    return halves.allSatisfy { $0.isEmpty || isDigits($0) }
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
  }

  private static func isZero(_ text: Substring) -> Bool {
    text.prefix { $0 != "e" && $0 != "E" }.allSatisfy { $0 == "0" || $0 == "." }
  }
}
