/// Sizes as people write them: `512MiB`, `2GiB`, `2G` for the same, `2GB` for the decimal unit.
package enum ByteCountText {
  private static let prefixes = ["K", "M", "G", "T"]

  /// Nil where the text is no size; a number without a unit is none.
  package static func bytes(of text: String) -> Int? {
    guard let parts = UnitText.parts(of: text), parts.count == 1, let factor = factor(parts[0].unit)
    else { return nil }
    return Int(exactly: (parts[0].number * factor).rounded())
  }

  private static func factor(_ unit: String) -> Double? {
    if unit == "B" { return 1 }
    guard let power = prefixes.firstIndex(of: unit.prefix(1).uppercased()) else { return nil }
    func factor(_ base: Double) -> Double { (0...power).reduce(1) { product, _ in product * base } }
    switch unit.dropFirst() {
    case "", "i", "iB": return factor(1_024)
    case "B": return factor(1_000)
    default: return nil
    }
  }

  /// `2 GiB`, `1.5 GiB`.
  package static func text(ofBytes bytes: Int) -> String {
    var value = Double(bytes)
    var unit = "B"
    for prefix in prefixes where value >= 1_024 {
      value /= 1_024
      unit = prefix + "iB"
    }
    return "\(UnitText.number((value * 10).rounded() / 10)) \(unit)"
  }
}
