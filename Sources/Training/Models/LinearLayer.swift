package import Kernels

/// An affine map of the rows of a batch: `y = x Wᵀ + b`.
///
/// `W` is `outputs × inputs`, initialised as Caffe's "xavier" filler: uniform in
/// ±√(3 / inputs), protocol.md §3; row e is the same whatever the number of rows. `b` starts
/// at 0.
package final class LinearLayer<Scalar: KernelScalar> {
  package let weight: Parameter<Scalar>
  /// `1 × outputs`, or nil.
  package let bias: Parameter<Scalar>?
  /// `batch × outputs`, of the last `forward`.
  package var output: Matrix<Scalar>
  private let blas: BLASLibrary

  /// A layer whose initial weights are those of `number` in its model: no two layers share one.
  package init(
    name: String, inputs: Int, outputs: Int, hasBias: Bool, batch: Int, number: Int, seed: UInt64,
    blas: BLASLibrary
  ) {
    weight = Parameter(
      name: name + ".weight",
      value: Self.initialWeights(inputs: inputs, outputs: outputs, number: number, seed: seed))
    bias =
      hasBias
      ? Parameter(name: name + ".bias", value: Matrix(rows: 1, columns: outputs), decays: false)
      : nil
    output = Matrix(rows: batch, columns: outputs)
    self.blas = blas
  }

  package var parameters: [Parameter<Scalar>] { [weight] + (bias.map { [$0] } ?? []) }

  package var outputs: Int { weight.value.rows }

  private static func initialWeights(
    inputs: Int, outputs: Int, number: Int, seed: UInt64
  ) -> Matrix<Scalar> {
    let stream = RandomStream(seed: seed, stream: .initialization)
    let bound = (3 / Double(inputs)).squareRoot()
    var weights = Matrix<Scalar>(rows: outputs, columns: inputs)
    for row in 0..<outputs {
      for column in 0..<inputs {
        let draw = stream.uniform(at: UInt32(column), tag: UInt64(number) << 32 | UInt64(row))
        weights[row, column] = Scalar((2 * draw - 1) * bound)
      }
    }
    return weights
  }

  /// Fills `output` for a batch, `batch × inputs`.
  package func forward(_ x: borrowing Matrix<Scalar>) {
    blas.multiply(x, weight.value, transposingSecond: true, into: &output)
    if let bias { RowOperations.add(bias.value, to: &output, rows: output.rows) }
  }

  /// The same for any number of rows, each summed alone and in order: equal rows give equal
  /// bits wherever they lie.
  package func apply(
    _ x: borrowing Matrix<Scalar>, rows: Int, into result: inout Matrix<Scalar>
  ) {
    RowOperations.orderedProduct(x, rows: rows, transposing: weight.value, into: &result)
    if let bias { RowOperations.add(bias.value, to: &result, rows: rows) }
  }

  /// Fills the gradients of the parameters from `∂L/∂output` and the input of the last `forward`.
  package func backward(
    _ x: borrowing Matrix<Scalar>, outputGradient: borrowing Matrix<Scalar>
  ) {
    blas.multiply(outputGradient, transposingFirst: true, x, into: &weight.gradient)
    if let bias { RowOperations.sumColumns(outputGradient, into: &bias.gradient) }
  }

  /// Writes `∂L/∂x`, `batch × inputs`.
  package func backwardToInput(
    outputGradient: borrowing Matrix<Scalar>, into inputGradient: inout Matrix<Scalar>
  ) {
    blas.multiply(outputGradient, weight.value, into: &inputGradient)
  }
}
