internal import Kernels

/// One learned vector for each class, compared with embeddings at unit length.
final class UnitProxies<Scalar: KernelScalar> {
  /// `loss.proxies`, `classes × embedding`, of any length.
  let parameter: Parameter<Scalar>
  /// The same at unit length, as of the last `normalize`.
  private(set) var unit: Matrix<Scalar>
  private var norms: Matrix<Scalar>
  /// `∂L/∂unit`, to be filled before `backward`.
  var unitGradient: Matrix<Scalar>

  init(initial: consuming Matrix<Scalar>, rateMultiplier: Double) {
    let (rows, columns) = (initial.rows, initial.columns)
    parameter = Parameter(name: "loss.proxies", value: initial, rateMultiplier: rateMultiplier)
    unit = Matrix(rows: rows, columns: columns)
    unitGradient = Matrix(rows: rows, columns: columns)
    norms = Matrix(rows: 1, columns: rows)
  }

  func normalize() {
    RowOperations.normalize(parameter.value, into: &unit, norms: &norms)
  }

  /// Fills the gradient of the parameter from `unitGradient`.
  func backward() {
    RowOperations.normalizeBackward(
      gradient: unitGradient, unit: unit, norms: norms, into: &parameter.gradient)
  }
}
