/// The numbers of one step of Adam, the same for all entries of a parameter.
package struct AdamStep<Scalar: BitwiseCopyable> {
  package var rate: Scalar
  /// β₁ and β₂.
  package var firstDecay: Scalar
  package var secondDecay: Scalar
  /// 1 − β₁ᵗ and 1 − β₂ᵗ.
  package var firstCorrection: Scalar
  package var secondCorrection: Scalar
  package var epsilon: Scalar
  /// Weight decay inside the gradient (Adam).
  package var decay: Scalar
  /// What weights are multiplied by first (AdamW): 1 − η wd.
  package var shrinkage: Scalar

  package init(
    rate: Scalar, firstDecay: Scalar, secondDecay: Scalar, firstCorrection: Scalar,
    secondCorrection: Scalar, epsilon: Scalar, decay: Scalar, shrinkage: Scalar
  ) {
    self.rate = rate
    self.firstDecay = firstDecay
    self.secondDecay = secondDecay
    self.firstCorrection = firstCorrection
    self.secondCorrection = secondCorrection
    self.epsilon = epsilon
    self.decay = decay
    self.shrinkage = shrinkage
  }
}

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

  /// Adam: moments `m ← β₁ m + (1 − β₁) g`, `v ← β₂ v + (1 − β₂) g²` with `g` the gradient plus
  /// decay times the weights; then `W ← s W − η m̂ / (√v̂ + ε)`.
  ///
  /// Source: Kingma, Ba, ICLR 2015, arXiv 1412.6980; with `shrinkage` 1 − η wd in place of
  /// `decay`: Loshchilov, Hutter, ICLR 2019, arXiv 1711.05101.
  package static func adam<Scalar: KernelScalar>(
    _ step: AdamStep<Scalar>, gradient: borrowing Matrix<Scalar>, first: inout Matrix<Scalar>,
    second: inout Matrix<Scalar>, weights: inout Matrix<Scalar>
  ) {
    precondition(gradient.count == weights.count && first.count == weights.count)
    precondition(second.count == weights.count)
    let count = weights.count
    gradient.withPointer { gradient in
      first.withMutablePointer { first in
        second.withMutablePointer { second in
          weights.withMutablePointer { weights in
            Scalar.adamUpdate(count, step, gradient, first, second, weights)
          }
        }
      }
    }
  }
}
