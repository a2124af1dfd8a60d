/// Rules between the settings of a job, as far as they need no data.
///
/// A rule that many jobs break is reported once, with the first of them.
struct JobRelations {
  private struct Rule {
    /// The setting to point at, and others to point at where that one is a default.
    var settings: [String]
    /// What is wrong with a job, nil if nothing.
    var problem: @Sendable (JobDraft, Objective) -> String?
    var allowed: String
  }

  private static let rules = data + losses + training + objectives

  private static let data: [Rule] = [
    Rule(
      settings: ["dataset.train", "dataset.test"],
      problem: { job, _ in
        let (train, test) = (job.value(of: "dataset.train"), job.value(of: "dataset.test"))
        guard (train == .null) != (test == .null) else { return nil }
        let (given, absent) = train == .null ? ("test", "train") : ("train", "test")
        return "dataset.\(given) is given without dataset.\(absent)"
      },
      allowed: "train with test, or one of path and paths"),
    Rule(
      settings: [],
      problem: { job, _ in
        let isNamed = SettingsCatalog.dataSources.joined().contains {
          job.value(of: $0) != .null
        }
        return isNamed ? nil : "a job names no feature file"
      },
      allowed: "'dataset: {path: file.h5}' under base"),
  ]

  private static let losses: [Rule] = [
    Rule(
      settings: ["loss.margin", "loss.alpha"],
      problem: { job, _ in
        guard job.loss == "ranked_list", let margin = job.value(of: "loss.margin").number,
          let alpha = job.value(of: "loss.alpha").number, margin > alpha
        else { return nil }
        return "margin \(SettingValue.shortest(margin)) is larger than alpha "
          + SettingValue.shortest(alpha)
      },
      allowed: "margin at most alpha; 'exclude: [margin > alpha]' leaves such jobs out"),
    Rule(
      settings: ["loss.positive_margin", "loss.negative_margin"],
      problem: { job, _ in
        guard job.loss == "contrastive",
          let positive = job.value(of: "loss.positive_margin").number,
          let negative = job.value(of: "loss.negative_margin").number, positive >= negative
        else { return nil }
        return "positive_margin \(SettingValue.shortest(positive)) is not below negative_margin "
          + SettingValue.shortest(negative)
      },
      allowed: "positive_margin below negative_margin"),
    Rule(
      settings: ["loss.margin", "loss.negative_margin", "loss.distance"],
      problem: { job, _ in
        let name = job.loss == "triplet" ? "margin" : "negative_margin"
        guard job.value(of: "loss.distance") == .text("euclidean"),
          let margin = job.value(of: "loss." + name).number, margin > 2
        else { return nil }
        return "\(name) \(SettingValue.shortest(margin)) is larger than any distance on the sphere"
      },
      allowed: "at most 2, or distance: squared"),
    Rule(
      settings: ["loss.beta", "loss.margin"],
      problem: { job, _ in
        guard job.loss == "margin", let margin = job.value(of: "loss.margin").number,
          let beta = job.value(of: "loss.beta").number, beta <= margin || beta >= 2 - margin
        else { return nil }
        return "beta \(SettingValue.shortest(beta)) leaves no room for margin "
          + "\(SettingValue.shortest(margin)) on both sides"
      },
      allowed: "beta above margin, below 2 - margin"),
    Rule(
      settings: ["loss.anchors_per_class", "batch"],
      problem: { job, _ in
        guard job.loss == "group", let anchors = job.value(of: "loss.anchors_per_class").integer,
          let batch = job.batch, anchors >= batch.items
        else { return nil }
        return "\(anchors) anchors of each class leave none of K = \(batch.items) items to classify"
      },
      allowed: "anchors_per_class below K"),
    Rule(
      settings: ["loss.name", "dataset.levels"],
      problem: { job, _ in
        guard job.loss == "multimodal", job.value(of: "dataset.levels").list?.count ?? 1 < 2 else {
          return nil
        }
        return "multimodal is a loss of several levels, and dataset.levels names "
          + (job.value(of: "dataset.levels") == .null ? "none" : "one")
      },
      allowed: "two levels or more, as 'dataset.levels: [low, high]'"),
  ]

  private static let training: [Rule] = [
    Rule(
      settings: ["batch"],
      problem: { job, _ in
        guard let batch = job.batch, batch.classes * batch.items > largestBatch else { return nil }
        return "a batch of \(batch.text) has \(batch.classes * batch.items) rows"
      },
      allowed: "at most \(largestBatch) rows"),
    Rule(
      settings: ["model.batch_normalization"],
      problem: { job, _ in
        guard job.value(of: "model.batch_normalization") == .bool(true),
          job.value(of: "model.hidden") == .list([])
        else { return nil }
        return "batch_normalization is of hidden layers, and model.hidden has none"
      },
      allowed: "hidden layers, as 'model.hidden: [512]', or no batch_normalization"),
    Rule(
      settings: ["schedule", "steps"],
      problem: { job, _ in
        guard let warmup = job.value(of: "schedule").mapping?["warmup"]?.number,
          let steps = job.value(of: "steps").number, warmup >= steps
        else { return nil }
        return "a warmup of \(SettingValue.shortest(warmup)) steps does not end within "
          + "\(SettingValue.shortest(steps)) steps"
      },
      allowed: "a warmup shorter than steps"),
  ]

  /// A job that keeps the best weights must take the measure that says which these are.
  private static let objectives: [Rule] = [
    Rule(
      settings: ["evaluation.recall_at"],
      problem: { job, objective in
        guard let rank = objective.recallRank, job.value(of: "select").text == "best",
          job.value(of: "evaluation.recall_at").list?.contains(.number(Double(rank))) == false
        else { return nil }
        return "the objective \(objective.metric) is not among evaluation.recall_at "
          + job.value(of: "evaluation.recall_at").canonicalJSON
      },
      allowed: "an objective with a K of evaluation.recall_at"),
    Rule(
      settings: ["evaluation.map"],
      problem: { job, objective in
        guard objective.needsAllRanks, job.value(of: "select").text == "best",
          job.value(of: "evaluation.map") == .bool(false)
        else { return nil }
        return "the objective \(objective.metric) is measured with evaluation.map only"
      },
      allowed: "'evaluation: {map: true}', or validation/map@r"),
    Rule(
      settings: ["dataset.levels"],
      problem: { job, objective in
        guard let level = objective.level, job.value(of: "select").text == "best" else {
          return nil
        }
        let levels = job.value(of: "dataset.levels").list ?? []
        guard levels.count < 2 || !levels.contains(.text(level)) else { return nil }
        return "the objective \(objective.metric) is of the level \(level) among several, and "
          + "dataset.levels is "
          + (levels.isEmpty ? "not given" : SettingValue.list(levels).canonicalJSON)
      },
      allowed: "a level of dataset.levels where it has several, or an objective without a level"),
  ]

  /// The distances of a batch are a square matrix: 1 GiB at this size.
  static let largestBatch = 1 << 14

  static func check(
    _ jobs: [JobDraft], objective: Objective, fallback: SweepDiagnostic.Place
  )
    -> [SweepDiagnostic]
  {
    rules.compactMap { rule in
      let broken = jobs.compactMap { job in rule.problem(job, objective).map { (job, $0) } }
      guard let (job, problem) = broken.first else { return nil }
      let count = jobs.count == 1 ? "" : " (\(broken.count) of \(jobs.count) jobs)"
      return SweepDiagnostic(
        code: .relation,
        place: rule.settings.compactMap { job.places[$0] }.first ?? fallback,
        message: problem + count, allowed: rule.allowed)
    }
  }
}
