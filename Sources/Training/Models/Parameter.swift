package import Kernels

/// A tensor that training changes, beside its gradient.
package final class Parameter<Scalar: KernelScalar> {
  /// What checkpoints call it, such as `loss.proxies`.
  package let name: String
  package var value: Matrix<Scalar>
  /// `∂L/∂value` of the last batch, of the shape of `value`.
  package var gradient: Matrix<Scalar>
  /// What the learning rate is multiplied by.
  package let rateMultiplier: Double
  /// Whether weight decay acts on it.
  package let decays: Bool

  package init(
    name: String, value: consuming Matrix<Scalar>, rateMultiplier: Double = 1, decays: Bool = true
  ) {
    self.name = name
    gradient = Matrix(rows: value.rows, columns: value.columns)
    self.value = value
    self.rateMultiplier = rateMultiplier
    self.decays = decays
  }
}
