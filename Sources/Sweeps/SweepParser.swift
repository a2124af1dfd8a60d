/// From the text of a sweep file to its typed content, with everything that is wrong in it.
struct SweepParser {
  let source: SourceText
  let paths: DataPath
  var diagnostics: [SweepDiagnostic] = []
  var warnings: [String] = []
  /// Names of all settings met so far, also of those whose values are wrong.
  var namesFound: Set<String> = []

  /// Throws one `SweepError` that holds every problem of the file.
  ///
  /// - Parameter overridden: Settings that the command line gives.
  static func parse(
    text: String, file: String, environment: [String: String], overridden: [String]
  ) throws(SweepError) -> SweepFile {
    let source = SourceText(text: text, file: file)
    var parser = SweepParser(
      source: source, paths: DataPath(file: file, environment: environment))
    parser.namesFound.formUnion(overridden)
    let root: DocumentNode?
    do {
      root = try DocumentReader.read(source)
    } catch {
      throw SweepError([error])
    }
    let content = parser.content(of: root)
    guard let content, parser.diagnostics.isEmpty else { throw SweepError(parser.diagnostics) }
    return content
  }

  init(source: SourceText, paths: DataPath) {
    self.source = source
    self.paths = paths
  }

  // MARK: Top level

  private static let keys = [
    "name", "description", "base", "sweep", "zip", "seeds", "exclude", "include", "objective",
    "max_jobs", "strategy",
  ]

  private static let plannedKeys = [
    "folds", "ablate", "early_stop", "repeat", "gate", "resources", "extends",
  ]

  /// What other programs call our keys.
  private static let foreignKeys = [
    "grid": "sweep", "parameters": "sweep", "params": "sweep", "matrix": "sweep",
    "hyperparameters": "sweep", "search_space": "sweep", "axes": "sweep", "metric": "objective",
    "method": "strategy", "config": "base", "defaults": "base", "common": "base",
    "constraints": "exclude", "timeout": "resources",
  ]

  private mutating func content(of root: DocumentNode?) -> SweepFile? {
    guard let root, !root.isNothing, let entries = root.mapping else {
      report(
        .missing, root?.position ?? .init(line: 1, column: 1),
        root == nil || root?.isNothing == true
          ? "the sweep file is empty" : "a sweep file is a mapping, not '\(root?.typed ?? "")'",
        allowed: "name, base, sweep and other keys, as 'name: my-sweep'")
      return nil
    }
    var nodes: [String: DocumentNode] = [:]
    for entry in entries { topLevel(entry, into: &nodes) }
    let name = name(nodes["name"], root: root)
    let base = base(nodes["base"])
    let axes = axes(entries)
    let include = include(nodes["include"])
    let given = base + axes.flatMap { $0.rows.first ?? [] } + include.flatMap(\.self)
    checkDataset(nodes["base"], root: root)
    let seeds = seeds(nodes["seeds"], given: given)
    checkStrategy(nodes["strategy"])
    let objective = objective(nodes["objective"])
    return SweepFile(
      name: name ?? "", description: description(nodes["description"]), base: base, axes: axes,
      seeds: seeds, exclude: expressions(nodes["exclude"]), include: include,
      objective: objective,
      objectivePlace: source.place(nodes["objective"]?.position ?? root.position),
      maxJobs: maxJobs(nodes["max_jobs"]), warnings: warnings)
  }

  private mutating func topLevel(
    _ entry: DocumentNode.Entry, into nodes: inout [String: DocumentNode]
  ) {
    guard let key = entry.key.scalar else {
      return report(.unknownName, entry.key.position, "a key is a word, not '\(entry.key.typed)'")
    }
    if Self.plannedKeys.contains(key) {
      return report(.notBuiltYet, entry.key.position, "'\(key)' is not built yet")
    }
    guard Self.keys.contains(key) else { return unknownKey(key, entry.key.position) }
    guard !entry.value.isNothing else {
      return report(.badValue, entry.key.position, "'\(key)' has no value")
    }
    nodes[key] = entry.value
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
          .unknownName, position, "the setting \(setting.name) does not belong here",
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
    let allowed = "letters, digits, '.', '_' and '-', at most 100; not 'latest'"
    guard let node else {
      report(.missing, root.position, "the sweep has no name", allowed: "'name: my-sweep'")
      return nil
    }
    guard let name = node.scalar, (1...100).contains(name.utf8.count), name != "latest",
      name.utf8.allSatisfy(Self.isNameByte)
    else {
      report(.badValue, node.position, "name cannot be '\(node.typed)'", allowed: allowed)
      return nil
    }
    return name
  }

  private mutating func checkDataset(_ base: DocumentNode?, root: DocumentNode) {
    let sources = ["dataset.path", "dataset.paths", "dataset.train", "dataset.test"]
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

  private mutating func checkStrategy(_ node: DocumentNode?) {
    guard let node else { return }
    let planned = ["random", "sobol", "tpe"]
    let word = node.firstKey ?? node.scalar ?? ""
    if planned.contains(word) {
      report(.notBuiltYet, node.position, "strategy: \(word) is not built yet", allowed: "grid")
    } else if node.scalar != "grid" {
      report(
        .badValue, node.position, "strategy cannot be '\(node.typed)'", allowed: "grid",
        suggestion: NearestSpelling.suggestion(for: word, among: ["grid"] + planned)
          .map { "'\($0)'" })
    }
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
