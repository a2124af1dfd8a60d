/// How alike the rows of a batch are: Pearson's correlation of their values, negative ones as 0.
///
/// `z_i = (φ_i − mean φ_i) / ‖·‖`, `W = max(Z Zᵀ, 0)`, `batch × batch`; the diagonal is 1. A row of
/// equal values resembles only itself and gets no gradient.
package struct RowCorrelation<Scalar: KernelScalar>: ~Copyable {
  /// A centred row shorter than this share of the row is rounding, not a direction.
  private static var leastVariation: Double { 1e-12 }

  package private(set) var matrix: Matrix<Scalar>
  private var centered: Matrix<Scalar>
  private var unit: Matrix<Scalar>
  private var norms: Matrix<Scalar>
  private var unitGradient: Matrix<Scalar>

  package init(size: Int, embedding: Int) {
    matrix = Matrix(rows: size, columns: size)
    centered = Matrix(rows: size, columns: embedding)
    unit = Matrix(rows: size, columns: embedding)
    norms = Matrix(rows: 1, columns: size)
    unitGradient = Matrix(rows: size, columns: embedding)
  }

  /// Fills `matrix` for rows `batch × embedding`. O(N² D).
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func fill(_ features: borrowing Matrix<Scalar>, blas: BLASLibrary) {
    for row in 0..<features.rows { center(row, of: features) }
    RowOperations.normalize(centered, into: &unit, norms: &norms)
    blas.gram(unit, into: &matrix)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        matrix[row, column] = row == column ? 1 : max(matrix[row, column], 0)
      }
    }
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private mutating func center(_ row: Int, of features: borrowing Matrix<Scalar>) {
    var (sum, square) = (0.0, 0.0)
    for column in 0..<features.columns {
      let value = Double(features[row, column])
      sum += value
      square += value * value
    }
    let mean = sum / Double(max(features.columns, 1))
    var centeredSquare = 0.0
    for column in 0..<features.columns {
      let value = Double(features[row, column]) - mean
      centeredSquare += value * value
      centered[row, column] = Scalar(value)
    }
    guard centeredSquare <= Self.leastVariation * Self.leastVariation * square else { return }
    for column in 0..<features.columns { centered[row, column] = 0 }
  }

  /// Adds to `gradient`, `batch × embedding`, what comes from `∂L/∂matrix`, which is used up. The
  /// diagonal is constant, and so is what was negative. O(N² D).
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func backward(
    _ matrixGradient: inout Matrix<Scalar>, blas: BLASLibrary,
    addingTo gradient: inout Matrix<Scalar>
  ) {
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns where row == column || !(matrix[row, column] > 0) {
        matrixGradient[row, column] = 0
      }
    }
    PairGraph.gradientMatrix(ofSimilarities: &matrixGradient)
    blas.multiply(matrixGradient, unit, into: &unitGradient)
    RowOperations.normalizeBackward(
      gradient: unitGradient, unit: unit, norms: norms, into: &centered)
    for row in 0..<gradient.rows {
      var sum = 0.0
      for column in 0..<gradient.columns { sum += Double(centered[row, column]) }
      let mean = Scalar(sum / Double(max(gradient.columns, 1)))
      for column in 0..<gradient.columns {
        gradient[row, column] += centered[row, column] - mean
      }
    }
  }
}
