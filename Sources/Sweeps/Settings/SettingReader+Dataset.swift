/// Settings of the feature files and their rows.
extension SettingReader {
  func paths(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    guard let nodes = node.sequence, !nodes.isEmpty else { throw refused(node) }
    var paths: [SettingValue] = []
    for element in nodes {
      let path = SettingValue.text(try text(element))
      guard !paths.contains(path) else { throw repeated(element) }
      paths.append(path)
    }
    return .list(paths)
  }

  /// In the order of their names, so that one set of levels is one value.
  func levels(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    let nodes = node.sequence ?? [node]
    guard !nodes.isEmpty else { throw refused(node) }
    var names: [String] = []
    for element in nodes {
      let name = try text(element)
      guard !names.contains(name) else { throw repeated(element) }
      names.append(name)
    }
    return .list(names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { .text($0) })
  }

  func keys(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    let entries = try options(node, SettingsCatalog.dataObjects)
    guard !entries.isEmpty else { throw refused(node) }
    var names: [String: SettingValue] = [:]
    for (object, name) in entries { names[object] = .text(try text(name)) }
    return .mapping(names)
  }

  func labelPattern(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    let entries = try options(node, ["from", "pattern"])
    guard let from = entries["from"], let pattern = entries["pattern"] else {
      throw refused(node)
    }
    return .mapping(["from": .text(try text(from)), "pattern": .text(try self.pattern(pattern))])
  }

  /// A regular expression with one group that takes part in every match.
  private func pattern(_ node: DocumentNode) throws(SettingProblem) -> String {
    let pattern = try text(node)
    func problem(_ message: String) -> SettingProblem {
      SettingProblem(
        position: node.position,
        message: "\(setting.name) has the pattern '\(pattern)', \(message)",
        allowed: setting.allowed)
    }
    do {
      _ = try Regex(pattern)
    } catch {
      throw problem("which is no regular expression: \(error)")
    }
    do {
      _ = try Regex(pattern, as: (Substring, Substring).self)
    } catch {
      throw problem("which has not one group without a name and without a '?' behind it")
    }
    return pattern
  }

  // MARK: Rows

  /// A word, or `{classes}` with a share below 1 or a number.
  func split(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    guard node.mapping != nil else { return try choice(node, ["auto", "groups", "column"]) }
    guard let classes = try options(node, ["classes"])["classes"],
      case let amount = try heldOut(classes), amount > 0
    else { throw refused(node) }
    return .mapping(["classes": .number(amount)])
  }

  /// A number; `{folds, fold}`, `{share}`, `{classes}` or `{groups}`, with `order` where it is
  /// contiguous and `group_by` where classes of one group stay together.
  func validation(_ node: DocumentNode) throws(SettingProblem) -> SettingValue {
    if node.mapping == nil { return .number(try heldOut(node)) }
    let amounts = ["folds", "share", "classes", "groups"]
    let entries = try options(node, amounts + ["fold", "order", "group_by"])
    let given = amounts.filter { entries[$0] != nil }
    guard !entries.isEmpty, given.count <= 1, entries["fold"] == nil || given == ["folds"] else {
      throw refused(node)
    }
    var value: [String: SettingValue] = [:]
    if let order = entries["order"],
      try choice(order, ["random", "contiguous"]) == .text("contiguous")
    {
      value["order"] = .text("contiguous")
    }
    if let groups = entries["group_by"] { value["group_by"] = .text(try pattern(groups)) }
    // Where classes are grouped, groups are counted.
    guard given.first != (value["group_by"] == nil ? "groups" : "classes") else {
      throw refused(node)
    }
    if given == ["folds"], let folds = entries["folds"] {
      value.merge(try fold(entries["fold"], of: folds, node)) { $1 }
      return .mapping(value)
    }
    let name = given.first ?? "share"
    let amount = try entries[name].map { node throws(SettingProblem) in try heldOut(node, as: name)
    }
    // Where nothing is held out, neither order nor groups mean anything.
    if amount == 0 { return .number(0) }
    value[name] = .number(amount ?? SettingsCatalog.defaultHeldOut)
    return value.count == 1 ? value[name] ?? .null : .mapping(value)
  }

  private func fold(
    _ fold: DocumentNode?, of folds: DocumentNode, _ node: DocumentNode
  ) throws(SettingProblem) -> [String: SettingValue] {
    let count = try integer(folds, 2...Self.mostFolds)
    guard let fold else {
      throw SettingProblem(
        position: node.position,
        message: "\(setting.name) '\(node.typed)' does not say which fold",
        allowed: "{folds: \(count), fold: 0}; 'folds: \(count)' beside base for every fold")
    }
    return [
      "folds": .number(Double(count)),
      "fold": .number(Double(try integer(fold, 0...(count - 1)))),
    ]
  }

  static let mostFolds = 1_000

  private func heldOut(
    _ node: DocumentNode, as name: String
  ) throws(SettingProblem) -> Double {
    guard name == "share" else { return Double(try integer(node, 1...1_000_000_000)) }
    let amount = try heldOut(node)
    guard amount < 1 else { throw refused(node) }
    return amount
  }

  private func heldOut(_ node: DocumentNode) throws(SettingProblem) -> Double {
    guard let value = node.number, value >= 0, value < 1 || Int(exactly: value) != nil else {
      throw refused(node)
    }
    return value
  }
}
