import Foundation

/// A range of numbers laid along a line of a picture, with round numbers as ticks.
struct NumberScale: Sendable {
  let low: Double
  let high: Double
  let start: Double
  let end: Double

  /// - Parameters:
  ///   - values: What must fit; not finite ones are left out.
  ///   - start: Where the least value is.
  init(fitting values: [Double], from start: Double, to end: Double) {
    let finite = values.filter(\.isFinite)
    let (least, most) = (finite.min() ?? 0, finite.max() ?? 1)
    // Equal values stand in the middle.
    let margin = least == most ? max(abs(least) / 2, 1e-3) : (most - least) * 0.04
    low = least - margin
    high = most + margin
    self.start = start
    self.end = end
  }

  func place(of value: Double) -> Double {
    start + (value - low) / (high - low) * (end - start)
  }

  /// About so many round numbers: 1, 2 or 5 times a power of ten apart.
  func ticks(_ count: Int) -> [Double] {
    // A few more ticks than asked for rather than half as many.
    let rough = (high - low) / Double(count) * 0.75
    let power = pow(10, floor(log10(rough)))
    let step = ([1, 2, 5, 10].first { $0 * power >= rough } ?? 10) * power
    let first = (low / step).rounded(.up)
    return (0...count * 3).map { (first + Double($0)) * step }.filter { $0 <= high }
  }
}
