/// `sweep`, `zip` and `ablate`: the axes.
extension SweepParser {
  /// In file order, whichever of `sweep` and `zip` comes first.
  mutating func axes(_ entries: [DocumentNode.Entry], drawing: Bool) -> [SweepFile.Axis] {
    var axes: [SweepFile.Axis] = []
    var found: [FoundSetting] = []
    let place = AxisPlace(
      refusesDraws: drawing ? nil : "but the strategy is grid, which tries every value")
    for entry in entries where !entry.value.isNothing {
      switch entry.key.scalar {
      case "sweep":
        guard let inner = entry.value.mapping else {
          report(
            .badValue, entry.value.position, "sweep cannot be '\(entry.value.typed)'",
            allowed: "settings and the values to try, as {alpha: [1.0, 1.2]}")
          continue
        }
        for var setting in findSettings(in: inner, group: nil) {
          setting.conditions = conditions(setting.value)
          found.append(setting)
          guard let (values, interval) = values(of: setting, in: place) else { continue }
          axes.append(
            .init(
              rows: values.map { [$0] }, conditions: setting.conditions, interval: interval,
              place: source.place(setting.key.position)))
        }
      case "zip": axes += groupedAxes(entry.value, key: "zip", found: &found)
      default: break
      }
    }
    reportRepeated(found)
    return axes
  }

  /// Each element of the list is one axis; settings within it move together.
  mutating func ablations(_ node: DocumentNode?) -> [SweepFile.Axis] {
    guard let node else { return [] }
    var found: [FoundSetting] = []
    return groupedAxes(node, key: "ablate", found: &found)
  }

  /// A list of axes, each of several settings that move together.
  private mutating func groupedAxes(
    _ node: DocumentNode, key: String, found: inout [FoundSetting]
  ) -> [SweepFile.Axis] {
    let isZip = key == "zip"
    let meaning = isZip ? "axes that move together" : "axes that are tried one at a time"
    let example = isZip ? "{alpha: [1.0, 1.2], m: [0.2, 0.4]}" : "{m: [0, 0.2]}"
    guard let groups = node.sequence else {
      report(
        .badValue, node.position, "\(key) cannot be '\(node.typed)'",
        allowed: "a list of \(meaning), as [\(example)]")
      return []
    }
    let place = AxisPlace(isZipped: true, refusesDraws: "which cannot be done under \(key)")
    var axes: [SweepFile.Axis] = []
    for group in groups {
      guard let entries = group.mapping else {
        report(
          .badValue, group.position, "\(key) cannot have '\(group.typed)'",
          allowed: "\(meaning), as \(example)")
        continue
      }
      let conditions = isZip ? conditions(group) : []
      var settings = findSettings(
        in: isZip ? entries.filter { $0.key.scalar != "when" } : entries, group: nil)
      for index in settings.indices { settings[index].conditions = conditions }
      if isZip { found += settings } else { reportRepeated(settings) }
      let columns = settings.map { values(of: $0, in: place)?.values ?? [] }
      let lengths = columns.map(\.count)
      guard Set(lengths).count == 1, let length = lengths.first, length > 0 else {
        reportLengths(settings, lengths, group.position)
        continue
      }
      axes.append(
        .init(
          rows: (0..<length).map { row in columns.map { $0[row] } }, conditions: conditions,
          place: source.place(group.position)))
    }
    return axes
  }

  private mutating func reportLengths(
    _ settings: [FoundSetting], _ lengths: [Int], _ position: SourceText.Position
  ) {
    // An axis without values has its own message already.
    guard !lengths.contains(0), !lengths.isEmpty else { return }
    let listed = zip(settings, lengths).map { "\($0.key.typed) has \($1)" }
    report(
      .badValue, position,
      "axes that move together have different lengths: " + listed.joined(separator: ", "),
      allowed: "lists of one length")
  }

  // MARK: Conditions

  /// What `when` in a mapping asks for; none where there is no `when`.
  private mutating func conditions(_ node: DocumentNode) -> [SweepFile.Condition] {
    guard let when = node.mapping?.first(where: { $0.key.scalar == "when" }) else { return [] }
    guard let entries = when.value.mapping, !entries.isEmpty else {
      report(
        .badValue, when.value.isNothing ? when.key.position : when.value.position,
        "when cannot be '\(when.value.typed)'",
        allowed: "settings and the values they must have, as {loss.name: triplet} or "
          + "{loss.name: [triplet, margin]}")
      return []
    }
    var conditions: [SweepFile.Condition] = []
    for setting in findSettings(in: entries, group: nil) {
      let isList = setting.definitions[0].form.isList
      let nodes = isList ? [setting.value] : setting.value.sequence ?? [setting.value]
      let values = nodes.compactMap { node -> SettingValue? in
        guard let value = assignment(setting, value: node) else { return nil }
        // No owner takes it: the first refusal says why.
        if value.value == .null, let refusal = value.firstRefusal { diagnostics.append(refusal) }
        return value.value
      }
      conditions.append(.init(setting: setting.name, values: Set(values)))
    }
    return conditions
  }
}

extension Assignment {
  /// In the order of the owner's choices.
  var firstRefusal: SweepDiagnostic? {
    SettingsCatalog.definitions(named: setting).compactMap { definition in
      definition.owner?.choices.compactMap { refusals[$0] }.first
    }.first
  }
}

extension SettingForm {
  /// Whether one value is written as a list.
  fileprivate var isList: Bool {
    switch self {
    case .paths, .levels, .preprocess, .hidden, .recallAt, .keep: true
    default: false
    }
  }
}
