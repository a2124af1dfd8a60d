package import Kernels

/// A tensor that training changes, beside its gradient; without one, what training remembers.
package final class Parameter<Scalar: KernelScalar> {
  /// What checkpoints call it, such as `loss.proxies`.
  package var name: String
  package var value: Matrix<Scalar>
  /// `∂L/∂value` of the last batch, of the shape of `value`.
  package var gradient: Matrix<Scalar>
  /// What the learning rate is multiplied by.
  package let rateMultiplier: Double
  /// Whether weight decay acts on it.
  package let decays: Bool

  package init(
    name: String, value: consuming Matrix<Scalar>, rateMultiplier: Double = 1, decays: Bool = true,
    hasGradient: Bool = true
  ) {
    self.name = name
    gradient =
      hasGradient
      ? Matrix(rows: value.rows, columns: value.columns) : Matrix(rows: 0, columns: 0)
    self.value = value
    self.rateMultiplier = rateMultiplier
    self.decays = decays
  }
}
