package import Kernels

/// Batch normalisation of each column: `y = γ (x − μ) / √(σ² + ε) + β`.
///
/// In training μ and σ² (over N, biased) are the batch's own; applied to single rows they are
/// running means, `r ← 0.9 r + 0.1 batch` with the unbiased variance, as in PyTorch.
///
/// Source: Ioffe, Szegedy, "Batch Normalization", ICML 2015, arXiv 1502.03167, algorithm 1.
package final class BatchNormalization<Scalar: KernelScalar> {
  private static var epsilon: Double { 1e-5 }
  private static var momentum: Double { 0.1 }

  package let scale: Parameter<Scalar>
  package let shift: Parameter<Scalar>
  /// What is no parameter and yet part of the model: `1 × width` each.
  package let runningMean: Parameter<Scalar>
  package let runningVariance: Parameter<Scalar>
  /// `(x − μ) / √(σ² + ε)` of the last batch.
  private var normalized: Matrix<Scalar>
  private var inverseDeviation: [Double]

  package init(name: String, width: Int, batch: Int) {
    let ones = [Scalar](repeating: 1, count: width)
    scale = Parameter(
      name: name + ".scale", value: Matrix(rows: 1, columns: width, values: ones), decays: false)
    shift = Parameter(
      name: name + ".shift", value: Matrix(rows: 1, columns: width), decays: false)
    runningMean = Parameter(
      name: name + ".mean", value: Matrix(rows: 1, columns: width), hasGradient: false)
    runningVariance = Parameter(
      name: name + ".variance", value: Matrix(rows: 1, columns: width, values: ones),
      hasGradient: false)
    normalized = Matrix(rows: batch, columns: width)
    inverseDeviation = [Double](repeating: 0, count: width)
  }

  /// Normalises a batch in place and moves the running means.
  package func forward(_ x: inout Matrix<Scalar>) {
    let rows = x.rows
    for column in 0..<x.columns {
      var mean = 0.0
      for row in 0..<rows { mean += Double(x[row, column]) }
      mean /= Double(rows)
      var variance = 0.0
      for row in 0..<rows {
        let difference = Double(x[row, column]) - mean
        variance += difference * difference
      }
      let inverse = 1 / (variance / Double(rows) + Self.epsilon).squareRoot()
      inverseDeviation[column] = inverse
      for row in 0..<rows {
        let value = Scalar((Double(x[row, column]) - mean) * inverse)
        normalized[row, column] = value
        x[row, column] = scale.value[0, column] * value + shift.value[0, column]
      }
      move(runningMean, column: column, towards: mean)
      move(runningVariance, column: column, towards: variance / Double(max(rows - 1, 1)))
    }
  }

  private func move(_ running: Parameter<Scalar>, column: Int, towards value: Double) {
    running.value[0, column] = Scalar(
      (1 - Self.momentum) * Double(running.value[0, column]) + Self.momentum * value)
  }

  /// Normalises single rows in place by the running means.
  package func apply(_ x: inout Matrix<Scalar>, rows: Int) {
    for column in 0..<x.columns {
      let mean = Double(runningMean.value[0, column])
      let variance = Double(runningVariance.value[0, column])
      let inverse = 1 / (variance + Self.epsilon).squareRoot()
      for row in 0..<rows {
        let value = Scalar((Double(x[row, column]) - mean) * inverse)
        x[row, column] = scale.value[0, column] * value + shift.value[0, column]
      }
    }
  }

  /// Turns `∂L/∂y` into `∂L/∂x` in place and fills the gradients of scale and shift.
  package func backward(_ gradient: inout Matrix<Scalar>) {
    let rows = gradient.rows
    for column in 0..<gradient.columns {
      var (sum, product) = (0.0, 0.0)
      for row in 0..<rows {
        sum += Double(gradient[row, column])
        product += Double(gradient[row, column]) * Double(normalized[row, column])
      }
      shift.gradient[0, column] = Scalar(sum)
      scale.gradient[0, column] = Scalar(product)
      let factor = Double(scale.value[0, column]) * inverseDeviation[column]
      let (meanSum, meanProduct) = (sum / Double(rows), product / Double(rows))
      for row in 0..<rows {
        gradient[row, column] = Scalar(
          factor
            * (Double(gradient[row, column]) - meanSum
              - Double(normalized[row, column]) * meanProduct))
      }
    }
  }
}
