package import Kernels

/// The distances between rows of one class and between rows of two.
package struct ClassDistances: Sendable, Hashable {
  /// Nil where no class has two rows.
  package var within: DistanceDistribution?
  /// Nil where there is one class.
  package var between: DistanceDistribution?

  /// Distances of unit rows. All pairs of a kind are taken where there are at most `limit`,
  /// else `sample` of them, drawn with replacement.
  ///
  /// O(pairs · dimension), and 4 bytes a pair.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package init<Scalar: KernelScalar>(
    unit: borrowing Matrix<Scalar>, labels: [Int32], seed: UInt64, limit: Int = 10_000_000,
    sample: Int = 1_000_000
  ) {
    precondition(unit.rows == labels.count, "\(unit.rows) rows, \(labels.count) labels")
    let squares = (0..<unit.rows).map { RowOperations.exactDot(unit, row: $0, unit, row: $0) }
    let stream = RandomStream(seed: seed, stream: .pairSample)
    func distribution(_ pairs: ClassPairs) -> DistanceDistribution? {
      guard pairs.count > 0 else { return nil }
      let isSample = pairs.count > limit
      var distances: [Float] = []
      distances.reserveCapacity(isSample ? sample : pairs.count)
      func take(_ first: Int, _ second: Int) {
        // In 64 bits: equal rows are at 0, and near ones keep their digits.
        let dot = RowOperations.exactDot(unit, row: first, unit, row: second)
        let square = max(squares[first] + squares[second] - 2 * dot, 0)
        distances.append(Float(square.squareRoot()))
      }
      if isSample {
        for position in 0..<UInt32(sample) {
          let (first, second) = pairs.draw(at: position, from: stream)
          take(first, second)
        }
      } else {
        pairs.forEach(take)
      }
      return DistanceDistribution(distances, isSample: isSample)
    }
    within = distribution(ClassPairs(.within, labels: labels))
    between = distribution(ClassPairs(.between, labels: labels))
  }
}
