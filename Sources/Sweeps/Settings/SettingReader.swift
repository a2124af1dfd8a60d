/// Reads the value of one setting from a node, into its canonical form.
struct SettingReader {
  let setting: SettingDefinition

  func read(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    if node.isNothing {
      throw SettingProblem(
        position: node.position, message: "\(setting.name) has no value", allowed: setting.allowed)
    }
    switch setting.form {
    case .number(let low, let high, let isOpen):
      return try number(node, from: low, to: high, isOpenBelow: isOpen)
    case .integer(let low, let high): return .number(Double(try integer(node, low...high)))
    case .bool: return .bool(try bool(node))
    case .choice(let words): return try choice(node, words)
    case .path, .word: return .text(try text(node))
    case .paths: return try paths(node)
    case .levels: return try levels(node)
    case .keys: return try keys(node)
    case .labelPattern: return try labelPattern(node)
    case .split: return try split(node)
    case .preprocess: return try preprocess(node)
    case .validation: return try validation(node)
    case .hidden: return try hidden(node)
    case .batch: return try batch(node)
    case .schedule: return try schedule(node)
    case .recallAt: return .list(try counts(node, upTo: 1_000_000))
    case .fewShot: return try fewShot(node)
    case .keep: return try keep(node)
    case .batchPart: return .number(Double(try integer(node, 2...BatchShape.largestPart)))
    }
  }

  // MARK: Scalars

  private func number(
    _ node: DocumentNode, from low: Double, to high: Double, isOpenBelow: Bool
  ) throws(SettingProblem) -> SettingValue {
    guard let value = node.number, value <= high, isOpenBelow ? value > low : value >= low else {
      throw refused(node)
    }
    return .number(value)
  }

  func integer(
    _ node: DocumentNode, _ range: ClosedRange<Int>
  ) throws(SettingProblem)
    -> Int
  {
    guard let value = node.integer, range.contains(value) else { throw refused(node) }
    return value
  }

  func bool(_ node: DocumentNode) throws(SettingProblem) -> Bool {
    guard case .bool(let value) = node.meaning else { throw refused(node) }
    return value
  }

  func choice(_ node: DocumentNode, _ words: [String]) throws(SettingProblem) -> SettingValue {
    guard let word = node.scalar, words.contains(word) else { throw refused(node, among: words) }
    return .text(word)
  }

  func text(_ node: DocumentNode) throws(SettingProblem) -> String {
    switch node.meaning {
    case .text(let text) where !text.isEmpty: return text
    case .number, .impossibleNumber: return node.scalar ?? ""
    default: throw refused(node)
    }
  }

  // MARK: Lists

  private func preprocess(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    guard let elements = node.sequence else { throw refused(node) }
    let projections = ["pca", "whiten"]
    var steps: [SettingValue] = []
    var names: Set<String> = []
    for element in elements {
      let step: SettingValue
      let name: String
      if let entry = element.mapping?.first, let word = entry.key.scalar {
        guard projections.contains(word), element.mapping?.count == 1 else {
          throw refused(entry.key, among: projections)
        }
        let dimension = try integer(entry.value, 1...SettingsCatalog.largestWidth)
        (name, step) = (word, .mapping([word: .number(Double(dimension))]))
      } else {
        guard let word = element.scalar, word == "l2" || word == "center" else {
          throw refused(element, among: ["l2", "center"] + projections)
        }
        (name, step) = (word, .text(word))
      }
      guard names.insert(name).inserted else { throw repeated(element) }
      steps.append(step)
    }
    return .list(steps)
  }

  private func hidden(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    guard let elements = node.sequence, elements.count <= SettingsCatalog.mostHiddenLayers else {
      throw refused(node)
    }
    var widths: [SettingValue] = []
    for element in elements {
      widths.append(.number(Double(try integer(element, 1...SettingsCatalog.largestWidth))))
    }
    return .list(widths)
  }

  /// Different whole numbers from 1, at least one.
  func counts(_ node: DocumentNode, upTo largest: Int) throws(SettingProblem) -> [SettingValue] {
    guard let elements = node.sequence, !elements.isEmpty else { throw refused(node) }
    var values: [SettingValue] = []
    for element in elements {
      let value = SettingValue.number(Double(try integer(element, 1...largest)))
      guard !values.contains(value) else { throw repeated(element) }
      values.append(value)
    }
    return values
  }

  private func keep(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    guard let elements = node.sequence else { throw refused(node) }
    var values: [SettingValue] = []
    for element in elements {
      let value = try choice(element, ["best", "last"])
      guard !values.contains(value) else { throw repeated(element) }
      values.append(value)
    }
    return .list(values)
  }

  // MARK: Problems

  /// - Parameter isPart: Whether the node is a part of the value, where a list may be right.
  func refused(
    _ node: DocumentNode, among words: [String] = [], isPart: Bool = false
  ) -> SettingProblem {
    var message = "\(setting.name) cannot be '\(node.typed)'"
    if node.meaning == .impossibleNumber { message += ", which is no finite number" }
    if case .text(let text) = node.meaning, NumberText.meaning(of: text) != nil {
      message += " in quotes, which is a text"
    }
    if !isPart && node.sequence?.isEmpty == false || AxisDomain.words.contains(node.firstKey ?? "")
    {
      message += "; values to try stand under sweep"
    }
    let suggestion = node.scalar.flatMap { NearestSpelling.suggestion(for: $0, among: words) }
    return SettingProblem(
      position: node.position, message: message, allowed: setting.allowed,
      suggestion: suggestion.map { "'\($0)'" })
  }

  func repeated(_ node: DocumentNode) -> SettingProblem {
    SettingProblem(
      position: node.position, message: "\(setting.name) has '\(node.typed)' twice",
      allowed: setting.allowed)
  }
}
