/// Quantiles of a sample.
enum Quantile {
  /// Between the two nearest of `sorted`, ascending, in proportion; type 7 of Hyndman and Fan,
  /// "Sample quantiles in statistical packages", The American Statistician 50, 1996.
  static func value(of sorted: [Double], at share: Double) -> Double {
    precondition(!sorted.isEmpty, "no values")
    let place = min(max(share, 0), 1) * Double(sorted.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (sorted[upper] - sorted[lower]) * (place - Double(lower))
  }
}
