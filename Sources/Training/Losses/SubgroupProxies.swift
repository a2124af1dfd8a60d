internal import Kernels

/// Several learned vectors for each class over the class probabilities of all levels.
///
/// Row `class · K + slot` of the parameter belongs to a class; a proxy is that row without its
/// negative values, at unit length: `p = max(w, 0) / ‖max(w, 0)‖`. Uniform in ±1/√(C K) at first
/// (Kaiming uniform with a = √5). A row without a positive value is a proxy of zeros, and stays
/// one.
final class SubgroupProxies<Scalar: KernelScalar> {
  /// `loss.proxies`, `classes · slots × levels · classes`.
  let parameter: Parameter<Scalar>
  private(set) var unit: Matrix<Scalar>
  private var norms: Matrix<Scalar>
  /// Clamped rows; and `∂L/∂unit`, to be filled before `backward`.
  var scratch: Matrix<Scalar>

  init(rows: Int, columns: Int, initial: InitialValues, rateMultiplier: Double) {
    parameter = Parameter(
      name: "loss.proxies",
      value: initial.uniform(
        rows: rows, columns: columns, bound: 1 / Double(max(rows, 1)).squareRoot()),
      rateMultiplier: rateMultiplier)
    unit = Matrix(rows: rows, columns: columns)
    scratch = Matrix(rows: rows, columns: columns)
    norms = Matrix(rows: 1, columns: rows)
  }

  /// Fills `unit`.
  func normalize() {
    scratch.copyRows(from: parameter.value, count: scratch.rows)
    scratch.clampNegatives()
    RowOperations.normalize(scratch, into: &unit, norms: &norms)
  }

  /// Fills the gradient of the parameter from `∂L/∂unit` in `scratch`.
  func backward() {
    RowOperations.normalizeBackward(
      gradient: scratch, unit: unit, norms: norms, into: &parameter.gradient)
    parameter.gradient.clear(whereNotPositive: parameter.value)
  }
}
