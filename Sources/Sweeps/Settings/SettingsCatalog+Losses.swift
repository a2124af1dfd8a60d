/// Losses and their settings.
extension SettingsCatalog {
  static let lossNames = [
    "ranked_list", "contrastive", "triplet", "margin", "lifted_structure", "n_pair", "proxy_nca",
    "proxy_anchor", "multi_similarity", "group", "multimodal",
  ]

  static let losses: [SettingDefinition] =
    [
      .init(
        "loss.name", .choice(lossNames), default: .text("ranked_list"),
        allowed: lossNames.dropLast().joined(separator: ", ") + " or multimodal")
    ] + rankedList + pairLosses + structuredLosses + proxyLosses + groupLosses

  private static let rankedList: [SettingDefinition] = [
    .init(
      "loss.alpha", .number(above: 0, to: 2), default: .number(1.2), symbols: ["α"],
      allowed: "a number above 0, at most 2", owner: .loss("ranked_list")),
    .init(
      "loss.margin", .number(from: 0, to: 2), default: .number(0.4), symbols: ["m"],
      allowed: "a number from 0 to alpha", owner: .loss("ranked_list")),
    .init(
      "loss.temperature", .number(from: 0, to: .infinity), default: .number(10), symbols: ["T"],
      allowed: "a number from 0, or inf", owner: .loss("ranked_list")),
    .init(
      "loss.positive_temperature", .number(from: 0, to: .infinity), default: .number(0),
      allowed: "a number from 0, or inf", owner: .loss("ranked_list")),
    .init(
      "loss.lambda", .number(from: 0, to: 1), default: .number(0.5), symbols: ["λ"],
      allowed: "a number from 0 to 1", owner: .loss("ranked_list")),
    .init(
      "loss.gradient", .choice(["query_only", "full_list", "exact"]),
      default: .text("query_only"), allowed: "query_only, full_list or exact",
      owner: .loss("ranked_list")),
    .init(
      "loss.query_weighting", .choice(["uniform", "hardness"]), default: .text("uniform"),
      allowed: "uniform or hardness", owner: .loss("ranked_list")),
    .init(
      "loss.pair_gradient", .choice(["unit", "linear"]), default: .text("unit"),
      allowed: "unit or linear", owner: .loss("ranked_list")),
  ]

  private static let pairLosses: [SettingDefinition] =
    [
      .init(
        "loss.positive_margin", .number(from: 0, below: 2), default: .number(0),
        allowed: "a number from 0, below 2", owner: .loss("contrastive", "lifted_structure")),
      .init(
        "loss.negative_margin", .number(above: 0, to: 4), default: .number(1),
        allowed: "a number above positive_margin, at most 2, or 4 with distance: squared",
        owner: .loss("contrastive")),
      .init(
        "loss.power", .integer(from: 1, to: 2), default: .number(1), allowed: "1 or 2",
        owner: .loss("contrastive")),
      .init(
        "loss.margin", .number(above: 0, to: 4), default: .number(0.05),
        allowed: "a number above 0, at most 2, or 4 with distance: squared",
        owner: .loss("triplet")),
      .init(
        "loss.mining",
        .choice(["all", "batch_hard", "semi_hard", "hard", "semi_hard_random"]),
        default: .text("all"),
        allowed: "all, batch_hard, semi_hard, hard or semi_hard_random", owner: .loss("triplet")),
      .init(
        "loss.fallback", .choice(["random", "farthest"]), default: .text("random"),
        allowed: "random or farthest", owner: .loss("triplet")),
      .init(
        "loss.distance", .choice(["euclidean", "squared"]), default: .text("euclidean"),
        allowed: "euclidean or squared", owner: .loss("contrastive", "triplet")),
      .init(
        "loss.soft", .bool, default: .bool(false), allowed: "true or false",
        owner: .loss("triplet")),
      .init(
        "loss.swap", .bool, default: .bool(false), allowed: "true or false",
        owner: .loss("triplet")),
      .init(
        "loss.reducer", .choice(["nonzero", "all"]), default: .text("nonzero"),
        allowed: "nonzero or all", owner: .loss("contrastive")),
      .init(
        "loss.reducer", .choice(["by_mining", "nonzero", "all"]), default: .text("by_mining"),
        allowed: "by_mining, nonzero or all", owner: .loss("triplet")),
      .init(
        "loss.drop_duplicate_pairs", .bool, default: .bool(true), allowed: "true or false",
        owner: .loss("contrastive", "triplet")),
      .init(
        "loss.drop_duplicate_pairs", .bool, default: .bool(false), allowed: "true or false",
        owner: .loss("margin", "lifted_structure", "multi_similarity")),
    ] + marginLoss

