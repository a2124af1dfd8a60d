/// Settings with a form of their own: mappings with options.
extension SettingReader {
  func batch(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    if let text = node.scalar {
      guard let shape = BatchShape(text) else { throw refused(node) }
      return .text(shape.text)
    }
    let parts = try options(node, ["P", "K"])
    guard let classes = parts["P"], let items = parts["K"] else { throw refused(node) }
    let range = 2...BatchShape.largestPart
    let shape = BatchShape(
      classes: try integer(classes, range), items: try integer(items, range))
    return .text(shape.text)
  }

  // MARK: Schedule

  /// `constant`, `{cosine: {floor}}` or `{multistep: {at, factor}}`, with `warmup` beside it where
  /// there is one; `{constant: {}, warmup}` then.
  func schedule(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    let kinds = ["constant", "cosine", "multistep"]
    if node.scalar != nil {
      let word = try choice(node, kinds)
      switch word {
      case .text("cosine"): return Self.cosine(floor: 0)
      case .text("multistep"): throw refused(node)
      default: return word
      }
    }
    let entries = try options(node, kinds + ["warmup"])
    let chosen = kinds.filter { entries[$0] != nil }
    guard chosen.count == 1, let kind = chosen.first, let body = entries[kind] else {
      throw refused(node)
    }
    let warmup = try entries["warmup"].map { value throws(SettingProblem) in
      try integer(value, 0...1_000_000_000)
    }
    var value: [String: SettingValue]
    switch kind {
    case "cosine": value = ["cosine": try cosine(body)]
    case "multistep": value = ["multistep": try multistep(body)]
    default:
      if !body.isNothing { _ = try options(body, []) }
      if warmup ?? 0 == 0 { return .text(kind) }
      value = [kind: .mapping([:])]
    }
    if let warmup, warmup > 0 { value["warmup"] = .number(Double(warmup)) }
    return .mapping(value)
  }

  private func cosine(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    var floor = 0.0
    if !node.isNothing, let value = try options(node, ["floor"])["floor"] {
      guard let number = value.number, (0...1).contains(number) else { throw refused(value) }
      floor = number
    }
    return .mapping(["floor": .number(floor)])
  }

  private func multistep(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    let entries = try options(node, ["at", "factor"])
    guard let at = entries["at"], let factor = entries["factor"] else { throw refused(node) }
    let steps = try counts(at, upTo: 1_000_000_000)
    let numbers = steps.compactMap(\.number)
    guard numbers == numbers.sorted() else { throw refused(at, isPart: true) }
    guard let number = factor.number, number > 0, number <= 1 else { throw refused(factor) }
    return .mapping(["at": .list(steps), "factor": .number(number)])
  }

  private static func cosine(floor: Double) -> SettingValue {
    .mapping(["cosine": .mapping(["floor": .number(floor)])])
  }

  // MARK: Few-shot episodes

  /// False, or the episodes with every option.
  func fewShot(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    if node.scalar != nil, try !bool(node) { return .bool(false) }
    let entries = node.mapping == nil ? [:] : try options(node, ["ways", "shots", "episodes"])
    if node.sequence != nil { throw refused(node) }
    var value: [String: SettingValue] = [
      "ways": .list([.number(5), .number(20)]), "shots": .list([.number(1), .number(5)]),
      "episodes": .number(1_000),
    ]
    if let ways = entries["ways"] {
      let counts = try counts(ways, upTo: 10_000)
      guard !counts.contains(.number(1)) else { throw refused(ways, isPart: true) }
      value["ways"] = .list(counts)
    }
    if let shots = entries["shots"] { value["shots"] = .list(try counts(shots, upTo: 10_000)) }
    if let episodes = entries["episodes"] {
      value["episodes"] = .number(Double(try integer(episodes, 1...1_000_000)))
    }
    return .mapping(value)
  }

  // MARK: Options

  /// The entries of a mapping under their names, which must be among these.
  func options(
    _ node: DocumentNode, _ names: [String]
  ) throws(SettingProblem)
    -> [String: DocumentNode]
  {
    guard let entries = node.mapping else { throw refused(node) }
    var found: [String: DocumentNode] = [:]
    for entry in entries {
      guard let name = entry.key.scalar, names.contains(name) else {
        throw refused(entry.key, among: names)
      }
      found[name] = entry.value
    }
    return found
  }
}
