/// The words that open a domain.
enum AxisDomain {
  static let sequences = ["range", "linspace", "logspace"]
  static let intervals = DrawnInterval.Scale.allCases.map(\.rawValue)
  static let words = ["choice"] + sequences + intervals

  static let allowed =
    "a list, {range: [start, stop, step]}, {linspace: [first, last, count]}, "
    + "{logspace: [first, last, count]}, or with strategy: random {uniform: [low, high]}, "
    + "log_uniform or int_uniform"

  /// Words of other programs, and what stands for them here.
  static let foreign = [
    "values": "a plain list, as [1, 2]", "value": "a plain list, as [1]",
    "grid": "a plain list, as [1, 2]", "list": "a plain list, as [1, 2]",
    "grid_search": "a plain list, as [1, 2]", "min": "{range: [start, stop, step]}",
    "max": "{range: [start, stop, step]}", "start": "{range: [start, stop, step]}",
    "stop": "{range: [start, stop, step]}", "step": "{range: [start, stop, step]}",
    "loguniform": "'log_uniform'", "log": "'log_uniform'", "quniform": "'range'",
    "randint": "'int_uniform'", "int": "'int_uniform'", "arange": "'range'",
    "geomspace": "'logspace'", "distribution": "'uniform'", "categorical": "'choice'",
  ]
}

/// The values of one axis.
extension SweepParser {
  /// What an axis may be.
  struct AxisPlace {
    /// Whether a value may occur twice.
    var isZipped = false
    /// What draws are refused with; nil where they are allowed.
    var refusesDraws: String?
  }

  /// The values of an axis, or the ends of an interval; nil where they were reported.
  mutating func values(
    of found: FoundSetting, in place: AxisPlace
  ) -> (values: [Assignment], interval: DrawnInterval?)? {
    let name = found.name
    guard let domain = domain(found) else { return nil }
    if let scale = DrawnInterval.Scale(rawValue: domain.word) {
      return interval(scale, found, domain.value, in: place)
    }
    guard let nodes = nodes(of: domain, name: name) else { return nil }
    guard !nodes.isEmpty else {
      report(
        .badValue, domain.value.position, "the axis \(name) is empty",
        allowed: "at least one value; remove the axis to use the default")
      return nil
    }
    var values: [Assignment] = []
    var first: [SettingValue: String] = [:]
    for node in nodes {
      guard let value = assignment(found, value: node) else { continue }
      values.append(value)
      if value.expression != nil || value.value == .null { continue }
      if !place.isZipped, let earlier = first[value.value] {
        let note = earlier == node.typed ? "" : " ('\(earlier)' and '\(node.typed)' are one value)"
        report(
          .badValue, node.position,
          "the axis \(name) has the value \(value.value.display) twice\(note)",
          allowed: "each value once")
      }
      first[value.value] = node.typed
    }
    return values.count == nodes.count ? (values, nil) : nil
  }

  private struct Domain {
    /// `choice` for a list.
    var word: String
    var value: DocumentNode
  }

