internal import Kernels

/// Mean and covariance of rows that come in blocks, and the directions of largest variance.
///
/// All sums are 64-bit and in order of rows; the blocks are part of the bits.
struct PrincipalComponents: ~Copyable {
  /// A variance below this share of the largest is no more than rounding.
  private static var leastShare: Double { 1e-12 }

  /// `1 × columns`.
  private let mean: Matrix<Float>
  private var covariance: Matrix<Double>
  private var count = 0
  private var centered: Matrix<Double>

  /// For blocks of at most `blockRows` rows, less the mean that is given.
  init(mean: consuming Matrix<Float>, blockRows: Int) {
    let columns = mean.columns
    self.mean = mean
    covariance = Matrix(rows: columns, columns: columns)
    centered = Matrix(rows: blockRows, columns: columns)
  }

  mutating func add(_ block: borrowing Matrix<Float>, rows: Int, blas: BLASLibrary) {
    let columns = mean.columns
    precondition(block.columns == columns && rows <= centered.rows)
    block.withValues { block in
      mean.withValues { mean in
        centered.withMutableValues { centered in
          for row in 0..<rows {
            for column in 0..<columns {
              centered[row * columns + column] =
                Double(block[row * columns + column]) - Double(mean[column])
            }
          }
        }
      }
    }
    blas.multiply(
      centered, rows: 0..<rows, transposingFirst: true, centered, rows: 0..<rows,
      transposingSecond: false, into: &covariance, rows: 0..<columns, accumulating: true)
    count += rows
  }

  /// The transform to the `components` directions of largest variance, each divided by its
  /// standard deviation where `whitening`. Directions that do not vary become 0 there.
  consuming func transform(
    components: Int, whitening: Bool, blas: BLASLibrary
  ) -> LinearTransform {
    let columns = mean.columns
    precondition((1...columns).contains(components), "\(components) of \(columns) components")
    let degrees = Double(max(count - 1, 1))
    let eigen = SymmetricEigen(of: covariance, blas: blas)
    let least = (eigen.values.first ?? 0) * Self.leastShare
    var projection = Matrix<Float>(rows: components, columns: columns)
    for row in 0..<components {
      let sum = eigen.values[row]
      let scale = whitening ? (sum > least ? 1 / (sum / degrees).squareRoot() : 0) : 1
      for column in 0..<columns {
        projection[row, column] = Float(scale * eigen.vectors[row, column])
      }
    }
    return LinearTransform(mean: mean, projection: projection)
  }
}
