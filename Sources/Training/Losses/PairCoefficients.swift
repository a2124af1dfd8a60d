internal import Kernels

/// The derivative of a loss by each pair of a batch, `batch × batch`: `∂L/∂d_ij` or `∂L/∂s_ij`,
/// with row i for the terms that query i brings in. It need not be symmetric.
struct PairCoefficients<Scalar: KernelScalar>: ~Copyable {
  var table: PairTable
  private var matrix: Matrix<Scalar>

  init(size: Int) {
    table = PairTable(size: size)
    matrix = Matrix(rows: size, columns: size)
  }

  /// `∂L/∂unit`, `batch × embedding`, where the coefficients are by distances.
  mutating func writeGradient(
    throughDistances distances: borrowing PairDistances<Scalar>, unit: borrowing Matrix<Scalar>,
    blas: BLASLibrary, into gradient: inout Matrix<Scalar>
  ) {
    table.write(to: &matrix)
    PairGraph.gradientMatrix(ofDistances: &matrix, distances: distances)
    blas.multiply(matrix, unit, into: &gradient)
  }

  /// `∂L/∂unit`, `batch × embedding`, where the coefficients are by similarities.
  mutating func writeGradient(
    throughSimilaritiesOf unit: borrowing Matrix<Scalar>, blas: BLASLibrary,
    into gradient: inout Matrix<Scalar>
  ) {
    table.write(to: &matrix)
    PairGraph.gradientMatrix(ofSimilarities: &matrix)
    blas.multiply(matrix, unit, into: &gradient)
  }
}
