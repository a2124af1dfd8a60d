package import Kernels

/// Linear discriminant analysis: the directions in which classes differ most for how much rows
/// of a class do.
///
/// `S_W` is the mean over rows of the covariance of their class, `S_T` the covariance of all
/// rows, each estimated by `ShrunkCovariance`; the directions solve `S_T v = λ S_W v`, largest λ
/// first, with `vᵀ S_W v = 1` (those of `S_T − S_W`, whose λ are less by 1). That is
/// scikit-learn's `eigen` solver with automatic shrinkage, and like it the transform does not
/// subtract the mean.
package enum DiscriminantAnalysis {
  /// Directions in which rows of a class vary less than this share of the largest are no more
  /// than rounding.
  private static let leastShare = 1e-12

  /// The transform of given rows, fitted to them and their classes; nil where no class varies.
  package static func transform(
    _ rows: [Int64], of features: borrowing Matrix<Float>, labels: [Int32], components: Int,
    blas: BLASLibrary
  ) -> LinearTransform? {
    let columns = features.columns
    let x = doubles(rows, of: features)
    let within = withinClasses(x, labels: labels, blas: blas)
    let total = ShrunkCovariance.estimate(Array(labels.indices), of: x, blas: blas)
    guard let whitening = inverseRoot(of: within, blas: blas) else { return nil }
    var half = Matrix<Double>(rows: whitening.rows, columns: columns)
    blas.multiply(whitening, total, into: &half)
    var whitened = Matrix<Double>(rows: whitening.rows, columns: whitening.rows)
    blas.multiply(half, whitening, transposingSecond: true, into: &whitened)
    let directions = SymmetricEigen(of: whitened, blas: blas)
    blas.multiply(directions.vectors, whitening, into: &half)
    var projection = Matrix<Float>(
      rows: min(components, half.rows), columns: columns)
    for row in 0..<projection.rows {
      for column in 0..<columns { projection[row, column] = Float(half[row, column]) }
    }
    return LinearTransform(mean: Matrix(rows: 1, columns: columns), projection: projection)
  }

  private static func doubles(
    _ rows: [Int64], of features: borrowing Matrix<Float>
  ) -> Matrix<Double> {
    var x = Matrix<Double>(rows: rows.count, columns: features.columns)
    for (place, row) in rows.enumerated() {
      for column in 0..<features.columns {
        x[place, column] = Double(features[Int(row), column])
      }
    }
    return x
  }

  private static func withinClasses(
    _ x: borrowing Matrix<Double>, labels: [Int32], blas: BLASLibrary
  ) -> Matrix<Double> {
    var sum = Matrix<Double>(rows: x.columns, columns: x.columns)
    let groups = Dictionary(grouping: labels.indices) { labels[$0] }
    for label in groups.keys.sorted() {
      let rows = groups[label] ?? []
      let share = Double(rows.count) / Double(labels.count)
      let covariance = ShrunkCovariance.estimate(rows, of: x, blas: blas)
      sum.withMutableValues { sum in
        covariance.withValues { values in
          for place in values.indices { sum[place] += share * values[place] }
        }
      }
    }
    return sum
  }

  /// Rows w with `w S wᵀ = I`; fewer than S has where some directions do not vary, nil where
  /// none does.
  private static func inverseRoot(
    of matrix: borrowing Matrix<Double>, blas: BLASLibrary
  ) -> Matrix<Double>? {
    let copy = Matrix<Double>(
      rows: matrix.rows, columns: matrix.columns, values: matrix.values)
    let eigen = SymmetricEigen(of: copy, blas: blas)
    let least = (eigen.values.first ?? 0) * leastShare
    let kept = eigen.values.prefix { $0 > max(least, 0) }.count
    guard kept > 0 else { return nil }
    var root = Matrix<Double>(rows: kept, columns: matrix.columns)
    for row in 0..<kept {
      let scale = 1 / eigen.values[row].squareRoot()
      for column in 0..<matrix.columns { root[row, column] = scale * eigen.vectors[row, column] }
    }
    return root
  }
}
