/// Everything that the next step of a run depends on besides its configuration and data.
///
/// Random numbers are functions of seed and step, so they have no state here.
package struct TrainingState: Sendable, Equatable {
  /// The best evaluation so far.
  package struct Selection: Sendable, Equatable {
    package var step: Int
    /// The objective at that step.
    package var value: Double
    package var validation: [MeasuredValue]
    /// `embedding × dimension`, row-major, as all weights here.
    package var weights: [Float]

    package init(step: Int, value: Double, validation: [MeasuredValue], weights: [Float]) {
      self.step = step
      self.value = value
      self.validation = validation
      self.weights = weights
    }
  }

  /// Steps done.
  package var step: Int
  package var weights: [Float]
  package var velocity: [Float]
  package var interval: IntervalMeans
  /// Measures of the last evaluation on the validation classes.
  package var validation: [MeasuredValue]
  /// Nil before the first evaluation, and where the last weights are taken.
  package var selection: Selection?

  package init(
    step: Int, weights: [Float], velocity: [Float], interval: IntervalMeans,
    validation: [MeasuredValue], selection: Selection?
  ) {
    self.step = step
    self.weights = weights
    self.velocity = velocity
    self.interval = interval
    self.validation = validation
    self.selection = selection
  }
}

/// Sums of the training measures since the last evaluation.
package struct IntervalMeans: Sendable, Equatable {
  package var count = 0
  package var loss = 0.0
  package var positives = 0.0
  package var negatives = 0.0

  package init() {}

  mutating func add(_ outcome: LossOutcome) {
    count += 1
    loss += outcome.loss
    positives += outcome.nontrivialPositives ?? 0
    negatives += outcome.nontrivialNegatives ?? 0
  }

  /// The means, after which a new interval begins.
  mutating func take(step: Int) -> [MeasuredValue] {
    let divisor = Double(max(count, 1))
    defer { self = IntervalMeans() }
    return [
      MeasuredValue(name: "train/loss", step: step, value: loss / divisor),
      MeasuredValue(name: "train/nontrivial_positives", step: step, value: positives / divisor),
      MeasuredValue(name: "train/nontrivial_negatives", step: step, value: negatives / divisor),
    ]
  }
}
