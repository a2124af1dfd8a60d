package import Kernels

/// A loss over the embeddings of a batch.
///
/// It takes its memory when it is made, for batches of one size, and none afterwards.
package protocol MetricLoss<Scalar>: AnyObject {
  associatedtype Scalar: KernelScalar

  /// Whether embeddings come at unit length, and the gradient is wanted for them so.
  var takesUnitRows: Bool { get }

  /// What it learns beside the network: proxies, boundaries, a classifier.
  var parameters: [Parameter<Scalar>] { get }

  /// The loss of a batch. Writes `∂L/∂embeddings`, `batch × embedding`, to every entry of
  /// `gradient`, and the gradient of each of its parameters.
  func evaluate(
    _ embeddings: borrowing Matrix<Scalar>, batch: TrainingBatch, gradient: inout Matrix<Scalar>
  ) -> LossOutcome
}

extension MetricLoss {
  package var takesUnitRows: Bool { true }

  package var parameters: [Parameter<Scalar>] { [] }
}

/// What one batch gave.
package struct LossOutcome: Sendable {
  package var loss: Double
  /// Share of the batch's positive pairs (ordered) that act on the gradient; 0 where there are
  /// none. Losses that know no such thing leave it nil.
  package var nontrivialPositives: Double?
  /// The same of its negative pairs.
  package var nontrivialNegatives: Double?

  package init(
    loss: Double, nontrivialPositives: Double? = nil, nontrivialNegatives: Double? = nil
  ) {
    self.loss = loss
    self.nontrivialPositives = nontrivialPositives
    self.nontrivialNegatives = nontrivialNegatives
  }
}
