package import Kernels

/// A linear embedding without bias, followed by row normalisation: `f = W x / ‖W x‖`.
///
/// `weights` is `embedding × dimension`. Initialised as Caffe's "xavier" filler: uniform in
/// ±√(3 / fan_in), protocol.md §3; row e is the same whatever the number of rows.
package final class LinearHead<Scalar: KernelScalar> {
  package var weights: Matrix<Scalar>
  package var weightGradient: Matrix<Scalar>
  private let blas: BLASLibrary
  private var raw: Matrix<Scalar>
  private var norms: Matrix<Scalar>
  private var rawGradient: Matrix<Scalar>
  package var unit: Matrix<Scalar>

  /// A head for batches of `batch` rows of `dimension` values.
  package init(dimension: Int, embedding: Int, batch: Int, seed: UInt64, blas: BLASLibrary) {
    self.blas = blas
    weights = Self.initialWeights(dimension: dimension, embedding: embedding, seed: seed)
    weightGradient = Matrix(rows: embedding, columns: dimension)
    raw = Matrix(rows: batch, columns: embedding)
    rawGradient = Matrix(rows: batch, columns: embedding)
    unit = Matrix(rows: batch, columns: embedding)
    norms = Matrix(rows: 1, columns: batch)
  }

  private static func initialWeights(
    dimension: Int, embedding: Int, seed: UInt64
  ) -> Matrix<Scalar> {
    let stream = RandomStream(seed: seed, stream: .initialization)
    let bound = (3 / Double(dimension)).squareRoot()
    var weights = Matrix<Scalar>(rows: embedding, columns: dimension)
    for row in 0..<embedding {
      for column in 0..<dimension {
        let draw = stream.uniform(at: UInt32(column), tag: UInt64(row))
        weights[row, column] = Scalar((2 * draw - 1) * bound)
      }
    }
    return weights
  }

  /// Fills `unit` with the embeddings of a batch, `batch × dimension`.
  package func forward(_ x: borrowing Matrix<Scalar>) {
    blas.multiply(x, weights, transposingSecond: true, into: &raw)
    RowOperations.normalize(raw, into: &unit, norms: &norms)
  }

  /// Fills `weightGradient` from `∂L/∂unit`, for the batch of the last `forward`.
  package func backward(_ x: borrowing Matrix<Scalar>, unitGradient: borrowing Matrix<Scalar>) {
    RowOperations.normalizeBackward(
      gradient: unitGradient, unit: unit, norms: norms, into: &rawGradient)
    blas.multiply(rawGradient, transposingFirst: true, x, into: &weightGradient)
  }
}
