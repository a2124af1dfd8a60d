package import Kernels

/// One training run: from a configuration and data to weights and measures.
///
/// Every number is a function of the two; nothing is read from the clock, the machine or the
/// order of other runs.
package final class Trainer {
  private let configuration: TrainingConfiguration
  private let data: TrainingData
  private let blas: BLASLibrary
  private let preprocessing: Preprocessing
  private var sampler: BalancedBatchSampler
  private let head: LinearHead<Float>
  private let loss: RankedListLoss<Float>

  private var velocity: Matrix<Float>
  private var input: Matrix<Float>
  private var unitGradient: Matrix<Float>
  private var rows: [Int64]
  private var labels: [Int32]

  /// Steps done.
  package private(set) var step = 0
  private var selected: (step: Int, value: Double)?
  private var selectedWeights: Matrix<Float>

  package init(
    configuration: TrainingConfiguration, data: TrainingData, blas: BLASLibrary
  ) throws(TrainingError) {
    let classes = data.training.rowsOfClass
    guard classes.count >= configuration.classesPerBatch else {
      throw TrainingError(
        .tooFewClasses(needed: configuration.classesPerBatch, available: classes.count))
    }
    let batch = configuration.batchSize
    let dimension = data.trainingFeatures.columns
    self.configuration = configuration
    self.data = data
    self.blas = blas
    preprocessing = Preprocessing(
      fitting: configuration.preprocessing, rows: data.training.rows, of: data.trainingFeatures)
    sampler = BalancedBatchSampler(
      rowsOfClass: classes, classesPerBatch: configuration.classesPerBatch,
      itemsPerClass: configuration.itemsPerClass, seed: configuration.seed)
    head = LinearHead(
      dimension: dimension, embedding: configuration.embedding, batch: batch,
      seed: configuration.seed, blas: blas)
    loss = RankedListLoss(parameters: configuration.loss, size: batch, blas: blas)
    velocity = Matrix(rows: configuration.embedding, columns: dimension)
    input = Matrix(rows: batch, columns: dimension)
    unitGradient = Matrix(rows: batch, columns: configuration.embedding)
    rows = [Int64](repeating: 0, count: batch)
    labels = [Int32](repeating: 0, count: batch)
    selectedWeights = Matrix(rows: configuration.embedding, columns: dimension)
  }

  /// Trains to the last step and evaluates the selected weights on the test classes, once.
  ///
  /// `observe` is given the measures of every evaluation; `isCancelled` is asked at each step.
  package func run(
    observe: ([MeasuredValue]) throws -> Void, isCancelled: () -> Bool = { false }
  ) throws -> TrainingOutcome {
    var interval = IntervalMeans()
    while step < configuration.steps {
      if isCancelled() { throw TrainingError(.cancelled(step: step)) }
      let outcome = advance()
      guard outcome.loss.isFinite else { throw TrainingError(.diverged(step: step)) }
      interval.add(outcome)
      if step % configuration.evaluationInterval == 0 || step == configuration.steps {
        guard head.weights.firstNonFinite == nil else {
          throw TrainingError(.diverged(step: step))
        }
        let measures = interval.take(step: step) + evaluateOnValidation()
        select(by: measures)
        try observe(measures)
      }
    }
    return finish()
  }

  /// One optimiser step.
  package func advance() -> RankedListLoss<Float>.Outcome {
    sampler.fill(step: step, rows: &rows, labels: &labels)
    preprocessing.apply(to: rows, of: data.trainingFeatures, into: &input)
    head.forward(input)
    let outcome = loss.evaluate(unit: head.unit, labels: labels, gradient: &unitGradient)
    head.backward(input, unitGradient: unitGradient)
    let rate = configuration.schedule.rate(
      base: configuration.learningRate, step: step, of: configuration.steps)
    GradientStep.caffe(
      gradient: head.weightGradient, velocity: &velocity, weights: &head.weights,
      rate: Float(rate), momentum: Float(configuration.momentum),
      decay: Float(configuration.weightDecay))
    step += 1
    return outcome
  }

  private func evaluateOnValidation() -> [MeasuredValue] {
    guard !data.validation.rows.isEmpty else { return [] }
    return measures(
      of: data.validation, features: data.trainingFeatures, weights: head.weights
    ).named("validation/", step: step)
  }

  private func measures(
    of part: TrainingData.Part, features: borrowing Matrix<Float>,
    weights: borrowing Matrix<Float>
  ) -> RetrievalMeasures {
    let unit = EmbeddingModel.embed(
      part.rows, of: features, preprocessing: preprocessing, weights: weights)
    return Retrieval<Float>(blas: blas).leaveOneOut(
      unit: unit, labels: part.labels, recallAt: configuration.recallAt)
  }

  /// Keeps the weights if they are the best so far; the earlier of two equal ones stays.
  private func select(by measures: [MeasuredValue]) {
    guard configuration.selection == .best,
      let value = measures.first(where: { $0.name == configuration.objective.metric })?.value,
      !value.isNaN
    else { return }
    if let best = selected?.value {
      guard configuration.objective.isMaximized ? value > best : value < best else { return }
    }
    selected = (step, value)
    selectedWeights.copyRows(from: head.weights, count: head.weights.rows)
  }

  private func finish() -> TrainingOutcome {
    if selected == nil {
      selectedWeights.copyRows(from: head.weights, count: head.weights.rows)
    }
    let selectedStep = selected?.step ?? step
    let test = measures(
      of: data.test, features: data.testFeatures, weights: selectedWeights
    ).named("test/", step: selectedStep)
    return TrainingOutcome(
      selectedStep: selectedStep, lastStep: step, test: test,
      selectedWeights: selectedWeights.values, lastWeights: head.weights.values,
      mean: preprocessing.mean.values, embedding: configuration.embedding,
      dimension: data.trainingFeatures.columns)
  }
}

/// What a finished run leaves.
package struct TrainingOutcome: Sendable {
  package let selectedStep: Int
  package let lastStep: Int
  /// Measures of the selected weights on the test classes.
  package let test: [MeasuredValue]
  /// `embedding × dimension`, row-major.
  package let selectedWeights: [Float]
  package let lastWeights: [Float]
  /// What preprocessing subtracts from a row.
  package let mean: [Float]
  package let embedding: Int
  package let dimension: Int
}

/// Means of the training measures since the last evaluation.
private struct IntervalMeans {
  private var count = 0
  private var loss = 0.0
  private var positives = 0.0
  private var negatives = 0.0

  mutating func add(_ outcome: RankedListLoss<Float>.Outcome) {
    count += 1
    loss += outcome.loss
    positives += outcome.nontrivialPositives
    negatives += outcome.nontrivialNegatives
  }

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
