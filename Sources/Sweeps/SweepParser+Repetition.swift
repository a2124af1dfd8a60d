/// `repeat`.
extension SweepParser {
  private static let repetitionForm = "{best: 3, seeds: 10, refit: true}"

  /// What `repeat` says, with what it leaves open as the protocol has it.
  mutating func repetition(
    _ node: DocumentNode?, comparisonProtocol: DocumentNode?
  ) -> Repetition? {
    let isPerLoss = comparisonProtocol?.scalar == ComparisonProtocol.realityCheck.rawValue
    guard let node = node ?? (isPerLoss ? comparisonProtocol : nil) else { return nil }
    var repetition = Repetition(origin: source.settingOrigin(node.position))
    repetition.isPerLoss = isPerLoss
    guard node.position != comparisonProtocol?.position else { return repetition }
    for (key, value) in entries(ofRepetition: node) {
      switch key.scalar {
      case "best":
        guard let count = count(value, "repeat cannot take the best '\(value.typed)'") else {
          continue
        }
        repetition.best = count
        if isPerLoss, count != 1 {
          conflict(value, "repeats the best setting of each loss, not the best \(count)", "best: 1")
        }
      case "seeds":
        repetition.seedCount =
          count(value, "repeat cannot have '\(value.typed)' seeds") ?? repetition.seedCount
      case "refit":
        guard case .bool(let refits) = value.meaning else {
          report(
            .badValue, value.position, "refit cannot be '\(value.typed)'", allowed: "true or false")
          continue
        }
        repetition.refits = refits
        if isPerLoss, refits {
          conflict(value, "repeats the models of all folds, and refit has none", "refit: false")
        }
      default:
        report(
          .unknownName, key.position, "repeat cannot have '\(key.typed)'",
          allowed: Self.repetitionForm,
          suggestion: NearestSpelling.suggestion(
            for: key.scalar ?? "", among: ["best", "seeds", "refit"]
          ).map { "'\($0)'" })
      }
    }
    return repetition
  }

  /// A count alone is that of the best settings.
  private mutating func entries(
    ofRepetition node: DocumentNode
  ) -> [(key: DocumentNode, value: DocumentNode)] {
    if let entries = node.mapping { return entries.map { ($0.key, $0.value) } }
    guard node.number != nil else {
      report(
        .badValue, node.position, "repeat cannot be '\(node.typed)'",
        allowed: Self.repetitionForm + ": how many settings, with how many seeds each, and "
          + "whether on all training classes")
      return []
    }
    return [(.init(content: .scalar("best", isPlain: true), position: node.position), node)]
  }

  private mutating func count(_ node: DocumentNode, _ message: String) -> Int? {
    if let count = node.integer, (1...1_000_000).contains(count) { return count }
    report(
      .badValue, node.position, message,
      allowed: "a whole number from 1; " + Self.repetitionForm)
    return nil
  }

  private mutating func conflict(_ node: DocumentNode, _ message: String, _ allowed: String) {
    report(
      .conflict, node.position, ComparisonProtocol.realityCheck.rawValue + " " + message,
      allowed: "'\(allowed)', or none beside the protocol")
  }

  /// A single setting needs more seeds, not a second round.
  mutating func checkChoice(of content: SweepFile, asked node: DocumentNode?) {
    guard let node, content.axes.isEmpty, content.ablations.isEmpty, content.include.isEmpty else {
      return
    }
    report(
      .conflict, node.position, "repeat chooses among settings, and the sweep has only one",
      allowed: "axes under sweep, zip or ablate, or extra settings under include; 'seeds: 10' "
        + "repeats the only setting")
  }
}