  private static let marginLoss: [SettingDefinition] = [
    .init(
      "loss.margin", .number(above: 0, below: 1), default: .number(0.2),
      allowed: "a number above 0, below 1", owner: .loss("margin")),
    .init(
      "loss.beta", .number(above: 0, below: 2), default: .number(1.2),
      allowed: "a number above margin, below 2 - margin", owner: .loss("margin")),
    .init(
      "loss.beta_kind", .choice(["fixed", "learned_one", "learned_per_class"]),
      default: .text("fixed"), allowed: "fixed, learned_one or learned_per_class",
      owner: .loss("margin")),
    .init(
      "loss.beta_rate_multiplier", .number(from: 0), default: .number(1),
      allowed: "a number from 0", owner: .loss("margin")),
    .init(
      "loss.nu", .number(from: 0), default: .number(0), allowed: "a number from 0",
      owner: .loss("margin")),
    .init(
      "loss.mining", .choice(["triplets", "pairs", "distance_weighted"]),
      default: .text("distance_weighted"), allowed: "triplets, pairs or distance_weighted",
      owner: .loss("margin")),
    .init(
      "loss.cutoff", .number(above: 0, to: .infinity), default: .number(.infinity),
      allowed: "a number above 0, or inf", owner: .loss("margin")),
  ]

  private static let structuredLosses: [SettingDefinition] = [
    .init(
      "loss.form", .choice(["original", "generalized"]), default: .text("original"),
      allowed: "original or generalized", owner: .loss("lifted_structure")),
    .init(
      "loss.negative_margin", .number(above: 0, to: 2), default: .number(1),
      allowed: "a number above 0, at most 2", owner: .loss("lifted_structure")),
    .init(
      "loss.hinge_power", .integer(from: 1, to: 2), default: .number(2), allowed: "1 or 2",
      owner: .loss("lifted_structure")),
    .init(
      "loss.regularization", .number(from: 0), default: .number(0.005),
      allowed: "a number from 0", owner: .loss("n_pair")),
    .init(
      "loss.normalize_embeddings", .bool, default: .bool(false), allowed: "true or false",
      owner: .loss("n_pair")),
    .init(
      "loss.alpha", .number(above: 0), default: .number(2), allowed: "a number above 0",
      owner: .loss("multi_similarity")),
    .init(
      "loss.beta", .number(above: 0), default: .number(50), allowed: "a number above 0",
      owner: .loss("multi_similarity")),
    .init(
      "loss.base", .number(from: 0, to: 1), default: .number(0.5),
      allowed: "a number from 0 to 1", owner: .loss("multi_similarity")),
    .init(
      "loss.mining", .choice(["all", "multi_similarity"]), default: .text("multi_similarity"),
      allowed: "all or multi_similarity", owner: .loss("multi_similarity")),
    .init(
      "loss.epsilon", .number(from: 0), default: .number(0.1), allowed: "a number from 0",
      owner: .loss("multi_similarity")),
    .init(
      "loss.denominator", .choice(["rows", "rows_with_pairs"]), default: .text("rows"),
      allowed: "rows or rows_with_pairs", owner: .loss("multi_similarity")),
  ]

  private static let proxyLosses: [SettingDefinition] = [
    .init(
      "loss.scale", .number(above: 0), default: .number(1), allowed: "a number above 0",
      owner: .loss("proxy_nca")),
    .init(
      "loss.include_positive", .bool, default: .bool(false), allowed: "true or false",
      owner: .loss("proxy_nca")),
    .init(
      "loss.proxy_rate_multiplier", .number(from: 0), default: .number(50),
      allowed: "a number from 0", owner: .loss("proxy_nca")),
    .init(
      "loss.alpha", .number(above: 0), default: .number(32), allowed: "a number above 0",
      owner: .loss("proxy_anchor")),
    .init(
      "loss.margin", .number(from: 0, below: 1), default: .number(0.1),
      allowed: "a number from 0, below 1", owner: .loss("proxy_anchor")),
    .init(
      "loss.proxy_rate_multiplier", .number(from: 0), default: .number(100),
      allowed: "a number from 0", owner: .loss("proxy_anchor")),
  ]

  private static let groupLosses: [SettingDefinition] = [
    .init(
      "loss.temperature", .number(above: 0), default: .number(54), allowed: "a number above 0",
      owner: .loss("group")),
    .init(
      "loss.iterations", .integer(from: 1, to: 100), default: .number(1),
      allowed: "a whole number from 1 to 100", owner: .loss("group")),
    .init(
      "loss.anchors_per_class", .integer(from: 0, to: BatchShape.largestPart),
      default: .number(2), allowed: "a whole number from 0, below K", owner: .loss("group")),
    .init(
      "loss.scale", .number(from: 0), default: .number(1), allowed: "a number from 0",
      owner: .loss("group")),
    .init(
      "loss.proxies_per_class", .integer(from: 1, to: 1_000), default: .number(20),
      allowed: "a whole number from 1 to 1000", owner: .loss("multimodal")),
    .init(
      "loss.gamma", .number(above: 0), default: .number(0.1), allowed: "a number above 0",
      owner: .loss("multimodal")),
    .init(
      "loss.proxy_softmax_axis", .choice(["classes", "slots"]), default: .text("classes"),
      allowed: "classes or slots", owner: .loss("multimodal")),
    .init(
      "loss.proxy_rate_multiplier", .number(from: 0), default: .number(1),
      allowed: "a number from 0", owner: .loss("multimodal")),
    .init(
      "loss.classifier_rate_multiplier", .number(from: 0), default: .number(1),
      allowed: "a number from 0", owner: .loss("group", "multimodal")),
  ]
}
