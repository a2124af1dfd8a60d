package import Sweeps

/// A JSON document whose objects keep the order in which their members were added.
///
///     let value: JSONValue = ["schema": 1, "jobs": ["a", "b"]]
///     print(value.text)
///
/// Non-finite numbers become null: JSON has none.
package enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Sendable, Hashable {
    package var name: String
    package var value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The number of the meaning of all names, which stands in every top-level object.
  package static let schema = Member("schema", 1)

  /// A top-level object: the schema's number, then the members.
  package static func document(_ members: [Member]) -> JSONValue { .object([schema] + members) }

  /// An object with sorted names.
  package static func sorted<Value>(
    _ values: [String: Value], transform: (Value) -> JSONValue
  ) -> JSONValue {
    .object(values.sorted { $0.key < $1.key }.map { Member($0.key, transform($0.value)) })
  }

  /// A setting; its infinities are the texts `"inf"` and `"-inf"`, as sweep files have them.
  package init(_ setting: SettingValue) {
    switch setting {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let value):
      self = value.isInfinite ? .string(SettingValue.shortest(value)) : .number(value)
    case .text(let value): self = .string(value)
    case .list(let values): self = .array(values.map(JSONValue.init))
    case .mapping(let values): self = .sorted(values, transform: JSONValue.init)
    }
  }

  package init(_ text: String?) {
    self = text.map(JSONValue.string) ?? .null
  }

  package init(_ number: Double?) {
    self = number.map(JSONValue.number) ?? .null
  }

  package init(_ number: Int?) {
    self = number.map(JSONValue.integer) ?? .null
  }
}

extension JSONValue {
  /// One line without spaces.
  package var compactText: String {
    switch self {
    case .array(let values): "[" + values.map(\.compactText).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.map { SettingValue.quoted($0.name) + ":" + $0.value.compactText }
        .joined(separator: ",") + "}"
    default: scalarText
    }
  }

  /// Indented by two spaces a level, with a final line break.
  package var text: String { indented(by: 0) + "\n" }

  private func indented(by depth: Int) -> String {
    let outer = String(repeating: "  ", count: depth)
    let inner = outer + "  "
    switch self {
    case .array(let values) where !values.isEmpty:
      return "[\n" + values.map { inner + $0.indented(by: depth + 1) }.joined(separator: ",\n")
        + "\n\(outer)]"
    case .object(let members) where !members.isEmpty:
      let lines = members.map {
        inner + SettingValue.quoted($0.name) + ": " + $0.value.indented(by: depth + 1)
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
    default:
      return compactText
    }
  }

  private var scalarText: String {
    switch self {
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): value.isFinite ? SettingValue.shortest(value) : "null"
    case .string(let value): SettingValue.quoted(value)
    case .null, .array, .object: "null"
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(nilLiteral: ()) { self = .null }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}
