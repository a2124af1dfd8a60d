/// What can end a training run before its last step.
package struct TrainingError: Error, CustomStringConvertible, Sendable, Equatable {
  package enum Code: Sendable, Equatable {
    /// The loss or a weight is no longer finite.
    case diverged(step: Int)
    case tooFewClasses(needed: Int, available: Int)
    case cancelled(step: Int)
    /// A file of weights that cannot be read.
    case badWeights(String)
    /// A checkpoint that cannot be gone on from.
    case badCheckpoint(String)
    /// Weights to start from that belong to another model.
    case otherModel(String)
    /// A step of preprocessing keeps more components than there are.
    case componentsUnavailable(step: String, asked: Int, columns: Int, rows: Int)
  }

  package let code: Code

  package init(_ code: Code) {
    self.code = code
  }

  package var description: String {
    switch code {
    case .diverged(let step):
      "training diverged: the loss is not finite at step \(step). "
        + "Lower optimizer.learning_rate or the temperatures"
    case .tooFewClasses(let needed, let available):
      "a batch needs \(needed) classes, but only \(available) are left for training. "
        + "Lower P in batch, or dataset.validation"
    case .cancelled(let step):
      "training was stopped after step \(step)"
    case .badWeights(let reason):
      "the weights cannot be read: \(reason)"
    case .badCheckpoint(let reason):
      "the checkpoint cannot be used: \(reason)"
    case .otherModel(let reason):
      "the weights to start from belong to another model: \(reason). "
        + "Give the job the model settings of the run named in initial"
    case .componentsUnavailable(let step, let asked, let columns, let rows):
      "dataset.preprocess asks \(step) for \(asked) components, but \(rows) training rows of "
        + "\(columns) values have at most \(max(min(columns, rows - 1), 0)). Lower it"
    }
  }
}
