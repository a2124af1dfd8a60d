import Datasets
import Sweeps
import Training

/// The seam: a job's settings as a training configuration and the data it trains on.
struct TrainingJob {
  let configuration: TrainingConfiguration
  let dataset: DatasetChoice

  /// Which rows a job uses.
  struct DatasetChoice: Hashable {
    var path: String
    /// Nil for the only one.
    var level: String?
    var validation: Double
    var splitSeed: UInt64

    /// Training classes that a job trains on and those it is judged by.
    func classSplit(of data: SplitData) throws -> ClassSplit {
      try ClassSplit(classes: data.train.labels, holdingOut: validation, seed: splitSeed)
    }
  }

  init(_ spec: JobSpec, objective: Objective) throws {
    let settings = SettingsReader(settings: spec.settings)
    dataset = DatasetChoice(
      path: try settings.text("dataset.path"),
      level: try Self.level(spec.settings["dataset.levels"]),
      validation: try settings.number("dataset.validation"),
      splitSeed: UInt64(try settings.integer("dataset.split_seed")))
    configuration = try Self.configuration(settings, objective: objective)
  }

  private static func level(_ value: SettingValue?) throws -> String? {
    guard let value else { return nil }
    guard let levels = value.list, levels.count == 1, let name = levels[0].text else {
      throw SettingsError(description: "dataset.levels is \(value.display); one level is built")
    }
    return name
  }

  private static func configuration(
    _ settings: SettingsReader, objective: Objective
  ) throws -> TrainingConfiguration {
    var configuration = TrainingConfiguration()
    configuration.preprocessing = try settings.list("dataset.preprocess").map { step in
      guard let known = step.text.flatMap(TrainingConfiguration.PreprocessingStep.init) else {
        throw SettingsError(description: "dataset.preprocess has \(step.display)")
      }
      return known
    }
    configuration.embedding = try settings.integer("model.embedding")
    configuration.loss.alpha = try settings.number("loss.alpha")
    configuration.loss.margin = try settings.number("loss.margin")
    configuration.loss.temperature = try settings.number("loss.temperature")
    configuration.loss.positiveTemperature = try settings.number("loss.positive_temperature")
    configuration.loss.lambda = try settings.number("loss.lambda")
    configuration.loss.gradient = try settings.choice(
      "loss.gradient", of: RankedListLoss<Float>.Gradient.self)
    configuration.loss.queryWeighting = try settings.choice(
      "loss.query_weighting", of: RankedListLoss<Float>.QueryWeighting.self)
    (configuration.classesPerBatch, configuration.itemsPerClass) = try batch(
      settings.text("batch"))
    configuration.learningRate = try settings.number("optimizer.learning_rate")
    configuration.momentum = try settings.number("optimizer.momentum")
    configuration.weightDecay = try settings.number("optimizer.weight_decay")
    configuration.schedule = try schedule(settings.settings["schedule"])
    configuration.steps = try settings.integer("steps")
    configuration.evaluationInterval = try settings.integer("evaluation.every")
    configuration.recallAt = try settings.list("evaluation.recall_at").compactMap(\.integer)
    configuration.selection = try settings.choice(
      "select", of: TrainingConfiguration.Selection.self)
    configuration.objective.metric = objective.metric
    configuration.objective.isMaximized = objective.goal == .maximize
    configuration.seed = UInt64(try settings.integer("seed"))
    return configuration
  }

  private static func batch(_ text: String) throws -> (classes: Int, items: Int) {
    let parts = text.split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2 else {
      throw SettingsError(description: "batch is \(text), not P×K such as 60x3")
    }
    return (parts[0], parts[1])
  }

  private static func schedule(_ value: SettingValue?) throws -> LearningRateSchedule {
    switch value {
    case .text("constant"): return .constant
    case .text("cosine"): return .cosine(floor: 0)
    case .mapping(let form):
      if let floor = form["cosine"]?.mapping?["floor"]?.number { return .cosine(floor: floor) }
    default: break
    }
    throw SettingsError(description: "schedule is \(value?.display ?? "missing")")
  }
}

extension TrainingData {
  /// The rows that a job uses of what a feature file holds.
  convenience init(_ data: SplitData, split: ClassSplit) {
    let training = data.train.restricted(to: split.training)
    let validation = data.train.restricted(to: split.validation)
    self.init(
      trainingFeatures: data.train.storage.matrix(), testFeatures: data.test.storage.matrix(),
      training: Part(rows: training.rows, labels: training.classNumbers),
      validation: Part(rows: validation.rows, labels: validation.classNumbers),
      test: Part(rows: data.test.rows, labels: data.test.classNumbers))
  }
}
