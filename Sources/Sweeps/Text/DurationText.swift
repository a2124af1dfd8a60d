/// Durations as people write them: `90s`, `30min`, `2h`, `1h30m`, `1.5d`.
package enum DurationText {
  private static let units: [(names: [String], seconds: Double)] = [
    (["d"], 86_400), (["h"], 3_600), (["min", "m"], 60), (["s"], 1),
  ]

  /// Nil where the text is no duration; a number without a unit is none.
  package static func seconds(of text: String) -> Double? {
    guard let parts = UnitText.parts(of: text) else { return nil }
    var total = 0.0
    var last = Double.infinity
    for part in parts {
      guard let unit = units.first(where: { $0.names.contains(part.unit) }), unit.seconds < last
      else { return nil }
      total += part.number * unit.seconds
      last = unit.seconds
    }
    return total
  }

  /// `2 h`, `1 h 30 min`, `1.5 s`.
  package static func text(ofSeconds seconds: Double) -> String {
    guard seconds >= 60 else { return "\(UnitText.number(seconds)) s" }
    var rest = seconds.rounded()
    var parts: [String] = []
    for unit in units {
      let count = (rest / unit.seconds).rounded(.down)
      rest -= count * unit.seconds
      if count > 0 { parts.append("\(UnitText.number(count)) \(unit.names[0])") }
    }
    return parts.joined(separator: " ")
  }
}
