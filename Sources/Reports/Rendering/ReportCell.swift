import Foundation
package import Sweeps

/// One value of a report: the number itself, and how people and programs see it.
package enum ReportCell: Sendable, Hashable {
  case missing
  case text(String)
  case integer(Int)
  /// Rounded to so many decimals for people, exact for programs.
  case number(Double, decimals: Int)
  /// 0…1 for programs, per cent with two decimals for people.
  case ratio(Double)
  /// Mean and standard deviation; a deviation is missing where there is one value only.
  case spread(mean: Double, deviation: Double?, isRatio: Bool)
  /// Mean and its interval, mean ± half width; no interval where there is one value only.
  case interval(mean: Double, halfWidth: Double?, isRatio: Bool)
  /// The ends of an interval that need not lie about a mean.
  case ends(low: Double, high: Double, isRatio: Bool)
  case seconds(Double)
  case bytes(Int)
  case setting(SettingValue)

  /// As tables and Markdown show it.
  package var shownText: String {
    switch self {
    case .missing: "–"
    case .text(let text): text
    case .integer(let value): String(value)
    case .number(let value, let decimals): Self.fixed(value, decimals: decimals)
    case .ratio(let value):
      Self.fixed(value * 100, decimals: 2) + (value.isFinite ? "%" : "")
    case .spread(let mean, let deviation, let isRatio):
      Self.spreadText(mean: mean, deviation: deviation, isRatio: isRatio)
    case .interval(let mean, let halfWidth, let isRatio):
      Self.intervalText(mean: mean, halfWidth: halfWidth, isRatio: isRatio)
    case .ends(let low, let high, let isRatio):
      Self.endsText([low, high], isRatio: isRatio)
    case .seconds(let value): Self.durationText(value)
    case .bytes(let value): Self.bytesText(value)
    case .setting(let value): value.display
    }
  }

  /// As CSV holds it: full precision, ratios 0…1, nothing where there is nothing.
  package var plainText: String {
    switch self {
    case .missing: ""
    case .text(let text): text
    case .integer(let value), .bytes(let value): String(value)
    case .number(let value, _), .ratio(let value), .seconds(let value),
      .spread(let value, _, _), .interval(let value, _, _):
      Self.exact(value)
    case .ends(let low, let high, _): "[\(Self.exact(low)), \(Self.exact(high))]"
    case .setting(let value): value.display
    }
  }

  package var json: JSONValue {
    switch self {
    case .missing: .null
    case .text(let text): .string(text)
    case .integer(let value), .bytes(let value): .integer(value)
    case .number(let value, _), .ratio(let value), .seconds(let value): .number(value)
    case .spread(let mean, let deviation, _):
      ["mean": .number(mean), "sd": JSONValue(deviation)]
    case .interval(let mean, let halfWidth, _):
      [
        "mean": .number(mean), "low": JSONValue(halfWidth.map { mean - $0 }),
        "high": JSONValue(halfWidth.map { mean + $0 }),
      ]
    case .ends(let low, let high, _): ["low": .number(low), "high": .number(high)]
    case .setting(let value): JSONValue(value)
    }
  }

  /// The number that says how good it is; nil where it is none.
  var value: Double? {
    switch self {
    case .number(let value, _), .ratio(let value), .spread(let value, _, _),
      .interval(let value, _, _):
      value.isNaN ? nil : value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// The number that it is, a setting's included.
  var number: Double? {
    if case .setting(let value) = self { value.number } else { value }
  }

  /// The number that says how good it is as it is shown, without its spread.
  var shownValue: String? {
    switch self {
    case .spread(let mean, _, let isRatio), .interval(let mean, _, let isRatio):
      (isRatio ? ReportCell.ratio(mean) : .number(mean, decimals: 4)).shownText
    default: value.map { _ in shownText }
    }
  }

  /// Whether it is a share, shown as per cent.
  var isRatio: Bool {
    switch self {
    case .ratio, .spread(_, _, isRatio: true), .interval(_, _, isRatio: true),
      .ends(_, _, isRatio: true):
      true
    default: false
    }
  }

  /// Whether its text may be cut short; a number without its last digits would be another one.
  var isCuttable: Bool {
    switch self {
    case .text: true
    case .setting(let value): value.number == nil
    default: false
    }
  }

  /// Whether it lines up with others at the decimal point; durations and sizes differ in unit.
  var hasDecimalPoint: Bool {
    switch self {
    case .number(let value, _), .ratio(let value), .spread(let value, _, _),
      .interval(let value, _, _):
      value.isFinite
    case .setting(let value): value.number?.isFinite ?? false
    case .integer: true
    default: false
    }
  }

  var isNumeric: Bool {
    switch self {
    case .missing, .text: false
    case .setting(let value): value.number != nil
    default: true
    }
  }

  private static func exact(_ value: Double) -> String {
    value.isNaN ? "nan" : SettingValue.shortest(value)
  }

  static func fixed(_ value: Double, decimals: Int) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    // Below this, so many decimals would show noughts only.
    let isTiny = value != 0 && abs(value) < pow(10, -Double(decimals))
    return String(format: isTiny ? "%.1e" : "%.\(decimals)f", value)
  }

  /// Numbers that stand together: as fixed points, unless all would show noughts only.
  private static func together(_ values: [Double], decimals: Int) -> [String] {
    let points = values.map { rounded($0, decimals: decimals) }
    let isTiny = points.allSatisfy { $0 == 0 }
    return (isTiny ? values : points).map { fixed($0, decimals: decimals) }
  }

  /// What so many decimals show of it, without the sign of a nought.
  static func rounded(_ value: Double, decimals: Int) -> Double {
    let scale = pow(10, Double(decimals))
    return (value * scale).rounded() / scale + 0
  }

  private static func spreadText(mean: Double, deviation: Double?, isRatio: Bool) -> String {
    let scale = isRatio ? 100.0 : 1
    let decimals = isRatio ? 2 : 4
    let least = pow(10, -Double(decimals))
    let isSpread = (deviation ?? 0) * scale >= least
    let shown = isSpread ? rounded(mean * scale, decimals: decimals) : mean * scale
    var text = fixed(shown, decimals: decimals)
    if let deviation {
      let isTiny = deviation > 0 && deviation * scale < least
      text +=
        " ± "
        + (isTiny
          ? "<" + fixed(least, decimals: decimals) : fixed(deviation * scale, decimals: decimals))
    }
    return isRatio && mean.isFinite ? text + "%" : text
  }

  private static func intervalText(mean: Double, halfWidth: Double?, isRatio: Bool) -> String {
    let (scale, decimals) = isRatio ? (100.0, 2) : (1, 4)
    guard let halfWidth else {
      return fixed(mean * scale, decimals: decimals) + (isRatio && mean.isFinite ? "%" : "")
    }
    let texts = together(
      [mean, mean - halfWidth, mean + halfWidth].map { $0 * scale }, decimals: decimals)
    return "\(texts[0]) [\(texts[1]), \(texts[2])]" + (isRatio && mean.isFinite ? "%" : "")
  }

  private static func endsText(_ ends: [Double], isRatio: Bool) -> String {
    let (scale, decimals) = isRatio ? (100.0, 2) : (1, 4)
    let texts = together(ends.map { $0 * scale }, decimals: decimals)
    return "[" + texts.joined(separator: ", ") + "]" + (isRatio ? "%" : "")
  }

  static func durationText(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "–" }
    let whole = Int(seconds.rounded())
    if seconds < 10 { return String(format: "%.2f s", seconds) }
    if whole < 60 { return String(format: "%.1f s", seconds) }
    if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
    return String(format: "%d h %02d min", whole / 3600, whole % 3600 / 60)
  }

  static func bytesText(_ bytes: Int) -> String {
    if bytes < 1024 { return "\(bytes) B" }
    var value = Double(bytes) / 1024
    for unit in ["KiB", "MiB"] {
      if value < 1024 { return String(format: "%.1f \(unit)", value) }
      value /= 1024
    }
    return String(format: "%.1f GiB", value)
  }
}
