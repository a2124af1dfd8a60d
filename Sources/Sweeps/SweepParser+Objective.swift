/// `objective`, `folds` and `seeds`.
extension SweepParser {
  mutating func objective(_ node: DocumentNode?) -> Objective {
    var objective = Objective()
    guard let node else { return objective }
    if node.scalar != nil {
      if let metric = metric(node) { objective.metric = metric }
      return objective
    }
    for entry in node.mapping ?? [.init(key: node, value: node)] {
      switch entry.key.scalar {
      case "metric":
        if let metric = metric(entry.value) { objective.metric = metric }
      case "goal":
        guard let goal = entry.value.scalar.flatMap(Objective.Goal.init(rawValue:)) else {
          report(
            .badValue, entry.value.position, "goal cannot be '\(entry.value.typed)'",
            allowed: "maximize or minimize",
            suggestion: NearestSpelling.suggestion(
              for: entry.value.scalar ?? "", among: ["maximize", "minimize"]
            ).map { "'\($0)'" })
          continue
        }
        objective.goal = goal
      default:
        report(
          .unknownName, entry.key.position, "objective cannot have '\(entry.key.typed)'",
          allowed: "{metric: validation/map@r, goal: maximize}",
          suggestion: NearestSpelling.suggestion(
            for: entry.key.scalar ?? "", among: ["metric", "goal"]
          ).map { "'\($0)'" })
      }
    }
    return objective
  }

  private mutating func metric(_ node: DocumentNode) -> String? {
    let name = node.scalar ?? ""
    let objective = Objective(metric: name)
    if objective.isMeasuredOnValidation { return name }
    let reason = objective.whyUnsuited
    let known = (["recall@1"] + Objective.measures).map { "validation/" + $0 }
    let nearest = reason == nil ? NearestSpelling.suggestion(for: name, among: known) : nil
    report(
      .badValue, node.position,
      "the objective cannot be '\(node.typed)'" + (reason.map { ": " + $0 } ?? ""),
      allowed: "validation/map@r, validation/r_precision, validation/precision@1 or "
        + "validation/recall@1; with evaluation.map also validation/map and "
        + "validation/reciprocal_rank; of several levels also those of one, as "
        + "validation/low/map@r",
      suggestion: nearest.map { "'\($0)'" })
    return nil
  }

  /// The seeds, as values of the setting `seed`.
  ///
  /// - Parameter given: What base, axes and include give; a `seed` among them is a conflict.
  mutating func seeds(_ node: DocumentNode?, given: [Assignment]) -> [Assignment]? {
    guard let node else { return nil }
    let rival = given.first { $0.setting == "seed" }
    if let rival, case .line(_, let line, _, _) = rival.place {
      report(
        .conflict, node.position, "seeds and seed exclude each other: line \(line) gives seed",
        allowed: "seeds, or seed")
    }
    let nodes: [DocumentNode]
    if let list = node.sequence {
      nodes = list
    } else if let count = node.integer, (1...NumberSequence.largestCount).contains(count) {
      nodes = (0..<count).map {
        DocumentNode(content: .scalar(String($0), isPlain: true), position: node.position)
      }
    } else {
      nodes = []
    }
    guard !nodes.isEmpty else {
      report(
        .badValue, node.position, "seeds cannot be '\(node.typed)'",
        allowed: "a count from 1 (3 is 0, 1, 2), or a list of whole numbers from 0")
      return nil
    }
    var seeds: [Assignment] = []
    for element in nodes {
      let found = FoundSetting(
        definitions: SettingsCatalog.definitions(named: "seed"), key: node, value: element)
      guard let seed = assignment(found, value: element) else { continue }
      if seeds.contains(where: { $0.value == seed.value }) {
        report(.badValue, element.position, "seeds has '\(element.typed)' twice")
      }
      seeds.append(seed)
    }
    return seeds
  }

  /// The folds of a cross-validation, as values of the setting `dataset.validation`.
  ///
  /// - Parameter given: What base, axes and include give; a `dataset.validation` is a conflict.
  mutating func folds(_ node: DocumentNode?, given: [Assignment]) -> [Assignment]? {
    guard let node else { return nil }
    if let rival = given.first(where: { $0.setting == "dataset.validation" }),
      case .line(_, let line, _, _) = rival.place
    {
      report(
        .conflict, node.position,
        "folds and dataset.validation exclude each other: line \(line) gives validation",
        allowed: "folds, or dataset.validation")
    }
    guard let count = node.integer, (2...SettingReader.mostFolds).contains(count) else {
      report(
        .badValue, node.position, "folds cannot be '\(node.typed)'",
        allowed: "a whole number from 2 to \(SettingReader.mostFolds)")
      return nil
    }
    return folds(count, at: node.position)
  }

  func folds(_ count: Int, at position: SourceText.Position) -> [Assignment] {
    (0..<count).map { fold in
      Assignment(
        setting: "dataset.validation",
        value: .mapping(["fold": .number(Double(fold)), "folds": .number(Double(count))]),
        origin: source.settingOrigin(position), place: source.place(position))
    }
  }
}
