import Datasets
import Sweeps
import Training

/// The seam: a job's settings as a training configuration and the data it trains on.
struct TrainingJob {
  let configuration: TrainingConfiguration
  let dataset: DatasetChoice
  /// Steps between checkpoints; nil for one at each evaluation.
  private let checkpointInterval: Int?

  init(_ spec: JobSpec, objective: Objective) throws {
    let settings = SettingsReader(settings: spec.settings)
    if let name = SettingsCatalog.unsound(in: spec.settings) { throw settings.refused(name) }
    dataset = try DatasetChoice(settings)
    configuration = try Self.configuration(settings, objective: objective)
    checkpointInterval = spec.settings["checkpoint.every"]?.integer
  }

  /// Whether a job that has just done `step` steps must be able to go on from there.
  func isCheckpointDue(after step: Int) -> Bool {
    let interval = checkpointInterval ?? configuration.evaluationInterval
    return step % interval == 0 || step == configuration.steps
  }

  private static func configuration(
    _ settings: SettingsReader, objective: Objective
  ) throws -> TrainingConfiguration {
    var configuration = TrainingConfiguration()
    configuration.preprocessing = try settings.list("dataset.preprocess").map(preprocessing)
    configuration.network = try network(settings)
    configuration.concatenation = try settings.choice("model.concatenation")
    configuration.loss = try LossSettings(settings: settings).choice()
    configuration.sampling = try settings.choice("sampler")
    (configuration.classesPerBatch, configuration.itemsPerClass) = try batch(
      settings.text("batch"))
    configuration.optimizer = try optimizer(settings)
    configuration.learningRate = try settings.number("optimizer.learning_rate")
    configuration.weightDecay = try settings.number("optimizer.weight_decay")
    configuration.schedule = try schedule(settings.settings["schedule"])
    configuration.steps = try settings.integer("steps")
    configuration.evaluationInterval = try settings.integer("evaluation.every")
    configuration.measures = try measures(settings)
    configuration.selection = try settings.choice("select")
    configuration.objective.metric = objective.metric
    configuration.objective.isMaximized = objective.goal == .maximize
    configuration.seed = UInt64(try settings.integer("seed"))
    return configuration
  }

  private static func preprocessing(
    _ step: SettingValue
  ) throws -> TrainingConfiguration.PreprocessingStep {
    switch step {
    case .text("l2"): return .unitLength
    case .text("center"): return .center
    case .mapping(let form):
      if let count = form["pca"]?.integer { return .principalComponents(count) }
      if let count = form["whiten"]?.integer { return .whitened(count) }
    default: break
    }
    throw SettingsError(description: "dataset.preprocess has \(step.display)")
  }

  private static func measures(_ settings: SettingsReader) throws -> MeasureChoice {
    var measures = MeasureChoice()
    measures.recallAt = try settings.list("evaluation.recall_at").compactMap(\.integer)
    measures.ranksAll = try settings.flag("evaluation.map")
    measures.clusters = try settings.flag("evaluation.clustering")
    measures.distances = try settings.flag("evaluation.distances")
    if let form = settings.settings["evaluation.few_shot"]?.mapping {
      let episodes = form["episodes"]?.integer ?? 1_000
      for ways in (form["ways"]?.list ?? []).compactMap(\.integer) {
        for shots in (form["shots"]?.list ?? []).compactMap(\.integer) {
          measures.fewShot.append(FewShot(ways: ways, shots: shots, episodes: episodes))
        }
      }
    }
    return measures
  }

  private static func network(_ settings: SettingsReader) throws -> NetworkShape {
    var shape = NetworkShape()
    shape.hidden = try settings.list("model.hidden").compactMap(\.integer)
    shape.embedding = try settings.integer("model.embedding")
    shape.hasBias = try settings.flag("model.bias")
    shape.dropout = try settings.number("model.dropout")
    shape.normalizesBatches = try settings.flag("model.batch_normalization")
    return shape
  }

  private static func optimizer(_ settings: SettingsReader) throws -> OptimizerRule {
    let name = try settings.text("optimizer.name")
    guard name != "sgd" else { return .sgd(momentum: try settings.number("optimizer.momentum")) }
    return .adam(
      firstDecay: try settings.number("optimizer.beta1"),
      secondDecay: try settings.number("optimizer.beta2"),
      epsilon: try settings.number("optimizer.epsilon"), decouplesDecay: name == "adamw")
  }

  private static func batch(_ text: String) throws -> (classes: Int, items: Int) {
    let parts = text.split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2 else {
      throw SettingsError(description: "batch is \(text), not P×K such as 60x3")
    }
    return (parts[0], parts[1])
  }

  private static func schedule(_ value: SettingValue?) throws -> LearningRateSchedule {
    if let name = value?.text { return LearningRateSchedule(try form(name, [:])) }
    guard let parts = value?.mapping, let name = parts.keys.first(where: { $0 != "warmup" }) else {
      throw SettingsError(description: "schedule is \(value?.display ?? "missing")")
    }
    return LearningRateSchedule(
      try form(name, parts[name]?.mapping ?? [:]), warmup: parts["warmup"]?.integer ?? 0)
  }

  private static func form(
    _ name: String, _ values: [String: SettingValue]
  ) throws -> LearningRateSchedule.Form {
    switch name {
    case "constant": return .constant
    case "cosine": return .cosine(floor: values["floor"]?.number ?? 0)
    case "multistep":
      guard let places = values["at"]?.list?.compactMap(\.integer),
        let factor = values["factor"]?.number
      else { throw SettingsError(description: "schedule.multistep needs at and factor") }
      return .multistep(at: places, factor: factor)
    default: throw SettingsError(description: "schedule is \(name)")
    }
  }
}

extension TrainingData {
  /// The rows that a job uses of the levels of a feature file.
  convenience init(_ levels: [SplitData], split: ClassSplit) {
    let first = levels[0]
    let training = first.train.restricted(to: split.training)
    let validation = first.train.restricted(to: split.validation)
    self.init(
      levels: levels.map {
        Level(
          name: $0.level.name, training: $0.train.storage.matrix(),
          test: $0.test.storage.matrix())
      },
      training: Part(rows: training.rows, labels: training.classNumbers),
      validation: Part(rows: validation.rows, labels: validation.classNumbers),
      test: Part(
        rows: first.test.rows, labels: first.test.classNumbers,
        queryGallery: first.test.queryGallery))
  }
}
