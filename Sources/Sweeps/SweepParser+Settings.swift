/// `base`, `include` and whatever else names settings.
extension SweepParser {
  struct FoundSetting {
    var definition: SettingDefinition
    var key: DocumentNode
    var value: DocumentNode
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
      case .setting(let definition):
        found.append(.init(definition: definition, key: entry.key, value: entry.value))
      case .group(let group, let main):
        if let inner = entry.value.mapping {
          found += findSettings(in: Self.relevant(inner, main: main), group: group)
        } else if let main {
          found.append(.init(definition: main, key: entry.key, value: entry.value))
        } else {
          report(
            .badValue, entry.value.position,
            "\(name) is a group of settings and cannot be '\(entry.value.typed)'",
            allowed: Self.members(of: group))
        }
      case .ambiguous(let names):
        report(
          .unknownName, entry.key.position,
          "'\(name)' is the last part of several settings", allowed: names.joined(separator: ", "))
      case .unknown(let suggestion):
        let place = group.map { " of \($0)" } ?? ""
        report(
          .unknownName, entry.key.position, "unknown setting\(place) '\(name)'",
          allowed: group.map(Self.members(of:)), suggestion: suggestion)
      }
    }
    namesFound.formUnion(found.map(\.definition.name))
    return found
  }

  /// Reads a value; nil where it was reported.
  mutating func assignment(_ found: FoundSetting, value node: DocumentNode) -> Assignment? {
    do {
      var value = try SettingReader(setting: found.definition).read(node)
      if case .path = found.definition.form, let path = value.text {
        value = .text(try resolved(path, at: node.position))
      }
      return Assignment(
        setting: found.definition.name, value: value, origin: source.settingOrigin(node.position),
        place: source.place(node.position))
    } catch {
      diagnostics.append(error.diagnostic(in: source))
      return nil
    }
  }

  /// One setting under two names, or `batch` beside one of its parts.
  mutating func reportRepeated(_ found: [FoundSetting]) {
    var first: [String: FoundSetting] = [:]
    for setting in found {
      let name = setting.definition.name
      let rivals =
        switch name {
        case "batch": ["batch", "P", "K"]
        case "P", "K": [name, "batch"]
        default: [name]
        }
      if let earlier = rivals.compactMap({ first[$0] }).first {
        let what = name == "P" || name == "K" ? "part of batch" : name
        report(
          .conflict, setting.key.position,
          "'\(setting.key.typed)' gives \(what) again: '\(earlier.key.typed)' on line "
            + "\(earlier.key.position.line) gives it already")
      } else {
        first[name] = setting
      }
    }
  }

  private func resolved(
    _ path: String, at position: SourceText.Position
  ) throws(SettingProblem)
    -> String
  {
    do {
      return try paths.resolved(path, isTyped: source.isOverride)
    } catch {
      throw SettingProblem(position: position, message: error.message, allowed: error.allowed)
    }
  }

  /// Of a loss or an optimiser that is not built, only its name is looked at: its parameters are
  /// not known yet, which does not make them misspelt.
  private static func relevant(
    _ entries: [DocumentNode.Entry], main: SettingDefinition?
  )
    -> [DocumentNode.Entry]
  {
    guard case .choice(_, let planned) = main?.form else { return entries }
    let unbuilt = entries.filter {
      $0.key.scalar == "name" && planned.contains($0.value.scalar ?? "")
    }
    return unbuilt.isEmpty ? entries : unbuilt
  }

  private static func members(of group: String) -> String {
    SettingsCatalog.settings.filter { $0.name.hasPrefix(group + ".") && !$0.isPlanned }
      .map(\.lastPart).joined(separator: ", ")
  }
}
