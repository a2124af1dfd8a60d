package import Kernels

/// Drops entries at random in training and scales the others by `1 / (1 − rate)`.
///
/// Which ones is a function of seed, step, layer and place, so forward and backward agree
/// without a mask, and a resumed run drops the same.
///
/// Source: Srivastava et al., "Dropout", JMLR 15, 2014 (inverted form).
package struct Dropout: Sendable {
  private let rate: Double
  private let number: Int
  private let stream: RandomStream

  /// `number` tells the layers of a model apart.
  package init(rate: Double, number: Int, seed: UInt64) {
    precondition((0..<1).contains(rate), "a dropout of \(rate)")
    self.rate = rate
    self.number = number
    stream = RandomStream(seed: seed, stream: .dropout)
  }

  package func apply<Scalar: KernelScalar>(to x: inout Matrix<Scalar>, step: Int) {
    guard rate > 0 else { return }
    let kept = Scalar(1 / (1 - rate))
    let tag = UInt64(step) << 24 | UInt64(number)
    x.withMutableValues { values in
      for place in values.indices {
        values[place] *= stream.uniform(at: UInt32(place), tag: tag) < rate ? 0 : kept
      }
    }
  }
}
