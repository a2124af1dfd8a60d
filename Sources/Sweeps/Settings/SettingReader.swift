/// Reads the value of one setting from a node, into its canonical form.
struct SettingReader {
  let setting: SettingDefinition

  func read(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    if node.isNothing, !setting.isPlanned {
      throw SettingProblem(
        position: node.position, message: "\(setting.name) has no value", allowed: setting.allowed)
    }
    if node.firstKey == "expr" { throw notBuilt(node, "'expr'") }
    switch setting.form {
    case .number(let low, let high, let isOpen):
      return try number(node, from: low, to: high, isOpenBelow: isOpen)
    case .integer(let low, let high): return .number(Double(try integer(node, low...high)))
    case .onlyBool(let built): return try onlyBool(node, built)
    case .choice(let built, let planned): return try choice(node, built, planned)
    case .path: return .text(try text(node))
    case .levels: return try levels(node)
    case .split: return try split(node)
    case .preprocess: return try preprocess(node)
    case .validation: return try validation(node)
    case .hidden: return try hidden(node)
    case .batch: return try batch(node)
    case .schedule: return try schedule(node)
    case .recallAt: return try recallAt(node)
    case .fewShot: return try fewShot(node)
    case .keep: return try keep(node)
    case .batchPart: return .number(Double(try integer(node, 2...BatchShape.largestPart)))
    case .planned: throw notBuilt(node, setting.name)
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

  private func integer(
    _ node: DocumentNode, _ range: ClosedRange<Int>
  ) throws(SettingProblem)
    -> Int
  {
    guard let value = node.integer, range.contains(value) else { throw refused(node) }
    return value
  }

  private func onlyBool(_ node: DocumentNode, _ built: Bool) throws(SettingProblem) -> SettingValue
  {
    guard case .bool(let value) = node.meaning else { throw refused(node) }
    guard value == built else { throw notBuilt(node, "\(setting.name): \(value)") }
    return .bool(value)
  }

  private func choice(
    _ node: DocumentNode, _ built: [String], _ planned: [String]
  )
    throws(SettingProblem) -> SettingValue
  {
    let word = node.firstKey ?? node.scalar
    if let word, planned.contains(word) { throw notBuilt(node, "\(setting.name): \(word)") }
    guard let word = node.scalar, built.contains(word) else {
      throw refused(node, among: built + planned)
    }
    return .text(word)
  }

  private func text(_ node: DocumentNode) throws(SettingProblem) -> String {
    switch node.meaning {
    case .text(let text) where !text.isEmpty: return text
    case .number, .impossibleNumber: return node.scalar ?? ""
    default: throw refused(node)
    }
  }

  // MARK: Lists

  private func levels(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    let nodes = node.sequence ?? [node]
    var names: [SettingValue] = []
    for element in nodes { names.append(.text(try text(element))) }
    guard let first = nodes.first else { throw refused(node) }
    guard names.count == 1 else { throw notBuilt(first, "training on several levels") }
    return .list(names)
  }

  private func preprocess(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    guard let elements = node.sequence else { throw refused(node) }
    var steps: [SettingValue] = []
    for element in elements {
      let word = element.firstKey ?? element.scalar
      if let word, word == "pca" || word == "whiten" {
        throw notBuilt(element, "\(setting.name): \(word)")
      }
      guard let word = element.scalar, word == "l2" || word == "center" else {
        throw refused(element, among: ["l2", "center"])
      }
      guard !steps.contains(.text(word)) else { throw repeated(element) }
      steps.append(.text(word))
    }
    return .list(steps)
  }

  private func hidden(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    guard let elements = node.sequence else { throw refused(node) }
    guard elements.isEmpty else { throw notBuilt(node, "\(setting.name): \(node.typed)") }
    return .list([])
  }

  private func recallAt(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    guard let elements = node.sequence, !elements.isEmpty else { throw refused(node) }
    var values: [SettingValue] = []
    for element in elements {
      let value = SettingValue.number(Double(try integer(element, 1...1_000_000)))
      guard !values.contains(value) else { throw repeated(element) }
      values.append(value)
    }
    return .list(values)
  }

  private func keep(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    guard let elements = node.sequence else { throw refused(node) }
    var values: [SettingValue] = []
    for element in elements {
      guard let word = element.scalar, word == "best" || word == "last" else {
        throw refused(element, among: ["best", "last"])
      }
      guard !values.contains(.text(word)) else { throw repeated(element) }
      values.append(.text(word))
    }
    return .list(values)
  }

  // MARK: Forms of their own

  private func split(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    if node.firstKey == "classes" {
      throw notBuilt(node, "\(setting.name): classes")
    }
    return try choice(node, ["auto", "groups", "column"], [])
  }

  private func validation(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    if let key = node.firstKey,
      ["folds", "fold", "order", "group_by", "share", "classes"].contains(key)
    {
      throw notBuilt(node, "\(setting.name): \(key)")
    }
    guard let value = node.number, value >= 0, value < 1 || Int(exactly: value) != nil else {
      throw refused(node)
    }
    return .number(value)
  }

  private func batch(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    if let text = node.scalar {
      guard let shape = BatchShape(text) else { throw refused(node) }
      return .text(shape.text)
    }
    var parts: [String: Int] = [:]
    for entry in node.mapping ?? [] {
      guard let name = entry.key.scalar, name == "P" || name == "K", parts[name] == nil else {
        throw refused(entry.key)
      }
      parts[name] = try integer(entry.value, 2...BatchShape.largestPart)
    }
    guard let classes = parts["P"], let items = parts["K"] else { throw refused(node) }
    return .text(BatchShape(classes: classes, items: items).text)
  }

  private func schedule(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    let word = node.firstKey ?? node.scalar
    if word == "multistep" || word == "warmup" {
      throw notBuilt(node, "\(setting.name): \(word ?? "")")
    }
    if let text = node.scalar {
      switch text {
      case "constant": return .text(text)
      case "cosine": return Self.cosine(floor: 0)
      default: throw refused(node, among: ["constant", "cosine", "multistep"])
      }
    }
    guard let entries = node.mapping, let entry = entries.first, word == "cosine" else {
      throw refused(node.mapping?.first?.key ?? node, among: ["cosine", "multistep"])
    }
    if let second = entries.dropFirst().first {
      if second.key.scalar == "warmup" { throw notBuilt(second.key, "\(setting.name): warmup") }
      throw refused(second.key)
    }
    if entry.value.isNothing { return Self.cosine(floor: 0) }
    guard let options = entry.value.mapping else { throw refused(entry.value) }
    var floor = 0.0
    for option in options {
      if option.key.scalar == "warmup" { throw notBuilt(option.key, "\(setting.name): warmup") }
      guard option.key.scalar == "floor" else { throw refused(option.key, among: ["floor"]) }
      guard let value = option.value.number, (0...1).contains(value) else {
        throw refused(option.value)
      }
      floor = value
    }
    return Self.cosine(floor: floor)
  }

  private static func cosine(floor: Double) -> SettingValue {
    .mapping(["cosine": .mapping(["floor": .number(floor)])])
  }

  private func fewShot(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    if node.mapping != nil { throw notBuilt(node, setting.name) }
    return try onlyBool(node, false)
  }

  // MARK: Problems

  private func refused(_ node: DocumentNode, among words: [String] = []) -> SettingProblem {
    var message = "\(setting.name) cannot be '\(node.typed)'"
    if node.meaning == .impossibleNumber { message += ", which is no finite number" }
    if case .text(let text) = node.meaning, NumberText.meaning(of: text) != nil {
      message += " in quotes, which is a text"
    }
    if node.sequence?.isEmpty == false || ["range", "linspace", "logspace"].contains(node.firstKey)
    {
      message += "; values to try stand under sweep"
    }
    let suggestion = node.scalar.flatMap { NearestSpelling.suggestion(for: $0, among: words) }
    return SettingProblem(
      position: node.position, message: message, allowed: setting.allowed,
      suggestion: suggestion.map { "'\($0)'" })
  }

  private func repeated(_ node: DocumentNode) -> SettingProblem {
    SettingProblem(
      position: node.position, message: "\(setting.name) has '\(node.typed)' twice",
      allowed: setting.allowed)
  }

  private func notBuilt(_ node: DocumentNode, _ what: String) -> SettingProblem {
    SettingProblem(
      code: .notBuiltYet, position: node.position, message: "\(what) is not built yet",
      allowed: setting.isPlanned ? nil : setting.allowed)
  }
}
