/// `base`, `include` and whatever else names settings.
extension SweepParser {
  struct FoundSetting {
    /// One for each owner of the name.
    var definitions: [SettingDefinition]
    var key: DocumentNode
    var value: DocumentNode
    /// What must hold for it to apply.
    var conditions: [SweepFile.Condition] = []

    var name: String { definitions[0].name }
  }

  mutating func base(_ node: DocumentNode?) -> [Assignment] {
    node.map { assignments(of: $0, in: "base") } ?? []
  }

  mutating func include(_ node: DocumentNode?) -> [[Assignment]] {
    guard let node else { return [] }
    guard let elements = node.sequence else {
      report(
        .badValue, node.position, "include cannot be '\(node.typed)'",
        allowed: "a list of settings, as [{alpha: 2.0, m: 1.3}]")
      return []
    }
    var jobs: [[Assignment]] = []
    for element in elements { jobs.append(assignments(of: element, in: "include")) }
    return jobs
  }

  /// The settings of a mapping, each with one value.
  mutating func assignments(of node: DocumentNode, in section: String) -> [Assignment] {
    guard let entries = node.mapping else {
      report(
        .badValue, node.position, "\(section) cannot be '\(node.typed)'",
        allowed: "settings and their values, as {steps: 1000}")
      return []
    }
    let found = findSettings(in: entries, group: nil)
    reportRepeated(found)
    return found.compactMap { assignment($0, value: $0.value) }
  }

  /// Follows groups and aliases; names that lead nowhere are reported.
  mutating func findSettings(in entries: [DocumentNode.Entry], group: String?) -> [FoundSetting] {
    var found: [FoundSetting] = []
    for entry in entries {
      guard let name = entry.key.scalar else {
        report(.unknownName, entry.key.position, "a key is a word, not '\(entry.key.typed)'")
        continue
      }
      switch SettingsCatalog.resolve(name, in: group) {
      case .setting(let setting):
        found.append(
          .init(
            definitions: SettingsCatalog.definitions(named: setting), key: entry.key,
            value: entry.value))
      case .group(let group, let main):
        // A scalar or a list of them stands for the group's main setting.
        if let inner = entry.value.mapping, !Self.isDomain(inner) {
          found += findSettings(in: inner, group: group)
        } else if let main {
          found.append(
            .init(
              definitions: SettingsCatalog.definitions(named: main), key: entry.key,
              value: entry.value))
        } else {
          report(
            .badValue, entry.value.position,
            "\(name) is a group of settings and cannot be '\(entry.value.typed)'",
            allowed: members(of: group, beside: entries))
        }
      case .ambiguous(let names):
        report(
          .unknownName, entry.key.position,
          "'\(name)' is the last part of several settings", allowed: names.joined(separator: ", "))
      case .unknown(let suggestion):
        let place = group.map { " of \($0)" } ?? ""
        report(
          .unknownName, entry.key.position, "unknown setting\(place) '\(name)'",
          allowed: group.map { members(of: $0, beside: entries) }, suggestion: suggestion)
      }
    }
    namesFound.formUnion(found.map(\.name))
    return found
  }

  /// Reads a value, for each owner of the setting; nil where it was reported.
  mutating func assignment(_ found: FoundSetting, value node: DocumentNode) -> Assignment? {
    if node.firstKey == "expr" { return derived(found, node) }
    var result = Assignment(
      setting: found.name, value: .null, origin: source.settingOrigin(node.position),
      place: source.place(node.position))
    for definition in found.definitions {
      do {
        var value = try SettingReader(setting: definition).read(node)
        switch definition.form {
        case .path: value = try resolved(value, node)
        case .paths:
          let places = zip(value.list ?? [], node.sequence ?? [])
          value = .list(
            try places.map { path, node throws(SettingProblem) in try resolved(path, node) })
        default: break
        }
        if result.value == .null { result.value = value }
      } catch {
        let problem = error.diagnostic(in: source)
        guard let owner = definition.owner else {
          diagnostics.append(problem)
          if SettingsCatalog.selectors[definition.name] != nil {
            unreadSelectors.insert(definition.name)
          }
          return nil
        }
        for choice in owner.choices { result.refusals[choice] = problem }
      }
    }
    noteChoice(result)
    return result
  }

