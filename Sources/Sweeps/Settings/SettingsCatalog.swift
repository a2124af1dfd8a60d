/// Every setting of a job, as one table.
package enum SettingsCatalog {
  /// Rises when a default changes, so that old job keys keep their meaning.
  package static let defaultsVersion = 2

  /// In the order in which they are documented; a name occurs once for each of its owners.
  package static let settings: [SettingDefinition] =
    dataset + rows + model + losses + training + optimizer + evaluation

  /// P and K of `batch`, which can be set one by one. They are no settings of a job.
  package static let batchParts: [SettingDefinition] = [
    .init("P", .batchPart, allowed: "a whole number of classes, at least 2"),
    .init("K", .batchPart, allowed: "a whole number of items of each class, at least 2"),
  ]

  /// The settings that decide which others a job has, with their defaults.
  static let selectors = ["loss.name": "ranked_list", "optimizer.name": "sgd"]

  /// One for each owner of the name, empty for an unknown one.
  package static func definitions(named name: String) -> [SettingDefinition] {
    byName[name] ?? []
  }

  /// The definition that holds in a job; nil where the job has no such setting.
  package static func definition(
    named name: String, in settings: [String: SettingValue]
  ) -> SettingDefinition? {
    definitions(named: name).first { definition in
      guard let owner = definition.owner else { return true }
      return settings[owner.selector]?.text.map(owner.choices.contains) == true
    }
  }

  /// Every setting with a default, for a job with these values of the selectors.
  static func defaults(choosing choices: [String: SettingValue]) -> [String: SettingValue] {
    let chosen = selectors.mapValues(SettingValue.text).merging(choices) { $1 }
    var values: [String: SettingValue] = [:]
    for setting in settings {
      if let owner = setting.owner {
        guard let choice = chosen[owner.selector]?.text, owner.choices.contains(choice) else {
          continue
        }
      }
      values[setting.name] = chosen[setting.name] ?? setting.defaultValue
    }
    return values
  }

  /// Stored settings of a job, with the defaults of settings that are younger than the job.
  package static func completed(
    _ stored: [String: SettingValue]
  ) -> [String: SettingValue] {
    defaults(choosing: stored).merging(stored) { $1 }
  }

  private static let byName = Dictionary(grouping: settings + batchParts, by: \.name)

  /// The ways to name the feature files of a job, which has one of them.
  package static let dataSources = [
    ["dataset.path"], ["dataset.paths"], ["dataset.train", "dataset.test"],
  ]

  /// Of these, what is in the files counts, and is in the key through the digests of their data.
  private static let dataset: [SettingDefinition] = [
    .init("dataset.path", .path, allowed: "the path of a feature file", countsInKey: false),
    .init(
      "dataset.paths", .paths, allowed: "a list of feature files in their order, as [a.h5, b.h5]",
      countsInKey: false),
    .init(
      "dataset.train", .path, allowed: "the path of a feature file, with test beside it",
      countsInKey: false),
    .init(
      "dataset.test", .path, allowed: "the path of a feature file, with train beside it",
      countsInKey: false),
    .init(
      "dataset.levels", .levels, allowed: "levels of the feature file, as [high] or [low, high]",
      countsInKey: false),
    .init(
      "dataset.keys", .keys,
      allowed: "names of objects in the feature file, as {features: feats, labels: targs}, for "
        + dataObjects.dropLast().joined(separator: ", ") + " and class_names",
      countsInKey: false),
    .init(
      "dataset.labels", .labelPattern,
      allowed: "a dataset of texts and a regular expression with one group, as "
        + "{from: image_names, pattern: '^([^/]+)/'}", countsInKey: false),
  ]

  static let dataObjects = ["features", "labels", "split", "query", "gallery", "class_names"]

  /// Which rows a job is trained on and judged by, and what is done to them first.
  private static let rows: [SettingDefinition] = [
    .init(
      "dataset.split", .split, default: .text("auto"),
      allowed: "auto, groups, column or {classes: a share or a number of classes to train on}"),
    .init(
      "dataset.preprocess", .preprocess, default: .list([.text("l2"), .text("center")]),
      allowed: "a list of l2, center, {pca: dimension} and {whiten: dimension} in any order, as "
        + "[l2, center]"),
    .init(
      "dataset.validation", .validation, default: .number(defaultHeldOut),
      allowed: "a share of the training classes below 1, their count, 0 for none, "
        + "{folds: 4, fold: 0} or {share: 0.2, group_by: '^([^/]+)/'}"),
    .init(
      "dataset.split_seed", .integer(from: 0, to: largestSeed), default: .number(0),
      allowed: "a whole number from 0"),
  ]

  static let defaultHeldOut = 0.2

  private static let model: [SettingDefinition] = [
    .init(
      "model.embedding", .integer(from: 1, to: largestWidth), default: .number(512),
      allowed: "a whole number from 1 to \(largestWidth)"),
    .init(
      "model.hidden", .hidden, default: .list([]),
      allowed: "a list of at most \(mostHiddenLayers) widths from 1 to \(largestWidth), as [512]; "
        + "[] for none"),
    .init("model.bias", .bool, default: .bool(false), allowed: "true or false"),
    .init(
      "model.dropout", .number(from: 0, below: 1), default: .number(0),
      allowed: "a number from 0, below 1"),
    .init("model.batch_normalization", .bool, default: .bool(false), allowed: "true or false"),
    .init(
      "model.concatenation", .choice(["raw", "normalized"]), default: .text("raw"),
      allowed: "raw or normalized"),
    .init(
      "initial", .word, allowed: "the name or id of a stored run", countsInKey: false),
  ]

  private static let training: [SettingDefinition] = [
    .init(
      "batch", .batch, default: .text("60x3"),
      allowed: "PxK, classes times items of each, both at least 2, as 60x3 or {P: 60, K: 3}"),
    .init(
      "sampler", .choice(["balanced", "uniform", "with_replacement", "class_random"]),
      default: .text("balanced"),
      allowed: "balanced, uniform, with_replacement or class_random"),
    .init(
      "schedule", .schedule, default: .mapping(["cosine": .mapping(["floor": .number(0)])]),
      allowed: "constant, cosine, {cosine: {floor: a share of the learning rate from 0 to 1}} or "
        + "{multistep: {at: [500, 800], factor: 0.2}}, each with warmup steps beside it, as "
        + "{constant: {}, warmup: 10}"),
    .init(
      "steps", .integer(from: 1, to: 1_000_000_000), default: .number(1_000),
      allowed: "a whole number from 1"),
  ]

  private static let optimizer: [SettingDefinition] = [
    .init(
      "optimizer.name", .choice(["sgd", "adam", "adamw"]), default: .text("sgd"),
      allowed: "sgd, adam or adamw"),
    .init(
      "optimizer.learning_rate", .number(above: 0), default: .number(0.1), symbols: ["lr"],
      allowed: "a number above 0"),
    .init(
      "optimizer.momentum", .number(from: 0, below: 1), default: .number(0.9),
      allowed: "a number from 0, below 1", owner: .optimizer("sgd")),
    .init(
      "optimizer.beta1", .number(from: 0, below: 1), default: .number(0.9),
      allowed: "a number from 0, below 1", owner: .optimizer("adam", "adamw")),
    .init(
      "optimizer.beta2", .number(from: 0, below: 1), default: .number(0.999),
      allowed: "a number from 0, below 1", owner: .optimizer("adam", "adamw")),
    .init(
      "optimizer.epsilon", .number(above: 0), default: .number(1e-8),
      allowed: "a number above 0", owner: .optimizer("adam", "adamw")),
    .init(
      "optimizer.weight_decay", .number(from: 0), default: .number(2e-5),
      allowed: "a number from 0"),
  ]

  private static let evaluation: [SettingDefinition] = [
    .init(
      "evaluation.every", .integer(from: 1, to: 1_000_000_000), default: .number(50),
      allowed: "a whole number of steps from 1"),
    .init(
      "evaluation.recall_at", .recallAt,
      default: .list([.number(1), .number(2), .number(4), .number(8)]),
      allowed: "a list of different whole numbers from 1, as [1, 2, 4, 8]"),
    .init("evaluation.clustering", .bool, default: .bool(true), allowed: "true or false"),
    .init(
      "evaluation.few_shot", .fewShot, default: .bool(false),
      allowed: "true, false or {ways: [5, 20], shots: [1, 5], episodes: 1000}"),
    .init("evaluation.map", .bool, default: .bool(false), allowed: "true or false"),
    .init("evaluation.distances", .bool, default: .bool(false), allowed: "true or false"),
    .init(
      "checkpoint.keep", .keep, default: .list([.text("best"), .text("last")]),
      allowed: "a list of best and last", countsInKey: false),
    // At evaluations where it is absent.
    .init(
      "checkpoint.every", .integer(from: 1, to: 1_000_000_000),
      allowed: "a whole number of steps from 1", countsInKey: false),
    .init(
      "select", .choice(["best", "last"]), default: .text("best"), allowed: "best or last"),
    .init(
      "seed", .integer(from: 0, to: largestSeed), default: .number(0),
      allowed: "a whole number from 0"),
  ]

  /// Whole numbers up to here are exact in double precision, and so in JSON.
  static let largestSeed = 1 << 53

  static let largestWidth = 65_536

  static let mostHiddenLayers = 16
}
