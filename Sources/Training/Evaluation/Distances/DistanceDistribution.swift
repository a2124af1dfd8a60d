/// How far apart unit rows are: Euclidean distances, in 0…2.
///
/// Where all distances between classes are as small as those within, the sphere has collapsed;
/// where those within are all near 0, each class has.
package struct DistanceDistribution: Sendable, Hashable {
  package static let quantiles = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// Distances that were taken: all pairs, or a sample of them.
  package var pairs: Int
  package var isSample: Bool
  package var mean: Double
  /// In the order of `quantiles`, between the neighbouring order statistics by their place
  /// (type 7 of Hyndman and Fan, 1996).
  package var values: [Double]

  init(_ distances: [Float], isSample: Bool) {
    pairs = distances.count
    self.isSample = isSample
    mean = distances.reduce(0) { $0 + Double($1) } / Double(distances.count)
    let sorted = distances.sorted()
    values = Self.quantiles.map { share in
      let place = share * Double(sorted.count - 1)
      let lower = Int(place)
      let upper = min(lower + 1, sorted.count - 1)
      return Double(sorted[lower])
        + (place - Double(lower)) * (Double(sorted[upper]) - Double(sorted[lower]))
    }
  }
}