  private mutating func domain(_ found: FoundSetting) -> Domain? {
    let node = found.value
    if node.sequence != nil { return Domain(word: "choice", value: node) }
    guard let entries = node.mapping else {
      let example = node.isNothing ? "…" : node.typed
      report(
        .badValue, node.isNothing ? found.key.position : node.position,
        "the axis \(found.name) is no list" + (node.isNothing ? "" : ": '\(node.typed)'"),
        allowed: "a list, as [\(example)], a range, linspace or logspace; one value for all jobs "
          + "belongs under base")
      return nil
    }
    let rest = entries.filter { $0.key.scalar != "when" }
    guard let entry = rest.first, let word = entry.key.scalar else {
      report(
        .badValue, node.position, "the axis \(found.name) cannot be '\(node.typed)'",
        allowed: AxisDomain.allowed)
      return nil
    }
    if word == "expr" {
      report(
        .badValue, entry.key.position,
        "a derived setting has no values to try: '\(found.name)' follows from the others",
        allowed: "'\(found.key.typed): \(node.typed)' under base")
      return nil
    }
    guard AxisDomain.words.contains(word) else {
      report(
        .unknownName, entry.key.position, "unknown domain '\(word)' of the axis \(found.name)",
        allowed: AxisDomain.allowed,
        suggestion: AxisDomain.foreign[word.lowercased()]
          ?? NearestSpelling.suggestion(for: word, among: AxisDomain.words + ["when"])
          .map { "'\($0)'" })
      return nil
    }
    guard rest.count == 1, entry.value.sequence != nil else {
      let stray = rest.dropFirst().first.map(\.key) ?? entry.value
      report(
        .badValue, stray.position, "\(word) cannot be '\(stray.typed)'",
        allowed: AxisDomain.allowed)
      return nil
    }
    return Domain(word: word, value: entry.value)
  }

  private mutating func nodes(of domain: Domain, name: String) -> [DocumentNode]? {
    let elements = domain.value.sequence ?? []
    if domain.word == "choice" { return elements }
    let arguments = elements.compactMap(\.scalar)
    guard arguments.count == elements.count else {
      report(
        .badValue, domain.value.position, "\(domain.word) cannot be '\(domain.value.typed)'",
        allowed: AxisDomain.allowed)
      return nil
    }
    let position = domain.value.position
    do {
      let values =
        switch domain.word {
        case "range": try NumberSequence.range(arguments)
        case "linspace": try NumberSequence.linspace(arguments)
        default: try NumberSequence.logspace(arguments)
        }
      if let warning = values.warning { warn(position, warning) }
      return values.texts.map {
        DocumentNode(content: .scalar($0, isPlain: true), position: position)
      }
    } catch {
      report(.badValue, position, error.message, allowed: error.allowed)
      return nil
    }
  }

  // MARK: Intervals

  private mutating func interval(
    _ scale: DrawnInterval.Scale, _ found: FoundSetting, _ node: DocumentNode, in place: AxisPlace
  ) -> (values: [Assignment], interval: DrawnInterval?)? {
    let word = scale.rawValue
    if let refusal = place.refusesDraws {
      report(
        .badValue, found.value.position,
        "\(word) draws the values of \(found.name), \(refusal)",
        allowed: "a list, range, linspace or logspace; 'strategy: {random: 40}' draws under sweep")
      return nil
    }
    let isWhole = found.definitions.contains { $0.form.isWhole }
    guard !isWhole || scale == .intUniform else {
      report(
        .badValue, found.value.position, "\(found.name) is a whole number, \(word) draws fractions",
        allowed: "{int_uniform: [low, high]}")
      return nil
    }
    let ends = node.sequence ?? []
    let numbers = ends.compactMap(\.number).filter(\.isFinite)
    let isAllowed =
      ends.count == 2 && numbers.count == 2 && numbers[0] < numbers[1]
      && (scale != .logUniform || numbers[0] > 0)
      && (scale != .intUniform || numbers.allSatisfy { Int(exactly: $0) != nil })
    guard isAllowed else {
      let kind =
        switch scale {
        case .uniform: "two numbers"
        case .logUniform: "two numbers above 0"
        case .intUniform: "two whole numbers"
        }
      report(
        .badValue, node.position, "\(word) cannot be '\(node.typed)'",
        allowed: "{\(word): [low, high]} with \(kind), the lower one first")
      return nil
    }
    let values = ends.compactMap { assignment(found, value: $0) }
    guard values.count == 2 else { return nil }
    return (values, DrawnInterval(scale: scale, low: numbers[0], high: numbers[1]))
  }
}

extension SettingForm {
  /// Whether its values are whole numbers.
  var isWhole: Bool {
    switch self {
    case .integer, .batchPart: true
    default: false
    }
  }
}
