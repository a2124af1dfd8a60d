/// Everything that the next step of a run depends on besides its configuration and data.
///
/// Random numbers are functions of seed and step, so they have no state here.
package struct TrainingState: Sendable, Equatable {
  /// The weights of an evaluation, with what was measured.
  package struct Snapshot: Sendable, Equatable {
    package var step: Int
    /// The objective at that step; nil where it decided nothing.
    package var value: Double?
    package var validation: [MeasuredValue]
    /// Everything that embeds a row.
    package var tensors: [WeightsFile.Tensor]

    package init(
      step: Int, value: Double?, validation: [MeasuredValue], tensors: [WeightsFile.Tensor]
    ) {
      self.step = step
      self.value = value
      self.validation = validation
      self.tensors = tensors
    }
  }

  /// Steps done.
  package var step: Int
  /// What is trained and what the optimiser remembers of it, each under a name of its own.
  package var tensors: [WeightsFile.Tensor]
  package var interval: IntervalMeans
  /// Measures of the last evaluation on the validation classes.
  package var validation: [MeasuredValue]
  /// Nil before the first evaluation, and where the last weights are taken.
  package var selection: Snapshot?

  package init(
    step: Int, tensors: [WeightsFile.Tensor], interval: IntervalMeans,
    validation: [MeasuredValue], selection: Snapshot?
  ) {
    self.step = step
    self.tensors = tensors
    self.interval = interval
    self.validation = validation
    self.selection = selection
  }
}

/// Sums of the training measures since the last evaluation.
package struct IntervalMeans: Sendable, Equatable {
  package var count = 0
  package var loss = 0.0
  /// Nil where the loss knows no non-trivial pairs.
  package var positives: Double?
  package var negatives: Double?

  package init() {}

  mutating func add(_ outcome: LossOutcome) {
    count += 1
    loss += outcome.loss
    if let share = outcome.nontrivialPositives { positives = (positives ?? 0) + share }
    if let share = outcome.nontrivialNegatives { negatives = (negatives ?? 0) + share }
  }

  /// The means, after which a new interval begins.
  mutating func take(step: Int) -> [MeasuredValue] {
    let divisor = Double(max(count, 1))
    defer { self = IntervalMeans() }
    return [
      ("train/loss", loss), ("train/nontrivial_positives", positives),
      ("train/nontrivial_negatives", negatives),
    ].compactMap { name, sum in
      sum.map { MeasuredValue(name: name, step: step, value: $0 / divisor) }
    }
  }
}
