/// The same seeds under several settings: a complete block design, one value for each setting and
/// seed.
///
/// What setting and seed leave unexplained, y − setting mean − seed mean + mean, gives the error s²
/// of (k − 1)(n − 1) degrees of freedom, and the difference of two settings the standard error
/// s √(2/n). It supposes that what is left varies alike in all settings: Hsu, Multiple Comparisons,
/// Chapman and Hall, 1996, chapter 7.
package struct BlockDesign: Sendable, Hashable {
  package let means: [Double]
  package let seeds: Int
  package let degreesOfFreedom: Int
  /// Of the difference of two settings.
  package let standardError: Double
  /// What is left of each setting, as a standard deviation: largest over smallest.
  package let spreadRatio: Double

  /// An error of this size, relative to the values, is that of 64-bit arithmetic.
  private static let rounding = 1e-14

  /// - Parameter values: Settings × seeds, all of one length.
  ///
  /// Nil for fewer than two settings or seeds, and where nothing is left unexplained.
  package init?(_ values: [[Double]]) {
    guard values.count > 1, let seeds = values.first?.count, seeds > 1,
      values.allSatisfy({ $0.count == seeds && $0.allSatisfy(\.isFinite) })
    else { return nil }
    self.seeds = seeds
    let means = values.map { $0.reduce(0, +) / Double(seeds) }
    let seedMeans = (0..<seeds).map { seed in
      values.reduce(0) { $0 + $1[seed] } / Double(values.count)
    }
    let mean = means.reduce(0, +) / Double(means.count)
    let squares = zip(values, means).map { row, own in
      zip(row, seedMeans).reduce(0) { sum, pair in
        let rest = pair.0 - own - pair.1 + mean
        return sum + rest * rest
      }
    }
    self.means = means
    degreesOfFreedom = (values.count - 1) * (seeds - 1)
    let error = squares.reduce(0, +) / Double(degreesOfFreedom)
    let size = values.joined().reduce(0) { max($0, abs($1)) }
    guard error.squareRoot() > Self.rounding * size else { return nil }
    standardError = (2 * error / Double(seeds)).squareRoot()
    let (least, greatest) = (squares.min() ?? 0, squares.max() ?? 0)
    spreadRatio = least > 0 ? (greatest / least).squareRoot() : .infinity
  }
}
