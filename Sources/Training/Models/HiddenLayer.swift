package import Kernels

/// A linear layer, batch normalisation if asked for, `max(0, x)`, and dropout.
package final class HiddenLayer<Scalar: KernelScalar> {
  package let linear: LinearLayer<Scalar>
  package let normalization: BatchNormalization<Scalar>?
  /// `batch × width`, of the last `forward`.
  package var output: Matrix<Scalar>
  /// `∂L/∂output`, to be filled before `backward`.
  package var outputGradient: Matrix<Scalar>
  private let dropout: Dropout

  /// `number` from 1 tells the layers of a model apart.
  package init(
    shape: NetworkShape, inputs: Int, width: Int, batch: Int, number: Int, level: Int,
    prefix: String, seed: UInt64, blas: BLASLibrary
  ) {
    let name = "\(prefix)hidden.\(number - 1)"
    // The shift of a normalisation would make a bias without effect.
    linear = LinearLayer(
      name: name, inputs: inputs, outputs: width, hasBias: !shape.normalizesBatches, batch: batch,
      number: level << 16 | number, seed: seed, blas: blas)
    normalization =
      shape.normalizesBatches
      ? BatchNormalization(name: name + ".normalization", width: width, batch: batch) : nil
    output = Matrix(rows: batch, columns: width)
    outputGradient = Matrix(rows: batch, columns: width)
    dropout = Dropout(rate: shape.dropout, number: level << 16 | number, seed: seed)
  }

  package var parameters: [Parameter<Scalar>] {
    linear.parameters + (normalization.map { [$0.scale, $0.shift] } ?? [])
  }

  /// Part of the model that no gradient changes.
  package var statistics: [Parameter<Scalar>] {
    normalization.map { [$0.runningMean, $0.runningVariance] } ?? []
  }

  package func forward(_ x: borrowing Matrix<Scalar>, step: Int) {
    linear.forward(x)
    normalization?.forward(&linear.output)
    output.copyRows(from: linear.output, count: output.rows)
    RowOperations.rectify(&output, rows: output.rows)
    dropout.apply(to: &output, step: step)
  }

  /// For single rows; nothing is dropped.
  package func apply(
    _ x: borrowing Matrix<Scalar>, rows: Int, into result: inout Matrix<Scalar>
  ) {
    linear.apply(x, rows: rows, into: &result)
    normalization?.apply(&result, rows: rows)
    RowOperations.rectify(&result, rows: rows)
  }

  /// Fills the gradients of the parameters. `outputGradient` is used up.
  package func backward(_ x: borrowing Matrix<Scalar>, step: Int) {
    dropout.apply(to: &outputGradient, step: step)
    RowOperations.mask(&outputGradient, wherePositive: linear.output)
    normalization?.backward(&outputGradient)
    linear.backward(x, outputGradient: outputGradient)
  }

  /// Writes `∂L/∂x` after `backward`.
  package func backwardToInput(into inputGradient: inout Matrix<Scalar>) {
    linear.backwardToInput(outputGradient: outputGradient, into: &inputGradient)
  }
}
