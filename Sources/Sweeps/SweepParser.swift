/// From the text of a sweep file to its typed content, with everything that is wrong in it.
struct SweepParser {
  let source: SourceText
  /// One for the text, and for each text that it extends.
  let paths: [DataPath]
  var diagnostics: [SweepDiagnostic] = []
  var warnings: [String] = []
  /// Names of all settings met so far, also of those whose values are wrong.
  var namesFound: Set<String> = []
  /// Losses and optimisers named so far, under the setting that names them.
  var choices: [String: Set<String>] = [:]
  /// Which of those settings had a value that is none.
  var unreadSelectors: Set<String> = []

  init(source: SourceText, paths: [DataPath]) {
    self.source = source
    self.paths = paths
  }

  // MARK: Top level

  static let keys = [
    "name", "description", "extends", "base", "sweep", "zip", "ablate", "folds", "seeds",
    "exclude", "include", "strategy", "protocol", "repeat", "objective", "gate", "resources",
    "max_jobs",
  ]

  private static let plannedKeys = ["early_stop"]

  /// What a file does not get from the one that it extends.
  private static let ownKeys = ["name", "description", "extends"]

  /// What other programs call our keys.
  private static let foreignKeys = [
    "grid": "sweep", "parameters": "sweep", "params": "sweep", "matrix": "sweep",
    "hyperparameters": "sweep", "search_space": "sweep", "axes": "sweep", "metric": "objective",
    "method": "strategy", "config": "base", "defaults": "base", "common": "base",
    "constraints": "exclude", "timeout": "resources", "cross_validation": "folds",
    "kfold": "folds", "cv": "folds", "inherit": "extends", "imports": "extends",
  ]

  /// The content of a text and of what it extends, nearest first; nil where there is none.
  mutating func content(of roots: [DocumentNode?]) -> SweepFile? {
    guard let root = roots.first.flatMap(\.self), !root.isNothing, root.mapping != nil else {
      let root = roots.first.flatMap(\.self)
      report(
        .missing, root?.position ?? .init(line: 1, column: 1),
        root == nil || root?.isNothing == true
          ? "the sweep file is empty" : "a sweep file is a mapping, not '\(root?.typed ?? "")'",
        allowed: "name, base, sweep and other keys, as 'name: my-sweep'")
      return nil
    }
    var documents: [[DocumentNode.Entry]] = []
    for root in roots { documents.append(entries(of: root)) }
    var nodes: [String: DocumentNode] = [:]
    for (index, entries) in documents.enumerated().reversed() {
      for entry in entries {
        guard let key = entry.key.scalar, index == 0 || !Self.ownKeys.contains(key) else {
          continue
        }
        nodes[key] = entry.value
      }
    }
    return content(of: documents, nodes: nodes, root: root)
  }

  private mutating func content(
    of documents: [[DocumentNode.Entry]], nodes: [String: DocumentNode], root: DocumentNode
  ) -> SweepFile {
    let name = name(nodes["name"], root: root)
    let strategy = strategy(nodes["strategy"])
    let (base, axes) = settings(of: documents, drawing: strategy != .grid)
    let ablations = ablations(nodes["ablate"])
    let include = include(nodes["include"])
    let given =
      base + (axes + ablations).flatMap { $0.rows.first ?? [] } + include.flatMap(\.self)
    checkDataset(nodes["base"], root: root)
    let seeds = seeds(nodes["seeds"], given: given)
    let folds = folds(nodes["folds"], given: given)
    let objective = objective(nodes["objective"])
    let gate = gate(nodes["gate"])
    var content = SweepFile(
      name: name ?? "", description: description(nodes["description"]), base: base, axes: axes,
      ablations: ablations, folds: folds, seeds: seeds, exclude: expressions(nodes["exclude"]),
      include: include, objective: objective,
      objectivePlace: source.place(nodes["objective"]?.position ?? root.position),
      gate: gate.map(\.rule), gatePlaces: gate.map(\.place),
      strategy: strategy, comparisonProtocol: nil, resources: resources(nodes["resources"]),
      repetition: repetition(nodes["repeat"], comparisonProtocol: nodes["protocol"]),
      repetitionPlace: (nodes["repeat"] ?? nodes["protocol"]).map { source.place($0.position) },
      maxJobs: maxJobs(nodes["max_jobs"]),
      warnings: warnings)
    apply(comparisonProtocol: nodes["protocol"], to: &content, nodes: nodes, given: given)
    checkChoice(of: content, asked: nodes["repeat"])
    return content
  }

  /// `base` and the axes of all texts; a nearer text goes over what it extends.
  private mutating func settings(
    of documents: [[DocumentNode.Entry]], drawing: Bool
  ) -> (base: [Assignment], axes: [SweepFile.Axis]) {
    var base: [Assignment] = []
    var axes: [SweepFile.Axis] = []
    for entries in documents.reversed() {
      let ownBase = self.base(entries.first { $0.key.scalar == "base" }?.value)
      let fixed = Set(ownBase.map(\.setting))
      axes.removeAll { !fixed.isDisjoint(with: $0.settings) }
      base += ownBase
      let ownAxes = self.axes(entries, drawing: drawing)
      let swept = Set(ownAxes.flatMap(\.settings))
      axes.removeAll { !swept.isDisjoint(with: $0.settings) }
      axes += ownAxes
    }
    return (base, axes)
  }

