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
  private var batch: TrainingBatch

  /// Steps done.
  package private(set) var step = 0
  private var interval = IntervalMeans()
  private var lastValidation: [MeasuredValue] = []
  private var selection: TrainingState.Selection?

  /// A run at its first step, or where `state`, taken from a run of the same configuration and
  /// data, left off: it then ends with the bits of a run that was never interrupted.
  package init(
    configuration: TrainingConfiguration, data: TrainingData, blas: BLASLibrary,
    resuming state: TrainingState? = nil
  ) throws(TrainingError) {
    let classes = data.training.rowsOfClass
    guard classes.count >= configuration.classesPerBatch else {
      throw TrainingError(
        .tooFewClasses(needed: configuration.classesPerBatch, available: classes.count))
    }
    let size = configuration.batchSize
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
      dimension: dimension, embedding: configuration.embedding, batch: size,
      seed: configuration.seed, blas: blas)
    loss = RankedListLoss(parameters: configuration.loss, size: size, blas: blas)
    velocity = Matrix(rows: configuration.embedding, columns: dimension)
    input = Matrix(rows: size, columns: dimension)
    unitGradient = Matrix(rows: size, columns: configuration.embedding)
    batch = TrainingBatch(size: size)
    if let state { restore(state) }
  }

  /// What a checkpoint must hold. To be asked between steps, such as by an observer.
  package var state: TrainingState {
    TrainingState(
      step: step, weights: head.weights.values, velocity: velocity.values, interval: interval,
      validation: lastValidation, selection: selection)
  }

  /// What preprocessing subtracts from a row; with it and the weights a model is whole.
  package var mean: [Float] { preprocessing.mean.values }

  private func restore(_ state: TrainingState) {
    step = state.step
    interval = state.interval
    lastValidation = state.validation
    selection = state.selection
    let (rows, columns) = (velocity.rows, velocity.columns)
    head.weights = Matrix(rows: rows, columns: columns, values: state.weights)
    velocity = Matrix(rows: rows, columns: columns, values: state.velocity)
  }

  /// Trains to the last step and evaluates the selected weights on the test classes, once.
  ///
  /// `observe` is given the measures of every evaluation, `progress` the number of steps done
  /// after each; `isCancelled` is asked before each.
  package func run(
    observe: ([MeasuredValue]) throws -> Void, progress: (Int) -> Void = { _ in },
    isCancelled: () -> Bool = { false }
  ) throws -> TrainingOutcome {
    while step < configuration.steps {
      if isCancelled() { throw TrainingError(.cancelled(step: step)) }
      let outcome = advance()
      guard outcome.loss.isFinite else { throw TrainingError(.diverged(step: step)) }
      interval.add(outcome)
      if step % configuration.evaluationInterval == 0 || step == configuration.steps {
        guard head.weights.firstNonFinite == nil else {
          throw TrainingError(.diverged(step: step))
        }
        lastValidation = evaluateOnValidation()
        let measures = interval.take(step: step) + lastValidation
        select(by: measures)
        try observe(measures)
      }
      progress(step)
    }
    return finish()
  }

  /// One optimiser step.
  package func advance() -> LossOutcome {
    sampler.fill(&batch, step: step)
    preprocessing.apply(to: batch.items, of: data.trainingFeatures, into: &input)
    head.forward(input)
    let outcome = loss.evaluate(head.unit, batch: batch, gradient: &unitGradient)
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
  /// Without validation classes nothing can be chosen, and the last weights are taken.
  private func select(by measures: [MeasuredValue]) {
    guard configuration.selection == .best, !data.validation.rows.isEmpty,
      let value = measures.first(where: { $0.name == configuration.objective.metric })?.value,
      !value.isNaN
    else { return }
    if let best = selection?.value {
      guard configuration.objective.isMaximized ? value > best : value < best else { return }
    }
    selection = TrainingState.Selection(
      step: step, value: value, validation: lastValidation, weights: head.weights.values)
  }

  private func finish() -> TrainingOutcome {
    let last = TrainingState.Selection(
      step: step, value: .nan, validation: lastValidation, weights: head.weights.values)
    let chosen = selection ?? last
    let weights = Matrix<Float>(
      rows: head.weights.rows, columns: head.weights.columns, values: chosen.weights)
    let test = measures(of: data.test, features: data.testFeatures, weights: weights)
    return TrainingOutcome(
      selectedStep: chosen.step, lastStep: step, test: test.named("test/", step: chosen.step),
      selectedValidation: chosen.validation, lastValidation: last.validation,
      selectedWeights: chosen.weights, lastWeights: last.weights,
      preprocessing: preprocessing.steps, mean: preprocessing.mean.values,
      embedding: weights.rows, dimension: weights.columns)
  }
}
