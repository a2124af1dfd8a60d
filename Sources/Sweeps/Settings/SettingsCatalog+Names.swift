extension SettingsCatalog {
  /// What a written name stands for.
  enum Resolution {
    /// Dotted, or `P` or `K`.
    case setting(String)
    /// A group such as `loss`, and the setting that a scalar in its place gives.
    case group(String, main: String?)
    /// Part of several names, as `every`.
    case ambiguous([String])
    case unknown(suggestion: String?)
  }

  /// Every name by which a setting can be written, the canonical one first; `P` and `K` included.
  package static let spellings: [(setting: String, names: [String])] =
    rows.map { setting in
      var names = [setting.name]
      if isUnique(setting.lastPart), setting.lastPart != setting.name {
        names.append(setting.lastPart)
      }
      return (setting.name, names + setting.symbols)
    }

  /// What `name` stands for below a group (`loss`), or anywhere if `group` is nil.
  static func resolve(_ name: String, in group: String?) -> Resolution {
    let full = group.map { $0 + "." + name } ?? name
    if !definitions(named: full).isEmpty { return .setting(full) }
    if group == nil, groups.contains(full) { return .group(full, main: mainSettings[full]) }
    let inGroup = rows.filter { setting in
      group.map { setting.name.hasPrefix($0 + ".") } ?? true
    }
    if let setting = inGroup.first(where: { $0.symbols.contains(name) }) {
      return .setting(setting.name)
    }
    let matches = inGroup.filter { $0.lastPart == name }
    if matches.count > 1 { return .ambiguous(matches.map(\.name)) }
    if let setting = matches.first { return .setting(setting.name) }
    return .unknown(suggestion: suggestion(for: name, among: inGroup, in: group))
  }

  /// What names the feature files in another way than a setting; empty for one that names none.
  static func dataRivals(of name: String) -> [String] {
    guard let own = dataSources.first(where: { $0.contains(name) }) else { return [] }
    return dataSources.joined().filter { !own.contains($0) }
  }

  /// What other programs mean by a name, where that is another setting than here.
  static func foreignName(_ name: String) -> String? { foreignNames[name.lowercased()] }

  /// The last parts of a group's settings, for jobs with these values of the selectors.
  static func members(of group: String, choosing choices: [String: Set<String>]) -> [String] {
    let all = settings.filter { setting in
      guard setting.name.hasPrefix(group + ".") else { return false }
      guard let owner = setting.owner else { return true }
      let chosen = choices[owner.selector] ?? [selectors[owner.selector] ?? ""]
      return !chosen.isDisjoint(with: owner.choices)
    }
    return unique(all).map(\.lastPart)
  }

  /// The first definition of each name.
  private static let rows = unique(settings) + batchParts

  private static func unique(_ definitions: [SettingDefinition]) -> [SettingDefinition] {
    var seen: Set<String> = []
    return definitions.filter { seen.insert($0.name).inserted }
  }

  private static let groups: Set<String> = Set(
    settings.compactMap { setting in
      setting.name.firstIndex(of: ".").map { String(setting.name[..<$0]) }
    })

  private static let mainSettings = [
    "dataset": "dataset.path", "loss": "loss.name", "optimizer": "optimizer.name",
  ]

  /// What other programs call our settings.
  private static let foreignNames = [
    "epochs": "steps", "iterations": "steps", "max_iter": "steps", "max_steps": "steps",
    "batch_size": "batch", "batchsize": "batch", "wd": "weight_decay", "optim": "optimizer",
    "tau": "temperature", "dim": "embedding", "dimension": "embedding",
    "embedding_size": "embedding", "random_seed": "seed", "scheduler": "schedule",
    "lr_scheduler": "schedule", "data": "dataset", "criterion": "loss", "warmup": "schedule",
    "batch_norm": "batch_normalization", "hidden_layers": "hidden", "layers": "hidden",
    "checkpoint_path": "initial", "pretrained": "initial", "weights": "initial",
  ]

  private static func isUnique(_ lastPart: String) -> Bool {
    rows.filter { $0.lastPart == lastPart }.count == 1
  }

  private static func suggestion(
    for name: String, among settings: [SettingDefinition], in group: String?
  ) -> String? {
    if let foreign = foreignName(name), group == nil { return "'\(foreign)'" }
    var candidates = settings.map(\.lastPart) + settings.flatMap(\.symbols).filter { $0.count > 1 }
    if group == nil { candidates += settings.map(\.name) + groups.sorted() }
    return NearestSpelling.suggestion(for: name, among: candidates).map { "'\($0)'" }
  }
}
