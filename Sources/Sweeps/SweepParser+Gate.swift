/// `gate`.
extension SweepParser {
  private static let gateForm = "{test/map@r: {margin: 0.005}}"

  /// What programs that judge by other words call a margin.
  private static let foreignGateKeys = [
    "tolerance": "margin", "threshold": "margin", "delta": "margin", "epsilon": "margin",
    "max_drop": "margin",
  ]

  /// The measures to judge by, each with its margin, in the order of the file.
  mutating func gate(
    _ node: DocumentNode?
  ) -> [(rule: GateRule, place: SweepDiagnostic.Place)] {
    guard let node else { return [] }
    guard let entries = node.mapping, !entries.isEmpty else {
      report(
        .badValue, node.position, "gate cannot be '\(node.typed)'",
        allowed: Self.gateForm + ": each measure with the loss that is too much")
      return []
    }
    var rules: [(rule: GateRule, place: SweepDiagnostic.Place)] = []
    for entry in entries {
      let measure = gatedMeasure(entry.key)
      let margin = margin(entry.value, of: entry.key)
      if let measure, let margin {
        let rule = GateRule(measure: measure, margin: margin)
        rules.append((rule, source.place(entry.key.position)))
      }
    }
    return rules
  }

  private mutating func gatedMeasure(_ node: DocumentNode) -> String? {
    let name = node.scalar ?? ""
    if GateRule(measure: name, margin: 0).isMeasured { return name }
    let known = ["map@r", "recall@1", "r_precision", "precision@1", "nmi", "ami", "f1"]
      .map { "test/" + $0 }
    report(
      .unknownName, node.position, "the gate cannot judge by '\(node.typed)'",
      allowed: "measures that are ratios of 0 to 1, as "
        + known.joined(separator: ", ") + " or validation/map@r",
      suggestion: NearestSpelling.suggestion(for: name, among: known).map { "'\($0)'" })
    return nil
  }

  private mutating func margin(_ node: DocumentNode, of measure: DocumentNode) -> Double? {
    guard let entries = node.mapping else {
      report(
        .badValue, node.position, "the gate cannot have '\(node.typed)' for \(measure.typed)",
        allowed: "{margin: 0.005}")
      return nil
    }
    var found: Double?
    var isNamed = false
    for entry in entries {
      guard entry.key.scalar == "margin" else {
        let word = entry.key.scalar ?? ""
        let nearest =
          Self.foreignGateKeys[word.lowercased()]
          ?? NearestSpelling.suggestion(for: word, among: ["margin"])
        report(
          .unknownName, entry.key.position,
          "the gate of \(measure.typed) cannot have '\(entry.key.typed)'",
          allowed: "{margin: 0.005}", suggestion: nearest.map { "'\($0)'" })
        continue
      }
      isNamed = true
      found = margin(entry.value)
    }
    if !isNamed, entries.isEmpty {
      report(
        .missing, node.position, "the gate of \(measure.typed) has no margin",
        allowed: "{margin: 0.005}")
    }
    return found
  }

  private mutating func margin(_ node: DocumentNode) -> Double? {
    let margins = GateRule.margins
    if let margin = node.number, margins.contains(margin) { return margin }
    let isPercent = node.number.map { $0 > margins.upperBound && $0 < 100 } ?? false
    report(
      .badValue, node.position, "margin cannot be '\(node.typed)'" + (whyNoMargin(node) ?? ""),
      allowed:
        "a ratio from 0.000001 to \(SettingValue.shortest(margins.upperBound)); half a point "
        + "of per cent is 0.005",
      suggestion: isPercent
        ? node.number.map { "'\(SettingValue.shortest($0 / 100))'" } : nil)
    return nil
  }

  /// What is wrong with a margin, where it is not its size alone.
  private func whyNoMargin(_ node: DocumentNode) -> String? {
    switch node.meaning {
    case .impossibleNumber: ", which is no finite number"
    case .number(let margin) where margin > 0 && margin < GateRule.margins.lowerBound:
      ", which is less than one query in a million"
    case .text(let text) where NumberText.meaning(of: text) != nil:
      " in quotes, which is a text; write it without them"
    default: nil
    }
  }
}
