import Foundation
import Sweeps

/// Values as JSON text with sorted keys, the form in which columns hold structured values.
enum JSONText {
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  // Each run has these two; a general encoder would take longer for them than SQLite for the row.

  static func encode(_ origins: [String: SettingOrigin]) -> String {
    SettingValue.mapping(origins.mapValues(value)).canonicalJSON
  }

  static func encode(_ environment: [String: String]) -> String {
    SettingValue.mapping(environment.mapValues(SettingValue.text)).canonicalJSON
  }

  /// An origin as `Codable` writes it, which is how `decode` reads it.
  private static func value(_ origin: SettingOrigin) -> SettingValue {
    switch origin {
    case .defaults: .mapping(["defaults": .mapping([:])])
    case .line(let line): .mapping(["line": .mapping(["_0": .number(Double(line))])])
    case .commandLine: .mapping(["commandLine": .mapping([:])])
    }
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
