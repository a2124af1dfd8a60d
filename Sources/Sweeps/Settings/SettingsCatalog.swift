/// Every setting of a job, as one table.
package enum SettingsCatalog {
  /// Rises when a default changes, so that old job keys keep their meaning.
  package static let defaultsVersion = 1

  /// In the order in which they are documented.
  package static let settings: [SettingDefinition] =
    dataset + model + loss + training + evaluation + planned

  /// P and K of `batch`, which can be set one by one. They are no settings of a job.
  package static let batchParts: [SettingDefinition] = [
    .init("P", .batchPart, allowed: "a whole number of classes, at least 2"),
    .init("K", .batchPart, allowed: "a whole number of items of each class, at least 2"),
  ]

  package static func definition(named name: String) -> SettingDefinition? {
    byName[name]
  }

  /// The defaults of every setting that has one and belongs to no loss or to this one.
  package static func defaults(loss: String) -> [String: SettingValue] {
    var values: [String: SettingValue] = [:]
    for setting in settings where setting.loss == nil || setting.loss == loss {
      values[setting.name] = setting.defaultValue
    }
    return values
  }

  private static let byName = Dictionary(
    uniqueKeysWithValues: (settings + batchParts).map { ($0.name, $0) })

  private static let dataset: [SettingDefinition] = [
    .init("dataset.path", .path, allowed: "the path of a feature file", countsInKey: false),
    // Which levels a job uses is in its key through the digests of their data.
    .init(
      "dataset.levels", .levels, allowed: "one level of the feature file, as [high]",
      countsInKey: false),
    .init("dataset.split", .split, default: .text("auto"), allowed: "auto, groups or column"),
    .init(
      "dataset.preprocess", .preprocess, default: .list([.text("l2"), .text("center")]),
      allowed: "a list of l2 and center in any order, as [l2, center]"),
    .init(
      "dataset.validation", .validation, default: .number(0.2),
      allowed: "a share of the training classes below 1, their count, or 0 for none"),
    .init(
      "dataset.split_seed", .integer(from: 0, to: largestSeed), default: .number(0),
      allowed: "a whole number from 0"),
  ]

  private static let model: [SettingDefinition] = [
    .init(
      "model.embedding", .integer(from: 1, to: 65_536), default: .number(512),
      allowed: "a whole number from 1 to 65536"),
    .init("model.hidden", .hidden, default: .list([]), allowed: "[]"),
    .init("model.bias", .onlyBool(false), default: .bool(false), allowed: "false"),
    .init(
      "model.concatenation", .choice(["raw"], planned: ["normalized"]), default: .text("raw"),
      allowed: "raw"),
  ]

  private static let loss: [SettingDefinition] = [
    .init(
      "loss.name", .choice(["ranked_list"], planned: plannedLosses), default: .text("ranked_list"),
      allowed: "ranked_list"),
    .init(
      "loss.alpha", .number(from: 0, to: 2, isOpenBelow: true), default: .number(1.2),
      symbols: ["α"], allowed: "a number above 0, at most 2", loss: "ranked_list"),
    .init(
      "loss.margin", .number(from: 0, to: 2, isOpenBelow: false), default: .number(0.4),
      symbols: ["m"], allowed: "a number from 0 to alpha", loss: "ranked_list"),
    .init(
      "loss.temperature", .number(from: 0, to: .infinity, isOpenBelow: false),
      default: .number(10), symbols: ["T"], allowed: "a number from 0, or inf",
      loss: "ranked_list"),
    .init(
      "loss.positive_temperature", .number(from: 0, to: .infinity, isOpenBelow: false),
      default: .number(0), allowed: "a number from 0, or inf", loss: "ranked_list"),
    .init(
      "loss.lambda", .number(from: 0, to: 1, isOpenBelow: false), default: .number(0.5),
      symbols: ["λ"], allowed: "a number from 0 to 1", loss: "ranked_list"),
    .init(
      "loss.gradient", .choice(["query_only", "full_list", "exact"], planned: []),
      default: .text("query_only"), allowed: "query_only, full_list or exact",
      loss: "ranked_list"),
    .init(
      "loss.query_weighting", .choice(["uniform", "hardness"], planned: []),
      default: .text("uniform"), allowed: "uniform or hardness", loss: "ranked_list"),
  ]

  private static let training: [SettingDefinition] = [
    .init(
      "batch", .batch, default: .text("60x3"),
      allowed: "PxK, classes times items of each, both at least 2, as 60x3 or {P: 60, K: 3}"),
    .init(
      "optimizer.name", .choice(["sgd"], planned: ["adam", "adamw"]), default: .text("sgd"),
      allowed: "sgd"),
    .init(
      "optimizer.learning_rate",
      .number(from: 0, to: .greatestFiniteMagnitude, isOpenBelow: true), default: .number(0.1),
      symbols: ["lr"], allowed: "a number above 0"),
    .init(
      "optimizer.momentum", .number(from: 0, to: 1.0.nextDown, isOpenBelow: false),
      default: .number(0.9), allowed: "a number from 0, below 1"),
    .init(
      "optimizer.weight_decay", .number(from: 0, to: .greatestFiniteMagnitude, isOpenBelow: false),
      default: .number(2e-5), allowed: "a number from 0"),
    .init(
      "schedule", .schedule, default: .mapping(["cosine": .mapping(["floor": .number(0)])]),
      allowed: "constant, cosine or {cosine: {floor: a share of the learning rate from 0 to 1}}"),
    .init(
      "steps", .integer(from: 1, to: 1_000_000_000), default: .number(1_000),
      allowed: "a whole number from 1"),
  ]

  private static let evaluation: [SettingDefinition] = [
    .init(
      "evaluation.every", .integer(from: 1, to: 1_000_000_000), default: .number(50),
      allowed: "a whole number of steps from 1"),
    .init(
      "evaluation.recall_at", .recallAt,
      default: .list([.number(1), .number(2), .number(4), .number(8)]),
      allowed: "a list of different whole numbers from 1, as [1, 2, 4, 8]"),
    .init("evaluation.clustering", .onlyBool(false), default: .bool(false), allowed: "false"),
    .init("evaluation.few_shot", .fewShot, default: .bool(false), allowed: "false"),
    .init(
      "checkpoint.keep", .keep, default: .list([.text("best"), .text("last")]),
      allowed: "a list of best and last", countsInKey: false),
    .init(
      "select", .choice(["best", "last"], planned: []), default: .text("best"),
      allowed: "best or last"),
    .init(
      "seed", .integer(from: 0, to: largestSeed), default: .number(0),
      allowed: "a whole number from 0"),
  ]

  /// Whole numbers up to here are exact in double precision, and so in JSON.
  static let largestSeed = 1 << 53

  private static let planned: [SettingDefinition] = [
    "dataset.train", "dataset.test", "dataset.paths", "dataset.keys", "dataset.labels",
    "dataset.group_by", "dataset.order", "dataset.folds", "dataset.fold", "checkpoint.every",
    "initial", "warmup", "model.dropout", "optimizer.beta1", "optimizer.beta2",
    "optimizer.epsilon", "optimizer.nesterov", "loss.pair_gradient",
  ].map(SettingDefinition.planned)

  private static let plannedLosses = [
    "contrastive", "triplet", "margin", "lifted_structure", "n_pair", "proxy_nca", "proxy_anchor",
    "multi_similarity", "group", "multimodal",
  ]
}
