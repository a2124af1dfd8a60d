/// Updates of parameters in place.
package enum GradientStep {
  /// Stochastic gradient descent in Caffe's form, protocol.md §4:
  /// `V ← μ V + η (G + wd W)`, `W ← W − V`. The rate is inside the velocity.
  package static func caffe<Scalar: KernelScalar>(
    gradient: borrowing Matrix<Scalar>, velocity: inout Matrix<Scalar>,
    weights: inout Matrix<Scalar>, rate: Scalar, momentum: Scalar, decay: Scalar
  ) {
    precondition(gradient.count == weights.count && velocity.count == weights.count)
    let count = weights.count
    gradient.withPointer { gradient in
      velocity.withMutablePointer { velocity in
        weights.withMutablePointer { weights in
          Scalar.sgdUpdate(count, rate, momentum, decay, gradient, velocity, weights)
        }
      }
    }
  }
}
