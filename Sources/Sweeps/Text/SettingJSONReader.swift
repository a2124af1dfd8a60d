/// Reads the JSON that settings are stored as.
///
/// A listing reads hundreds of thousands of values, which a general decoder takes seconds for.
/// The texts `"inf"` and `"-inf"` are infinities, as `SettingValue.canonicalJSON` writes them.
struct SettingJSONReader {
  /// Powers of ten that a double holds exactly.
  private static let exactPowers: [Double] = (0...22).map { power in
    (0..<power).reduce(1.0) { product, _ in product * 10 }
  }
  /// Deeper nesting is no setting, and would be a deep recursion.
  private static let deepest = 64

  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0
  private var depth = 0

  /// The value of a whole text; nil where it is no JSON.
  static func value(of text: String) -> SettingValue? {
    var text = text
    return text.withUTF8 { bytes in
      var reader = SettingJSONReader(bytes: bytes)
      guard let value = reader.value() else { return nil }
      reader.skipSpace()
      return reader.place == bytes.count ? value : nil
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { place += 1 }
  }

  private mutating func skip(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    place += 1
    return true
  }

  private mutating func skip(word: StaticString) -> Bool {
    let end = place + word.utf8CodeUnitCount
    guard end <= bytes.count else { return false }
    for index in 0..<word.utf8CodeUnitCount where bytes[place + index] != word.utf8Start[index] {
      return false
    }
    place = end
    return true
  }

  private mutating func value() -> SettingValue? {
    skipSpace()
    switch next {
    case UInt8(ascii: "\""):
      switch text() {
      case nil: return nil
      case "inf": return .number(.infinity)
      case "-inf": return .number(-.infinity)
      case .some(let text): return .text(text)
      }
    case UInt8(ascii: "{"): return nested { $0.mapping() }
    case UInt8(ascii: "["): return nested { $0.list() }
    case UInt8(ascii: "t"): return skip(word: "true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return skip(word: "false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return skip(word: "null") ? .null : nil
    default: return number().map(SettingValue.number)
    }
  }

  private mutating func nested(
    _ read: (inout SettingJSONReader) -> SettingValue?
  ) -> SettingValue? {
    guard depth < Self.deepest else { return nil }
    depth += 1
    place += 1
    defer { depth -= 1 }
    return read(&self)
  }

  private mutating func mapping() -> SettingValue? {
    var members: [String: SettingValue] = [:]
    skipSpace()
    if skip("}") { return .mapping(members) }
    members.reserveCapacity(32)
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\""), let name = text() else { return nil }
      skipSpace()
      guard skip(":"), let value = value() else { return nil }
      members[name] = value
      skipSpace()
    } while skip(",")
    return skip("}") ? .mapping(members) : nil
  }

  private mutating func list() -> SettingValue? {
    var values: [SettingValue] = []
    skipSpace()
    if skip("]") { return .list(values) }
    repeat {
      guard let value = value() else { return nil }
      values.append(value)
      skipSpace()
    } while skip(",")
    return skip("]") ? .list(values) : nil
  }

  /// A text, from its opening quote on.
  private mutating func text() -> String? {
    place += 1
    let start = place
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { place += 1 }
    var result = String(decoding: bytes[start..<place], as: UTF8.self)
    while let byte = next {
      place += 1
      if byte == UInt8(ascii: "\"") { return result }
      if byte == UInt8(ascii: "\\") {
        guard let scalar = escaped() else { return nil }
        result.unicodeScalars.append(scalar)
      } else {
        let start = place - 1
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
          place += 1
        }
        result += String(decoding: bytes[start..<place], as: UTF8.self)
      }
    }
    return nil
  }

  /// What stands after a backslash.
  private mutating func escaped() -> Unicode.Scalar? {
    guard let byte = next else { return nil }
    place += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"):
      guard let unit = codeUnit() else { return nil }
      guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) }
      guard skip("\\"), skip("u"), let low = codeUnit(), (0xDC00..<0xE000).contains(low)
      else { return nil }
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Unicode.Scalar(byte)
    default: return nil
    }
  }

  private mutating func codeUnit() -> UInt32? {
    guard place + 4 <= bytes.count else { return nil }
    defer { place += 4 }
    return UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
  }

  private mutating func number() -> Double? {
    let start = place
    let isNegative = skip("-")
    var digits: UInt64 = 0
    var count = 0
    var decimals = 0
    var isInFraction = false
    while let byte = next {
      if byte == UInt8(ascii: "."), !isInFraction {
        isInFraction = true
      } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        if count < 16 { digits = digits * 10 + UInt64(byte - UInt8(ascii: "0")) }
        count += 1
        decimals += isInFraction ? 1 : 0
      } else {
        break
      }
      place += 1
    }
    guard count > 0 else { return nil }
    let isPlain = next != UInt8(ascii: "e") && next != UInt8(ascii: "E")
    // An integer of 53 bits and a power of ten up to 22 are exact, so one division rounds once.
    if isPlain, count < 16, decimals < Self.exactPowers.count {
      let value = Double(digits) / Self.exactPowers[decimals]
      return isNegative ? -value : value
    }
    while let byte = next, byte > 0x20, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"),
      byte != UInt8(ascii: "]")
    {
      place += 1
    }
    return Double(String(decoding: bytes[start..<place], as: UTF8.self))
  }
}

extension SettingValue {
  /// The value of a JSON text; nil where it is none.
  package init?(json: String) {
    guard let value = SettingJSONReader.value(of: json) else { return nil }
    self = value
  }
}
