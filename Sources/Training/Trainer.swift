package import Kernels

/// One training run: from a configuration and data to weights and measures.
///
/// Every number is a function of the two; nothing is read from the clock, the machine or the
/// order of other runs.
package final class Trainer {
  private let configuration: TrainingConfiguration
  private let data: TrainingData
  private var sampler: BatchSampler
  private let model: EmbeddingModel
  private let losses: LevelLosses
  private let optimizer: Optimizer
  private let evaluation: ModelEvaluation
  private var batch: TrainingBatch

  /// Steps done.
  package private(set) var step = 0
  private var interval = IntervalMeans()
  private var lastValidation: [MeasuredValue] = []
  private var selection: TrainingState.Snapshot?

  /// A run at its first step, or where `state`, taken from a run of the same configuration and
  /// data, left off: it then ends with the bits of a run that was never interrupted. Networks
  /// start from the tensors of `initial` where they are given.
  package init(
    configuration: TrainingConfiguration, data: TrainingData, blas: BLASLibrary,
    initial: [WeightsFile.Tensor] = [], resuming state: TrainingState? = nil
  ) throws(TrainingError) {
    let classes = data.training.rowsOfClass
    guard classes.count >= configuration.classesPerBatch else {
      throw TrainingError(
        .tooFewClasses(needed: configuration.classesPerBatch, available: classes.count))
    }
    self.configuration = configuration
    self.data = data
    let size = configuration.batchSize
    sampler = BatchSampler(
      configuration.sampling, rowsOfClass: classes,
      classesPerBatch: configuration.classesPerBatch, itemsPerClass: configuration.itemsPerClass,
      seed: configuration.seed)
    model = try EmbeddingModel(configuration: configuration, data: data, batch: size, blas: blas)
    losses = LevelLosses(
      configuration.loss,
      setting: LossChoice.Setting(
        size: size, embedding: configuration.network.embedding, classes: classes.count,
        levels: data.levels.count, seed: configuration.seed),
      levelNames: data.levels.map(\.name), blas: blas)
    optimizer = Optimizer(
      rule: configuration.optimizer, weightDecay: configuration.weightDecay,
      parameters: model.parameters + losses.parameters)
    evaluation = ModelEvaluation(
      model: model, losses: losses, data: data, choice: configuration.measures,
      seed: configuration.seed, blas: blas)
    batch = TrainingBatch(size: size)
    if !initial.isEmpty { try start(from: initial) }
    if let state { try restore(state) }
  }

  /// Every weight of the networks must be there; of what the loss learned, what fits is taken.
  private func start(from tensors: [WeightsFile.Tensor]) throws(TrainingError) {
    let named = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
    for parameter in model.parameters + model.statistics {
      let own = parameter.tensor.shape
      guard let tensor = named[parameter.name] else {
        throw TrainingError(.otherModel("they have no \(parameter.name)"))
      }
      guard tensor.shape == own else {
        throw TrainingError(
          .otherModel("\(parameter.name) has the shape \(tensor.shape), not \(own)"))
      }
      parameter.load(tensor)
    }
    for parameter in losses.parameters {
      if let tensor = named[parameter.name], tensor.shape == parameter.tensor.shape {
        parameter.load(tensor)
      }
    }
  }

  /// What a checkpoint must hold. To be asked between steps, such as by an observer.
  package var state: TrainingState {
    TrainingState(
      step: step, tensors: remembered.map(\.tensor), interval: interval,
      validation: lastValidation, selection: selection)
  }

  /// Everything that changes from step to step.
  private var remembered: [Parameter<Float>] {
    model.parameters + losses.parameters + model.statistics + optimizer.memories
  }

  private func restore(_ state: TrainingState) throws(TrainingError) {
    let named = Dictionary(state.tensors.map { ($0.name, $0) }) { first, _ in first }
    for parameter in remembered {
      guard let tensor = named[parameter.name], tensor.shape == parameter.tensor.shape else {
        throw TrainingError(.badCheckpoint("its \(parameter.name) is missing or of another shape"))
      }
      parameter.load(tensor)
    }
    step = state.step
    interval = state.interval
    lastValidation = state.validation
    selection = state.selection
  }

  /// Trains to the last step and evaluates the selected weights on the test classes, once.
  ///
  /// `observe` is given the measures of every evaluation, `progress` the number of steps done
  /// after each; `isCancelled` is asked before each and before the test classes are evaluated.
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
        guard model.parameters.allSatisfy({ $0.value.firstNonFinite == nil }) else {
          throw TrainingError(.diverged(step: step))
        }
        lastValidation = evaluation.measures(
          of: data.validation, split: .training, prefix: "validation/", step: step)
        let measures = interval.take(step: step) + lastValidation
        select(by: measures)
        try observe(measures)
      }
      progress(step)
    }
    if isCancelled() { throw TrainingError(.cancelled(step: step)) }
    return finish()
  }

  /// One optimiser step.
  package func advance() -> LossOutcome {
    sampler.fill(&batch, step: step)
    model.forward(batch, of: data)
    let outcome = losses.evaluate(model.networks, batch: batch)
    model.backward(step: step)
    let rate = configuration.schedule.rate(
      base: configuration.learningRate, step: step, of: configuration.steps)
    optimizer.advance(rate: rate, step: step)
    step += 1
    return outcome
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
    selection = snapshot(value: value)
  }

  private func snapshot(value: Double?) -> TrainingState.Snapshot {
    TrainingState.Snapshot(
      step: step, value: value, validation: lastValidation,
      tensors: model.tensors + losses.parameters.map(\.tensor))
  }

  private func finish() -> TrainingOutcome {
    let last = snapshot(value: nil)
    let selected = selection ?? last
    load(selected.tensors)
    var queries: [QueryOutcome] = []
    let test = evaluation.measures(
      of: data.test, split: .test, prefix: "test/", step: selected.step, isFinal: true
    ) { queries = $0 }
    load(last.tensors)
    return TrainingOutcome(selected: selected, last: last, test: test, queries: queries)
  }

  private func load(_ tensors: [WeightsFile.Tensor]) {
    let named = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
    for parameter in model.parameters + losses.parameters + model.statistics {
      if let tensor = named[parameter.name] { parameter.load(tensor) }
    }
  }
}
