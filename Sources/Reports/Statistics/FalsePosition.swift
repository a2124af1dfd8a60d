/// The place where an increasing function passes 0, in few steps.
enum FalsePosition {
  /// To a width of `tolerance`, by straight lines between two sides of 0; the value of a side that
  /// stays twice is halved: Dowell and Jarratt, "A modified regula falsi method for computing the
  /// root of an equation", BIT 11, 1971.
  static func root(
    between low: Double, and high: Double, tolerance: Double, of function: (Double) -> Double
  ) -> Double {
    var (low, high) = (low, high)
    var (below, above) = (function(low), function(high))
    precondition(below <= 0 && above >= 0, "no 0 between \(below) and \(above)")
    var place = low
    var wasBelow: Bool?
    while high - low > tolerance, below < 0, above > 0 {
      let next = high - above * (high - low) / (above - below)
      if abs(next - place) <= tolerance / 2 { return next }
      place = next
      let value = function(place)
      let isBelow = value < 0
      if isBelow {
        (low, below) = (place, value)
        if wasBelow == true { above /= 2 }
      } else {
        (high, above) = (place, value)
        if wasBelow == false { below /= 2 }
      }
      wasBelow = isBelow
    }
    return below == 0 ? low : above == 0 ? high : place
  }
}
