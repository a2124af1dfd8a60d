extension SettingsCatalog {
  /// What a written name stands for.
  enum Resolution {
    case setting(SettingDefinition)
    /// A group such as `loss`, and the setting that a scalar in its place gives.
    case group(String, main: SettingDefinition?)
    /// Part of several names, as `every`.
    case ambiguous([String])
    case unknown(suggestion: String?)
  }

  /// Every name by which a setting can be written, the canonical one first; `P` and `K` included.
  package static let spellings: [(setting: String, names: [String])] =
    (settings + batchParts).filter { !$0.isPlanned }.map { setting in
      var names = [setting.name]
      if isUnique(setting.lastPart), setting.lastPart != setting.name {
        names.append(setting.lastPart)
      }
      return (setting.name, names + setting.symbols)
    }

  /// What `name` stands for below a group (`loss`), or anywhere if `group` is nil.
  static func resolve(_ name: String, in group: String?) -> Resolution {
    let full = group.map { $0 + "." + name } ?? name
    if let setting = definition(named: full) { return .setting(setting) }
    if group == nil, groups.contains(full) {
      return .group(full, main: mainSettings[full].flatMap(definition(named:)))
    }
    let inGroup = settings.filter { setting in
      group.map { setting.name.hasPrefix($0 + ".") } ?? true
    }
    if let setting = inGroup.first(where: { $0.symbols.contains(name) }) {
      return .setting(setting)
    }
    let matches = inGroup.filter { $0.lastPart == name }
    if matches.count > 1 { return .ambiguous(matches.map(\.name)) }
    if let setting = matches.first { return .setting(setting) }
    return .unknown(suggestion: suggestion(for: name, among: inGroup, in: group))
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
    "lr_scheduler": "schedule", "data": "dataset", "beta": "alpha", "criterion": "loss",
  ]

  private static func isUnique(_ lastPart: String) -> Bool {
    (settings + batchParts).filter { $0.lastPart == lastPart }.count == 1
  }

  private static func suggestion(
    for name: String, among settings: [SettingDefinition], in group: String?
  ) -> String? {
    if let foreign = foreignNames[name.lowercased()], group == nil { return "'\(foreign)'" }
    let built = settings.filter { !$0.isPlanned }
    var candidates = built.map(\.lastPart) + built.flatMap(\.symbols).filter { $0.count > 1 }
    if group == nil { candidates += built.map(\.name) + groups.sorted() }
    return NearestSpelling.suggestion(for: name, among: candidates).map { "'\($0)'" }
  }
}