  /// One setting under two names, or `batch` beside one of its parts.
  mutating func reportRepeated(_ found: [FoundSetting]) {
    var first: [String: [FoundSetting]] = [:]
    for setting in found {
      let name = setting.name
      let rivals =
        switch name {
        case "batch": ["batch", "P", "K"]
        case "P", "K": [name, "batch"]
        default: SettingsCatalog.dataRivals(of: name) + [name]
        }
      let earlier = rivals.flatMap { first[$0] ?? [] }.first { !$0.excludes(setting) }
      if let earlier {
        let isRival = SettingsCatalog.dataRivals(of: name).contains(earlier.name)
        let what =
          isRival ? "the feature file" : name == "P" || name == "K" ? "part of batch" : name
        report(
          .conflict, setting.key.position,
          "'\(setting.key.typed)' gives \(what) again: '\(earlier.key.typed)' on line "
            + "\(earlier.key.position.line) gives it already",
          allowed: isRival ? "path, paths, or train with test" : nil)
      } else {
        first[name, default: []].append(setting)
      }
    }
  }

  // MARK: Parts

  /// `{expr: SQL}`: a value that follows from the job's other settings.
  private mutating func derived(_ found: FoundSetting, _ node: DocumentNode) -> Assignment? {
    guard let entry = node.mapping?.first, node.mapping?.count == 1, let text = entry.value.scalar,
      text.contains(where: { !$0.isWhitespace })
    else {
      report(
        .badValue, node.position, "expr cannot be '\(node.typed)'",
        allowed: "SQL over the names of other settings, as {expr: \"1 + m/2\"}")
      return nil
    }
    guard found.definitions.allSatisfy(\.canBeDerived) else {
      report(
        .badValue, node.position, "\(found.name) cannot be derived from other settings",
        allowed: found.definitions[0].allowed)
      return nil
    }
    return Assignment(
      setting: found.name, value: .null, origin: source.settingOrigin(node.position),
      place: source.place(node.position), expression: text)
  }

  /// Keeps which losses and optimisers were chosen so far, for messages.
  private mutating func noteChoice(_ assignment: Assignment) {
    guard SettingsCatalog.selectors[assignment.setting] != nil,
      let choice = assignment.value.text
    else { return }
    choices[assignment.setting, default: []].insert(choice)
  }

  private func resolved(
    _ path: SettingValue, _ node: DocumentNode
  ) throws(SettingProblem) -> SettingValue {
    let position = node.position
    do {
      return .text(
        try paths[position.document].resolved(path.text ?? "", isTyped: source.isOverride))
    } catch {
      throw SettingProblem(position: position, message: error.message, allowed: error.allowed)
    }
  }

  /// Whether a mapping in the place of a group is about the group's main setting.
  private static func isDomain(_ entries: [DocumentNode.Entry]) -> Bool {
    entries.contains { (AxisDomain.words + ["expr"]).contains($0.key.scalar ?? "") }
  }

  /// What the group has for the losses and optimisers chosen here, or so far.
  private func members(of group: String, beside entries: [DocumentNode.Entry]) -> String {
    var choices = choices
    for (selector, _) in SettingsCatalog.selectors where selector.hasPrefix(group + ".") {
      let lastPart = String(selector.dropFirst(group.count + 1))
      guard let node = entries.first(where: { $0.key.scalar == lastPart })?.value else { continue }
      choices[selector] = Set((node.sequence ?? [node]).compactMap(\.scalar))
    }
    return SettingsCatalog.members(of: group, choosing: choices).joined(separator: ", ")
  }
}

extension SweepParser.FoundSetting {
  /// Whether no job can have both.
  fileprivate func excludes(_ other: Self) -> Bool {
    conditions.contains { condition in
      other.conditions.contains {
        $0.setting == condition.setting && $0.values.isDisjoint(with: condition.values)
      }
    }
  }
}

extension SettingDefinition {
  /// What decides which settings a job has, and what the shell or the disk are asked about, stand
  /// as they are.
  fileprivate var canBeDerived: Bool {
    if SettingsCatalog.selectors[name] != nil { return false }
    return switch form {
    case .path, .paths, .word, .batchPart, .levels, .keys, .labelPattern: false
    default: true
    }
  }
}