  /// The entries of a text whose keys are known and whose values are there.
  private mutating func entries(of root: DocumentNode?) -> [DocumentNode.Entry] {
    var known: [DocumentNode.Entry] = []
    for entry in root?.mapping ?? [] where isKnown(entry) { known.append(entry) }
    return known
  }

  private mutating func isKnown(_ entry: DocumentNode.Entry) -> Bool {
    guard let key = entry.key.scalar else {
      report(.unknownName, entry.key.position, "a key is a word, not '\(entry.key.typed)'")
      return false
    }
    if Self.plannedKeys.contains(key) {
      report(.notBuiltYet, entry.key.position, "'\(key)' is not built yet")
    } else if !Self.keys.contains(key) {
      unknownKey(key, entry.key.position)
    } else if entry.value.isNothing {
      report(.badValue, entry.key.position, "'\(key)' has no value")
    } else {
      return true
    }
    return false
  }

  private mutating func unknownKey(_ key: String, _ position: SourceText.Position) {
    let everyKey = Self.keys + Self.plannedKeys
    var suggestion =
      (Self.foreignKeys[key.lowercased()]
      ?? NearestSpelling.suggestion(for: key, among: everyKey)).map { "'\($0)'" }
    if suggestion == nil {
      switch SettingsCatalog.resolve(key, in: nil) {
      case .setting(let setting):
        return report(
          .unknownName, position, "the setting \(setting) does not belong here",
          allowed: "'\(key)' under base for all jobs, or under sweep as an axis")
      case .group, .ambiguous: suggestion = "'\(key)' under base"
      case .unknown(let nearest): suggestion = nearest.map { $0 + " under base" }
      }
    }
    report(
      .unknownName, position, "unknown key '\(key)'",
      allowed: Self.keys.joined(separator: ", "), suggestion: suggestion)
  }

  private mutating func name(_ node: DocumentNode?, root: DocumentNode) -> String? {
    let allowed = "letters, digits, '.', '_' and, but for the first, '-', at most 100; not 'latest'"
    guard let node else {
      report(.missing, root.position, "the sweep has no name", allowed: "'name: my-sweep'")
      return nil
    }
    guard let name = node.scalar, (1...100).contains(name.utf8.count), name != "latest",
      !name.hasPrefix("-"),
      name.utf8.allSatisfy(Self.isNameByte)
    else {
      report(.badValue, node.position, "name cannot be '\(node.typed)'", allowed: allowed)
      return nil
    }
    return name
  }

  private mutating func checkDataset(_ base: DocumentNode?, root: DocumentNode) {
    let sources = SettingsCatalog.dataSources.joined()
    guard namesFound.isDisjoint(with: sources), base == nil || base?.mapping != nil else { return }
    report(
      .missing, base?.position ?? root.position, "the sweep names no feature file",
      allowed: "'dataset: {path: file.h5}' under base")
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 45, 46, 95, 48...57, 65...90, 97...122: true
    default: false
    }
  }

  private mutating func description(_ node: DocumentNode?) -> String? {
    guard let node else { return nil }
    guard let text = node.scalar else {
      report(.badValue, node.position, "description cannot be '\(node.typed)'", allowed: "a text")
      return nil
    }
    return text
  }

  private mutating func maxJobs(_ node: DocumentNode?) -> Int {
    guard let node else { return SweepFile.defaultMaxJobs }
    guard let count = node.integer, (1...1_000_000).contains(count) else {
      report(
        .badValue, node.position, "max_jobs cannot be '\(node.typed)'",
        allowed: "a whole number from 1 to 1000000")
      return SweepFile.defaultMaxJobs
    }
    return count
  }

  private mutating func expressions(_ node: DocumentNode?) -> [SweepFile.Expression] {
    guard let node else { return [] }
    var expressions: [SweepFile.Expression] = []
    for element in node.sequence ?? [node] {
      guard let text = element.scalar, text.contains(where: { !$0.isWhitespace }) else {
        report(
          .badValue, element.position, "exclude cannot have '\(element.typed)'",
          allowed: "a list of SQL expressions over settings, as [margin > alpha]")
        continue
      }
      expressions.append(.init(text: text, place: source.place(element.position)))
    }
    return expressions
  }

  mutating func report(
    _ code: SweepDiagnostic.Code, _ position: SourceText.Position, _ message: String,
    allowed: String? = nil, suggestion: String? = nil
  ) {
    diagnostics.append(
      SweepDiagnostic(
        code: code, place: source.place(position), message: message, allowed: allowed,
        suggestion: suggestion))
  }

  mutating func warn(_ position: SourceText.Position, _ message: String) {
    let place = source.place(position)
    warnings.append(SweepDiagnostic(code: .badValue, place: place, message: message).headline)
  }
}
