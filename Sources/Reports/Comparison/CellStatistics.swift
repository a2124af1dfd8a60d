/// Mean and spread of one measure over the runs of a cell.
package struct CellStatistics: Sendable, Hashable {
  package let count: Int
  /// Arithmetic mean in 64 bits; NaN if any value is.
  package let mean: Double
  /// Sample standard deviation s = √(Σ(x − mean)² / (n − 1)); nil for a single value.
  package let deviation: Double?

  /// Share of the cases in which an interval holds the true mean of normal values.
  package static let confidence = 0.95

  /// Nil where there is no value.
  package init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    count = values.count
    // Equal values have no spread, though their mean in floating point may differ from them.
    if values.allSatisfy({ $0 == values[0] }) {
      mean = values[0]
      deviation = values.count < 2 ? nil : 0
      return
    }
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    // The second pass keeps the digits that a sum of squares would lose.
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    deviation = (squares / Double(values.count - 1)).squareRoot()
  }

  /// Half of the interval of the mean, t · s / √n with Student's t of n − 1 degrees of freedom;
  /// nil for a single value.
  package var halfWidth: Double? {
    guard let deviation else { return nil }
    let t = StudentDistribution(degreesOfFreedom: Double(count - 1)).halfWidth(
      containing: Self.confidence)
    return t * deviation / Double(count).squareRoot()
  }

  /// The interval's ends; nil for a single value.
  package var interval: (low: Double, high: Double)? {
    halfWidth.map { (mean - $0, mean + $0) }
  }
}
