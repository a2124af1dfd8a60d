internal import Kernels

/// Scores of classes as linear functions of a row: `o = W φ + b`.
///
/// W is `classes × embedding`, uniform in ±1/√embedding at first (Kaiming uniform with a = √5); b
/// begins at 0 and does not decay.
final class LinearClassifier<Scalar: KernelScalar> {
  let weights: Parameter<Scalar>
  let bias: Parameter<Scalar>
  private let blas: BLASLibrary
  private var columnSums: [Double]

  /// A classifier whose parameters are called `name.weights` and `name.bias`.
  init(
    name: String, classes: Int, embedding: Int, initial: InitialValues, rateMultiplier: Double,
    blas: BLASLibrary
  ) {
    self.blas = blas
    let bound = 1 / Double(embedding).squareRoot()
    weights = Parameter(
      name: "\(name).weights",
      value: initial.uniform(rows: classes, columns: embedding, bound: bound),
      rateMultiplier: rateMultiplier)
    bias = Parameter(
      name: "\(name).bias", value: Matrix(rows: 1, columns: classes),
      rateMultiplier: rateMultiplier, decays: false)
    columnSums = Array(repeating: 0, count: classes)
  }

  var parameters: [Parameter<Scalar>] { [weights, bias] }

  /// Fills `scores`, `batch × classes`, for the rows of `features`, `batch × embedding`.
  func forward(_ features: borrowing Matrix<Scalar>, into scores: inout Matrix<Scalar>) {
    blas.multiply(features, weights.value, transposingSecond: true, into: &scores)
    scores.addToRows(bias.value)
  }

  /// The same, with equal bits for equal rows wherever they lie: for retrieval.
  func forwardInOrder(_ features: borrowing Matrix<Scalar>, into scores: inout Matrix<Scalar>) {
    RowOperations.orderedProduct(
      features, rows: features.rows, transposing: weights.value, into: &scores)
    scores.addToRows(bias.value)
  }

  /// From `∂L/∂scores` to the gradients of the parameters and of the features.
  func backward(
    _ features: borrowing Matrix<Scalar>, scoreGradient: borrowing Matrix<Scalar>,
    into gradient: inout Matrix<Scalar>
  ) {
    blas.multiply(scoreGradient, weights.value, into: &gradient)
    blas.multiply(scoreGradient, transposingFirst: true, features, into: &weights.gradient)
    for column in columnSums.indices { columnSums[column] = 0 }
    RowOperations.add(scoreGradient, rows: scoreGradient.rows, to: &columnSums)
    for column in columnSums.indices { bias.gradient[0, column] = Scalar(columnSums[column]) }
  }
}
