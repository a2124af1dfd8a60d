import Kernels

/// How gradients become steps.
package enum OptimizerRule: Sendable, Hashable {
  /// Caffe's form, protocol.md §4: the rate is inside the velocity.
  case sgd(momentum: Double)
  /// With decoupled weight decay it is AdamW.
  case adam(firstDecay: Double, secondDecay: Double, epsilon: Double, decouplesDecay: Bool)
}

/// Updates parameters from their gradients; what it remembers of each lies beside it.
package final class Optimizer {
  private let rule: OptimizerRule
  private let weightDecay: Double
  private let parameters: [Parameter<Float>]
  /// Velocities, or first moments.
  private let first: [Parameter<Float>]
  /// Second moments; none for gradient descent.
  private let second: [Parameter<Float>]

  package init(rule: OptimizerRule, weightDecay: Double, parameters: [Parameter<Float>]) {
    func memories(_ name: String) -> [Parameter<Float>] {
      parameters.map { parameter in
        Parameter(
          name: name + parameter.name,
          value: Matrix(rows: parameter.value.rows, columns: parameter.value.columns),
          hasGradient: false)
      }
    }
    self.rule = rule
    self.weightDecay = weightDecay
    self.parameters = parameters
    first = memories("first.")
    if case .adam = rule { second = memories("second.") } else { second = [] }
  }

  /// What a checkpoint must hold besides the parameters.
  package var memories: [Parameter<Float>] { first + second }

  /// Takes step `step` (from 0) at the given learning rate.
  package func advance(rate: Double, step: Int) {
    for index in parameters.indices {
      let parameter = parameters[index]
      let own = rate * parameter.rateMultiplier
      let decay = parameter.decays ? weightDecay : 0
      switch rule {
      case .sgd(let momentum):
        GradientStep.caffe(
          gradient: parameter.gradient, velocity: &first[index].value, weights: &parameter.value,
          rate: Float(own), momentum: Float(momentum), decay: Float(decay))
      case .adam(let firstDecay, let secondDecay, let epsilon, let decouplesDecay):
        GradientStep.adam(
          AdamStep(
            rate: Float(own), firstDecay: Float(firstDecay), secondDecay: Float(secondDecay),
            firstCorrection: Float(1 - PortableMath.power(firstDecay, step + 1)),
            secondCorrection: Float(1 - PortableMath.power(secondDecay, step + 1)),
            epsilon: Float(epsilon), decay: Float(decouplesDecay ? 0 : decay),
            shrinkage: Float(decouplesDecay ? 1 - own * decay : 1)),
          gradient: parameter.gradient, first: &first[index].value,
          second: &second[index].value, weights: &parameter.value)
      }
    }
  }
}
