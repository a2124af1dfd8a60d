/// Everything that a training run depends on besides its data. Checked where it enters.
package struct TrainingConfiguration: Sendable, Hashable {
  /// Which weights are evaluated on the test classes.
  package enum Selection: String, Sendable, CaseIterable {
    case best
    case last
  }

  /// What `best` means.
  package struct Objective: Sendable, Hashable {
    package var metric = "validation/map@r"
    package var isMaximized = true

    package init() {}
  }

  package var preprocessing: [PreprocessingStep] = [.unitLength, .center]
  package var network = NetworkShape()
  package var concatenation = EmbeddingModel.Concatenation.raw
  package var loss = LossChoice.rankedList(.init())
  package var sampling = BatchSampling.balanced
  /// P and K of a batch.
  package var classesPerBatch = 60
  package var itemsPerClass = 3
  package var optimizer = OptimizerRule.sgd(momentum: 0.9)
  package var learningRate = 0.1
  package var weightDecay = 2e-5
  package var schedule = LearningRateSchedule(.cosine(floor: 0))
  package var steps = 1_000
  /// Steps between evaluations on the validation classes.
  package var evaluationInterval = 50
  package var measures = MeasureChoice()
  package var selection = Selection.best
  package var objective = Objective()
  package var seed: UInt64 = 0

  package init() {}

  package var batchSize: Int { classesPerBatch * itemsPerClass }
}
