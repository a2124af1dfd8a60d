internal import Kernels

/// The learning rate of each step.
package struct LearningRateSchedule: Sendable, Hashable {
  package enum Form: Sendable, Hashable {
    case constant
    /// Multiplied by `factor` at each of the steps `at`.
    case multistep(at: [Int], factor: Double)
    /// Half a cosine from the base rate down to `floor` times the base rate.
    case cosine(floor: Double)
  }

  package var form: Form
  /// Steps over which the rate rises in a straight line to what the form says.
  package var warmup: Int

  package init(_ form: Form, warmup: Int = 0) {
    self.form = form
    self.warmup = warmup
  }

  /// The rate of a step (from 0) out of `steps`.
  package func rate(base: Double, step: Int, of steps: Int) -> Double {
    let rise = step < warmup ? Double(step + 1) / Double(warmup) : 1
    switch form {
    case .constant:
      return base * rise
    case .multistep(let places, let factor):
      return base * rise * PortableMath.power(factor, places.count { $0 <= step })
    case .cosine(let floor):
      let progress = Double(step) / Double(max(steps, 1))
      let share = (1 + PortableMath.cosinePi(min(progress, 1))) / 2
      return base * (floor + (1 - floor) * share) * rise
    }
  }
}
