/// P classes with K items of each, written `60x3`.
package struct BatchShape: Sendable, Hashable {
  package var classes: Int
  package var items: Int

  static let largestPart = 1 << 14

  package init(classes: Int, items: Int) {
    self.classes = classes
    self.items = items
  }

  /// `60x3` or `60×3`; nil where that is not what the text says, or a part is below 2.
  package init?(_ text: String) {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "x" || $0 == "×" || $0 == "X" }
    guard parts.count == 2, let classes = Self.part(parts[0]), let items = Self.part(parts[1])
    else { return nil }
    self.init(classes: classes, items: items)
  }

  package var text: String { "\(classes)x\(items)" }

  private static func part(_ text: Substring) -> Int? {
    let trimmed = text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    let digits = String(trimmed)
    guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(digits),
      (2...largestPart).contains(value)
    else { return nil }
    return value
  }
}
