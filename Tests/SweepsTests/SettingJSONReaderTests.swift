import Foundation
import Sweeps
import TestSupport
import Testing

@Suite struct SettingJSONReaderTests {
  @Test(arguments: [
    ("null", SettingValue.null), ("true", .bool(true)), (" false ", .bool(false)),
    ("1", .number(1)), ("-0.5", .number(-0.5)), ("2e-5", .number(2e-5)), ("1E3", .number(1000)),
    ("0.1", .number(0.1)), ("123456789012345678", .number(123456789012345680)),
    ("1.7976931348623157e+308", .number(.greatestFiniteMagnitude)),
    ("5e-324", .number(.leastNonzeroMagnitude)),
    ("\"inf\"", .number(.infinity)), ("\"-inf\"", .number(-.infinity)),
    ("\"\"", .text("")),
    ("\"a\\\"b\\\\c\\/\\n\\t\\u00e9\\ud83d\\ude00 ü\"", .text("a\"b\\c/\n\té😀 ü")),
    ("[]", .list([])), ("[1, [\"a\"] ]", .list([.number(1), .list([.text("a")])])),
    ("{}", .mapping([:])),
    (
      "{ \"a\" : {\"b\":[true,null]} , \"a.b\":2 }",
      .mapping(["a": .mapping(["b": .list([.bool(true), .null])]), "a.b": .number(2)])
    ),
  ])
  func `a text is read as its value`(text: String, value: SettingValue) {
    #expect(SettingValue(json: text) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "tru", "-", ".", "1e", "1 2", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud83d\"",
    "[1,", "[1", "[,]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1", "}", "1.2.3", "--1",
    String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
  ])
  func `what is no JSON has no value`(text: String) {
    #expect(SettingValue(json: text) == nil)
  }

  @Test(arguments: 0..<200)
  func `what is written is read again, to the bit`(seed: UInt64) {
    var draw = SplitMix(seed: seed)
    let value = Self.value(&draw, depth: 0)
    #expect(SettingValue(json: value.canonicalJSON) == value, "seed \(seed)")
  }

  private static func value(_ draw: inout SplitMix, depth: Int) -> SettingValue {
    switch draw.next() % (depth < 3 ? 8 : 5) {
    case 0: return .bool(draw.next() % 2 == 0)
    case 1: return .number(Double(Int64(truncatingIfNeeded: draw.next()) >> (draw.next() % 60)))
    case 2:
      let number = Double(bitPattern: draw.next())
      return .number(number.isNaN ? 0.25 : number)
    case 3: return .number((Double(draw.next() % 2_000) - 1_000) / 1_000)
    case 4: return .text(["a b", "\u{1}\"\\", "höher\n", "😀", "x.y/z"][Int(draw.next() % 5)])
    case 5, 6:
      return .list((0..<draw.next() % 4).map { _ in value(&draw, depth: depth + 1) })
    default:
      return .mapping(
        Dictionary(
          uniqueKeysWithValues: (0..<draw.next() % 5).map {
            ("key \($0)", value(&draw, depth: depth + 1))
          }))
    }
  }
}
