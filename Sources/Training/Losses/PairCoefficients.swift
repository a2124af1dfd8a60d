internal import Kernels

/// The derivative of a loss by each pair of a batch, `batch × batch`: `∂L/∂d_ij` or `∂L/∂s_ij`,
/// with row i for the terms that query i brings in. It need not be symmetric.
struct PairCoefficients<Scalar: KernelScalar>: ~Copyable {
  private let size: Int
  private var matrix: Matrix<Scalar>

  init(size: Int) {
    self.size = size
    matrix = Matrix(rows: size, columns: size)
  }

  mutating func clear() {
    matrix.withMutableValues { $0.update(repeating: 0) }
  }

  /// Adds to the derivative by the pair of `row` and `other`.
  mutating func add(_ value: Double, _ row: Int, _ other: Int) {
    matrix[row, other] += Scalar(value)
  }

  mutating func scale(by factor: Double) {
    let factor = Scalar(factor)
    matrix.withMutableValues { values in
      for place in values.indices { values[place] *= factor }
    }
  }

  mutating func scale(by factor: Double, _ row: Int, _ other: Int) {
    matrix[row, other] *= Scalar(factor)
  }

  /// A loss with the shares of pairs that act on its gradient. To be asked before the gradient
  /// is written, which takes the coefficients apart.
  func outcome(loss: Double, pairs: BatchPairs) -> LossOutcome {
    var (positives, negatives) = ((all: 0, acting: 0), (all: 0, acting: 0))
    for row in 0..<size {
      for other in 0..<size {
        let acts = matrix[row, other] == 0 ? 0 : 1
        if pairs.isPositive(row, other) {
          positives = (positives.all + 1, positives.acting + acts)
        } else if pairs.isNegative(row, other) {
          negatives = (negatives.all + 1, negatives.acting + acts)
        }
      }
    }
    return LossOutcome(
      loss: loss,
      nontrivialPositives: Double(positives.acting) / Double(max(positives.all, 1)),
      nontrivialNegatives: Double(negatives.acting) / Double(max(negatives.all, 1)))
  }

  /// `∂L/∂unit`, `batch × embedding`, where the coefficients are by distances.
  mutating func writeGradient(
    throughDistances distances: borrowing PairDistances<Scalar>, unit: borrowing Matrix<Scalar>,
    blas: BLASLibrary, into gradient: inout Matrix<Scalar>
  ) {
    PairGraph.gradientMatrix(ofDistances: &matrix, distances: distances)
    blas.multiply(matrix, unit, into: &gradient)
  }

  /// `∂L/∂unit`, `batch × embedding`, where the coefficients are by similarities.
  mutating func writeGradient(
    throughSimilaritiesOf unit: borrowing Matrix<Scalar>, blas: BLASLibrary,
    into gradient: inout Matrix<Scalar>
  ) {
    PairGraph.gradientMatrix(ofSimilarities: &matrix)
    blas.multiply(matrix, unit, into: &gradient)
  }
}
