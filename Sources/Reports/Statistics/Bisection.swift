/// The place where an increasing function passes 0, by halving.
enum Bisection {
  /// To neighbouring numbers.
  static func root(
    between low: Double, and high: Double, of function: (Double) -> Double
  ) -> Double {
    var (low, high) = (low, high)
    while true {
      let middle = low + (high - low) / 2
      guard low < middle, middle < high else { break }
      if function(middle) < 0 { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }
}
