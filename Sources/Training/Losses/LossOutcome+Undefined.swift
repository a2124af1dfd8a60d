internal import Kernels

extension LossOutcome {
  /// Of embeddings that are not numbers: hinges would take them for trivial, so that a run that
  /// diverged would look like one that is done.
  static func undefined<Scalar: KernelScalar>(gradient: inout Matrix<Scalar>) -> LossOutcome {
    gradient.withMutableValues { $0.update(repeating: .nan) }
    return LossOutcome(loss: .nan)
  }
}
