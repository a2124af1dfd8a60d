internal import Kernels

/// The learning rate of each step.
package enum LearningRateSchedule: Sendable, Hashable {
  case constant
  /// Half a cosine from the base rate down to `floor` times the base rate.
  case cosine(floor: Double)

  /// The rate of a step (from 0) out of `steps`.
  package func rate(base: Double, step: Int, of steps: Int) -> Double {
    switch self {
    case .constant:
      return base
    case .cosine(let floor):
      let progress = Double(step) / Double(max(steps, 1))
      let share = (1 + PortableMath.cosinePi(min(progress, 1))) / 2
      return base * (floor + (1 - floor) * share)
    }
  }
}
