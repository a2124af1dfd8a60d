import Foundation

/// Colours that people with any colour vision can tell apart, on white.
enum Palette {
  /// Categories: Okabe and Ito, "Color universal design", 2008, without yellow, which is too pale
  /// for lines; then dashes tell lines of one colour apart.
  private static let categories = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000",
  ]
  private static let dashes = ["none", "6 3", "2 2", "8 3 2 3"]

  static func category(_ number: Int) -> SVGElement.Value {
    .init(stringLiteral: categories[number % categories.count])
  }

  static func dash(_ number: Int) -> SVGElement.Value {
    .init(stringLiteral: dashes[number % dashes.count])
  }

  /// Every eighth of viridis, by van der Walt and Smith (matplotlib 1.5).
  private static let viridis: [(Double, Double, Double)] = [
    (68, 1, 84), (71, 44, 122), (59, 81, 139), (44, 113, 142), (33, 144, 141), (39, 173, 129),
    (92, 200, 99), (170, 220, 50), (253, 231, 37),
  ]

  /// A colour for 0…1, perceptually even; grey where there is no number.
  static func scale(_ share: Double) -> SVGElement.Value {
    guard share.isFinite else { return "#dddddd" }
    let place = min(max(share, 0), 1) * Double(viridis.count - 1)
    let first = min(Int(place), viridis.count - 2)
    let (low, high, rest) = (viridis[first], viridis[first + 1], place - Double(first))
    func mixed(_ low: Double, _ high: Double) -> Int { Int((low + rest * (high - low)).rounded()) }
    let text = String(
      format: "#%02x%02x%02x", mixed(low.0, high.0), mixed(low.1, high.1), mixed(low.2, high.2))
    return .init(stringLiteral: text)
  }

  /// Ink that can be read on `scale(share)`.
  static func ink(on share: Double) -> SVGElement.Value {
    share.isFinite && share < 0.6 ? "#ffffff" : "#222222"
  }
}
