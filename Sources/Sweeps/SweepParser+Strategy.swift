/// `strategy` and `protocol`.
extension SweepParser {
  static let defaultTrials = 20

  mutating func strategy(_ node: DocumentNode?) -> SweepStrategy {
    guard let node else { return .grid }
    let (built, planned) = (["grid", "random"], ["sobol", "tpe"])
    let word = node.firstKey ?? node.scalar ?? ""
    let allowed = "grid, or {random: 40} for 40 settings drawn at random"
    if planned.contains(word) {
      report(.notBuiltYet, node.position, "strategy: \(word) is not built yet", allowed: allowed)
    } else if node.scalar == "random" {
      return .random(trials: Self.defaultTrials, seed: 0)
    } else if word == "random", node.mapping?.count == 1, let value = node.mapping?.first?.value {
      if let strategy = random(value) { return strategy }
    } else if node.scalar != "grid" {
      report(
        .badValue, node.position, "strategy cannot be '\(node.typed)'", allowed: allowed,
        suggestion: NearestSpelling.suggestion(for: word, among: built + planned)
          .map { "'\($0)'" })
    }
    return .grid
  }

  /// `40`, or `{trials: 40, seed: 1}`. Where it is wrong, drawing goes on all the same, so that
  /// intervals are not reported as well.
  private mutating func random(_ node: DocumentNode) -> SweepStrategy? {
    let allowed = "{random: 40}, or {random: {trials: 40, seed: 1}}"
    var (trials, seed) = (Self.defaultTrials, 0)
    let entries =
      node.mapping
      ?? [
        .init(
          key: .init(content: .scalar("trials", isPlain: true), position: node.position),
          value: node)
      ]
    for entry in entries {
      let number = entry.value.integer
      switch entry.key.scalar {
      case "trials":
        guard let number, (1...1_000_000).contains(number) else {
          report(
            .badValue, entry.value.position, "random cannot have '\(entry.value.typed)' trials",
            allowed: "a whole number from 1; " + allowed)
          continue
        }
        trials = number
      case "seed":
        guard let number, (0...SettingsCatalog.largestSeed).contains(number) else {
          report(
            .badValue, entry.value.position,
            "the seed of the draws cannot be '\(entry.value.typed)'",
            allowed: "a whole number from 0; " + allowed)
          continue
        }
        seed = number
      default:
        report(
          .unknownName, entry.key.position, "random cannot have '\(entry.key.typed)'",
          allowed: allowed,
          suggestion: NearestSpelling.suggestion(
            for: entry.key.scalar ?? "", among: ["trials", "seed"]
          ).map { "'\($0)'" })
      }
    }
    return .random(trials: trials, seed: seed)
  }

  // MARK: Protocols

  /// What the protocol stands for takes the place of what the file leaves open.
  mutating func apply(
    comparisonProtocol node: DocumentNode?, to content: inout SweepFile,
    nodes: [String: DocumentNode], given: [Assignment]
  ) {
    guard let node else { return }
    let known = ComparisonProtocol.allCases.map(\.rawValue)
    guard let word = node.scalar, let named = ComparisonProtocol(rawValue: word) else {
      report(
        .badValue, node.position, "protocol cannot be '\(node.typed)'",
        allowed: known.joined(separator: ", "),
        suggestion: NearestSpelling.suggestion(for: node.scalar ?? "", among: known)
          .map { "'\($0)'" })
      return
    }
    content.comparisonProtocol = named
    let foldCount = 4
    if let folds = nodes["folds"] {
      if let given = content.folds, given.count != foldCount {
        report(
          .conflict, folds.position, "\(word) has \(foldCount) folds, not '\(folds.typed)'",
          allowed: "'folds: \(foldCount)', or no folds: the protocol gives them")
      }
    } else if let rival = given.first(where: { $0.setting == "dataset.validation" }),
      case .line(_, let line, _, _) = rival.place
    {
      report(
        .conflict, node.position,
        "\(word) has folds of its own: line \(line) gives dataset.validation",
        allowed: "no dataset.validation beside the protocol")
    } else {
      content.folds = folds(foldCount, at: node.position)
    }
    if content.strategy == .grid, nodes["strategy"]?.firstKey != "random" {
      report(
        .missing, nodes["strategy"]?.position ?? node.position,
        "\(word) gives every loss the same number of random trials, and none is given",
        allowed: "'strategy: {random: 50}'")
    }
    if content.objective != Objective(), let objective = nodes["objective"] {
      report(
        .conflict, objective.position,
        "\(word) chooses by \(Objective().metric), not by '\(objective.typed)'",
        allowed: "no objective beside the protocol")
    }
  }
}
