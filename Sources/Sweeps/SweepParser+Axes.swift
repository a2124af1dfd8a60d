/// `sweep` and `zip`: the axes and their values.
extension SweepParser {
  /// In file order, whichever of the two comes first.
  mutating func axes(_ entries: [DocumentNode.Entry]) -> [SweepFile.Axis] {
    var axes: [SweepFile.Axis] = []
    var found: [FoundSetting] = []
    for entry in entries where !entry.value.isNothing {
      switch entry.key.scalar {
      case "sweep":
        guard let inner = entry.value.mapping else {
          report(
            .badValue, entry.value.position, "sweep cannot be '\(entry.value.typed)'",
            allowed: "settings and the values to try, as {alpha: [1.0, 1.2]}")
          continue
        }
        let settings = findSettings(in: inner, group: nil)
        found += settings
        for setting in settings {
          axes.append(.init(rows: values(of: setting).map { [$0] }))
        }
      case "zip":
        axes += zippedAxes(entry.value, found: &found)
      default: break
      }
    }
    reportRepeated(found)
    return axes
  }

  private mutating func zippedAxes(
    _ node: DocumentNode, found: inout [FoundSetting]
  )
    -> [SweepFile.Axis]
  {
    guard let groups = node.sequence else {
      report(
        .badValue, node.position, "zip cannot be '\(node.typed)'",
        allowed: "a list of axes that move together, as [{alpha: [1.0, 1.2], m: [0.2, 0.4]}]")
      return []
    }
    var axes: [SweepFile.Axis] = []
    for group in groups {
      guard let entries = group.mapping else {
        report(
          .badValue, group.position, "zip cannot have '\(group.typed)'",
          allowed: "axes that move together, as {alpha: [1.0, 1.2], m: [0.2, 0.4]}")
        continue
      }
      let settings = findSettings(in: entries, group: nil)
      found += settings
      let columns = settings.map { values(of: $0, isZipped: true) }
      let lengths = columns.map(\.count)
      guard Set(lengths).count == 1, let length = lengths.first else {
        reportLengths(settings, lengths, group.position)
        continue
      }
      axes.append(.init(rows: (0..<length).map { row in columns.map { $0[row] } }))
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

  /// The values of one axis; empty where they were reported.
  private mutating func values(of found: FoundSetting, isZipped: Bool = false) -> [Assignment] {
    let name = found.definition.name
    if found.definition.isPlanned {
      _ = assignment(found, value: found.value)
      return []
    }
    guard let nodes = domain(found) else { return [] }
    guard !nodes.isEmpty else {
      report(
        .badValue, found.value.position, "the axis \(name) is empty",
        allowed: "at least one value; remove the axis to use the default")
      return []
    }
    var values: [Assignment] = []
    var first: [SettingValue: String] = [:]
    for node in nodes {
      guard let value = assignment(found, value: node) else { continue }
      if !isZipped, let earlier = first[value.value] {
        let note = earlier == node.typed ? "" : " ('\(earlier)' and '\(node.typed)' are one value)"
        report(
          .badValue, node.position,
          "the axis \(name) has the value \(value.value.display) twice\(note)",
          allowed: "each value once")
      }
      first[value.value] = node.typed
      values.append(value)
    }
    return values.count == nodes.count ? values : []
  }

  private mutating func domain(_ found: FoundSetting) -> [DocumentNode]? {
    let node = found.value
    let name = found.definition.name
    if let nodes = node.sequence { return nodes }
    guard let entries = node.mapping else {
      let example = node.isNothing ? "…" : node.typed
      report(
        .badValue, node.isNothing ? found.key.position : node.position,
        "the axis \(name) is no list" + (node.isNothing ? "" : ": '\(node.typed)'"),
        allowed: "a list, as [\(example)], a range, linspace or logspace; one value for all jobs "
          + "belongs under base")
      return nil
    }
    guard let entry = entries.first, let word = entry.key.scalar else {
      report(
        .badValue, node.position, "the axis \(name) cannot be '\(node.typed)'",
        allowed: Self.domains)
      return nil
    }
    guard ["range", "linspace", "logspace"].contains(word) else {
      reportDomain(entries, word: word, name: name)
      return nil
    }
    guard entries.count == 1, let arguments = entry.value.sequence?.map(\.scalar),
      !arguments.contains(nil)
    else {
      let stray = entries.dropFirst().first.map(\.key) ?? entry.value
      let isPlanned = stray.scalar == "when"
      report(
        isPlanned ? .notBuiltYet : .badValue, stray.position,
        isPlanned ? "'when' is not built yet" : "\(word) cannot be '\(stray.typed)'",
        allowed: Self.domains)
      return nil
    }
    return sequence(word, arguments.compactMap(\.self), at: entry.value.position)
  }

  private mutating func sequence(
    _ word: String, _ arguments: [String], at position: SourceText.Position
  ) -> [DocumentNode]? {
    do {
      let values =
        switch word {
        case "range": try NumberSequence.range(arguments)
        case "linspace": try NumberSequence.linspace(arguments)
        default: try NumberSequence.logspace(arguments)
        }
      if let warning = values.warning { warn(position, warning) }
      return values.texts.map {
        DocumentNode(content: .scalar($0, isPlain: true), position: position)
      }
    } catch {
      report(.badValue, position, error.message, allowed: error.allowed)
      return nil
    }
  }

  private static let domains =
    "a list, {range: [start, stop, step]}, {linspace: [first, last, count]} or "
    + "{logspace: [first, last, count]}"

  private mutating func reportDomain(
    _ entries: [DocumentNode.Entry], word: String, name: String
  ) {
    let position = entries[0].key.position
    if let planned = Self.plannedDomains.first(where: { planned in
      entries.contains { $0.key.scalar == planned }
    }) {
      return report(.notBuiltYet, position, "'\(planned)' is not built yet", allowed: Self.domains)
    }
    let known = ["range", "linspace", "logspace"]
    let suggestion =
      Self.foreignDomains[word.lowercased()]
      ?? NearestSpelling.suggestion(for: word, among: known + Self.plannedDomains)
      .map { "'\($0)'" }
    report(
      .unknownName, position, "unknown domain '\(word)' of the axis \(name)",
      allowed: Self.domains, suggestion: suggestion)
  }

  private static let plannedDomains = [
    "uniform", "log_uniform", "int_uniform", "choice", "expr", "when",
  ]

  /// Words of other programs, and what stands for them here.
  private static let foreignDomains = [
    "values": "a plain list, as [1, 2]", "value": "a plain list, as [1]",
    "grid": "a plain list, as [1, 2]", "list": "a plain list, as [1, 2]",
    "grid_search": "a plain list, as [1, 2]", "min": "{range: [start, stop, step]}",
    "max": "{range: [start, stop, step]}", "start": "{range: [start, stop, step]}",
    "stop": "{range: [start, stop, step]}", "step": "{range: [start, stop, step]}",
    "loguniform": "'log_uniform'", "log": "'log_uniform'", "quniform": "'range'",
    "randint": "'int_uniform'", "int": "'int_uniform'", "arange": "'range'",
    "geomspace": "'logspace'", "distribution": "'uniform'", "categorical": "'choice'",
  ]
}
