/// The value of one setting, as a sweep file, the command line or a store gives it.
package enum SettingValue: Sendable, Hashable {
  case null
  case bool(Bool)
  /// Any number; `inf` is allowed, NaN never occurs.
  case number(Double)
  case text(String)
  case list([SettingValue])
  case mapping([String: SettingValue])

  /// JSON with sorted keys and shortest round-trip numbers: equal values have equal text.
  ///
  /// 1, 1.0 and 1e0 are the text `1`. JSON has no infinities; they are the texts `"inf"` and
  /// `"-inf"`.
  package var canonicalJSON: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let value):
      value.isFinite ? Self.shortest(value) : Self.quoted(Self.shortest(value))
    case .text(let value): Self.quoted(value)
    case .list(let values): "[" + values.map(\.canonicalJSON).joined(separator: ",") + "]"
    case .mapping(let values):
      "{"
        + values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { Self.quoted($0.key) + ":" + $0.value.canonicalJSON }.joined(separator: ",") + "}"
    }
  }

  /// What a table shows: text without quotes, everything else as in JSON.
  package var display: String {
    switch self {
    case .text(let value): value
    case .number(let value): Self.shortest(value)
    default: canonicalJSON
    }
  }

  /// The number in decimal, an integer without a fraction.
  package static func shortest(_ value: Double) -> String {
    if value == 0 { return "0" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if abs(value) < 0x1p53, let integer = Int64(exactly: value) { return String(integer) }
    return value.description
  }

  /// The text as a JSON string.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  package var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }

  package var integer: Int? { number.flatMap(Int.init(exactly:)) }

  package var text: String? {
    if case .text(let value) = self { value } else { nil }
  }

  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  package var list: [SettingValue]? {
    if case .list(let values) = self { values } else { nil }
  }

  package var mapping: [String: SettingValue]? {
    if case .mapping(let values) = self { values } else { nil }
  }
}

extension SettingValue: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      switch value {
      case "inf": self = .number(.infinity)
      case "-inf": self = .number(-.infinity)
      default: self = .text(value)
      }
    } else if let values = try? container.decode([SettingValue].self) {
      self = .list(values)
    } else {
      self = .mapping(try container.decode([String: SettingValue].self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value):
      if value.isInfinite {
        try container.encode(Self.shortest(value))
      } else if let integer = Int64(exactly: value) {
        try container.encode(integer)
      } else {
        try container.encode(value)
      }
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .mapping(let values): try container.encode(values)
    }
  }
}
