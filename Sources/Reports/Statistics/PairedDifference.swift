/// The differences between two sides measured in pairs, and what Student's t says of their mean.
///
/// "Student", "The probable error of a mean", Biometrika 6, 1908: for normal differences the
/// interval mean ± t · s / √n holds the true mean in 95 % of all cases, at any n ≥ 2.
package struct PairedDifference: Sendable, Hashable {
  /// First side minus second side.
  package let differences: [Double]
  package let statistics: CellStatistics
  /// Pearson's correlation of the two sides: what pairing buys. The variance of a difference is
  /// that of unpaired values times 1 − r, where both sides vary alike. Nil for fewer than
  /// three pairs, and where a side does not vary.
  package let correlation: Double?
  /// The two sides as if they were not paired; nil for a single pair.
  package let unpaired: WelchDifference?

  /// Nil without pairs.
  package init?(_ pairs: [(first: Double, second: Double)]) {
    differences = Self.differences(pairs)
    guard let statistics = CellStatistics(differences) else { return nil }
    self.statistics = statistics
    let (first, second) = (pairs.map(\.first), pairs.map(\.second))
    // Two points always lie on a line.
    correlation = pairs.count > 2 ? Self.correlation(first, second) : nil
    unpaired = WelchDifference(first, second)
  }

  /// Differences that are equal but for rounding, relative to the values, are equal.
  private static let rounding = 1e-14

  private static func differences(_ pairs: [(first: Double, second: Double)]) -> [Double] {
    let differences = pairs.map { $0.first - $0.second }
    guard let first = differences.first else { return [] }
    let size = pairs.reduce(0) { max($0, abs($1.first), abs($1.second)) }
    let isEqual = differences.allSatisfy { abs($0 - first) <= rounding * size }
    return isEqual ? differences.map { _ in first } : differences
  }

  /// Of a two-sided paired t test; nil for a single pair, and where all differences are equal.
  package var p: Double? {
    guard let deviation = statistics.deviation, deviation > 0 else { return nil }
    let t = statistics.mean / (deviation / Double(statistics.count).squareRoot())
    return StudentDistribution(degreesOfFreedom: Double(statistics.count - 1)).outside(t)
  }

  /// The true difference that so many pairs of this spread show in 80 % of all cases, by a
  /// two-sided test at 5 %; nil for a single pair.
  package var smallestDetectable: Double? {
    statistics.deviation.map { $0 * PairedPower.smallestEffect(pairs: statistics.count) }
  }

  private static func correlation(_ first: [Double], _ second: [Double]) -> Double? {
    guard let a = CellStatistics(first), let b = CellStatistics(second),
      let spread = a.deviation, let other = b.deviation, spread > 0, other > 0
    else { return nil }
    let products = zip(first, second).reduce(0) { $0 + ($1.0 - a.mean) * ($1.1 - b.mean) }
    return products / Double(first.count - 1) / (spread * other)
  }
}
