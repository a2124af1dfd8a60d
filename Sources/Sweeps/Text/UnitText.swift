/// Numbers with units, one behind the other.
enum UnitText {
  struct Part: Hashable {
    var number: Double
    var unit: String
  }

  /// `1h 30min` as its two parts; nil where the text is anything else.
  static func parts(of text: String) -> [Part]? {
    var parts: [Part] = []
    var rest = text[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count).drop { $0 == " " }
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(unit.count).drop { $0 == " " }
      guard !unit.isEmpty, case .number(let number) = NumberText.meaning(of: String(digits)) else {
        return nil
      }
      parts.append(Part(number: number, unit: String(unit)))
    }
    return parts.isEmpty ? nil : parts
  }

  /// Without a fraction where there is none.
  static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? String(value)
  }
}
