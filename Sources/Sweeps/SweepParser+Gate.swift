/// `gate`.
extension SweepParser {
  private static let gateForm = "{test/map@r: {margin: 0.005}}"

  /// What programs that judge by other words call a margin.
  private static let foreignGateKeys = [
    "tolerance": "margin", "threshold": "margin", "delta": "margin", "epsilon": "margin",
    "max_drop": "margin",
  ]

  /// The measures to judge by, each with its margin, in the order of the file.
  mutating func gate(_ node: DocumentNode?) -> [GateRule] {
    guard let node else { return [] }
    guard let entries = node.mapping, !entries.isEmpty else {
      report(
        .badValue, node.position, "gate cannot be '\(node.typed)'",
        allowed: Self.gateForm + ": each measure with the loss that is too much")
      return []
    }
    var rules: [GateRule] = []
    for entry in entries {
      let measure = gatedMeasure(entry.key)
      let margin = margin(entry.value, of: entry.key)
      if let measure, let margin { rules.append(GateRule(measure: measure, margin: margin)) }
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
    if let margin = node.number, margin > 0, margin <= GateRule.largestMargin { return margin }
    let percent = node.number.map { $0 > GateRule.largestMargin && $0 < 100 } ?? false
    report(
      .badValue, node.position, "margin cannot be '\(node.typed)'",
      allowed: "a ratio above 0, at most \(SettingValue.shortest(GateRule.largestMargin)); "
        + "half a point of per cent is 0.005",
      suggestion: percent
        ? node.number.map { "'\(SettingValue.shortest($0 / 100))'" } : nil)
    return nil
  }
}
