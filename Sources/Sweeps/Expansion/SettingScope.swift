/// Which losses and optimisers the jobs of a sweep can have, and what that means for settings that
/// only some of them own: one that no job can have is wrong, and so is a value that its owner does
/// not take.
struct SettingScope {
  private let content: SweepFile
  private let overrides: [Assignment]
  /// Selectors of which a value could not be read; what they own is not judged.
  private let unread: Set<String>
  private(set) var diagnostics: [SweepDiagnostic] = []
  /// What is as it should be but worth knowing, one line each.
  private(set) var notes: [String] = []

  init(content: SweepFile, overrides: [Assignment], unread: Set<String>) {
    self.content = content
    self.overrides = overrides
    self.unread = unread
  }

  /// Looks at every value of the file and of the command line.
  mutating func check() {
    let scope = self
    for assignment in content.base + overrides {
      check(assignment, in: scope.everywhere, isCommon: true)
    }
    for axis in content.axes + content.ablations { check(axis) }
    for row in content.include {
      for assignment in row {
        check(assignment, in: { scope.alone(row, selector: $0) }, isCommon: false)
      }
    }
  }

  /// Whether an axis leaves some jobs of the grid as they are, for want of the settings.
  static func isPartial(
    _ axis: SweepFile.Axis, in content: SweepFile, overrides: [Assignment]
  ) -> Bool {
    let scope = SettingScope(content: content, overrides: overrides, unread: [])
    return axis.settings.allSatisfy { setting in
      let owners = SettingsCatalog.definitions(named: setting).compactMap(\.owner)
      guard let selector = owners.first?.selector else { return false }
      return !scope.inGrid(selector).isSubset(of: owners.flatMap(\.choices))
    }
  }

  // MARK: What a selector can be

  private func overridden(_ selector: String) -> String? {
    overrides.last { $0.setting == selector }?.value.text
  }

  private func common(_ selector: String) -> String {
    overridden(selector) ?? content.base.last { $0.setting == selector }?.value.text
      ?? SettingsCatalog.selectors[selector] ?? ""
  }

  private func inGrid(_ selector: String) -> Set<String> {
    if let choice = overridden(selector) { return [choice] }
    let axes = content.axes.filter { $0.settings.contains(selector) }
    var choices = Set(axes.flatMap { $0.rows.flatMap { Self.choices(of: selector, in: $0) } })
    if axes.allSatisfy({ !$0.conditions.isEmpty }) { choices.insert(common(selector)) }
    return choices
  }

  /// In an included job, which takes only this row.
  private func alone(_ row: [Assignment], selector: String) -> Set<String> {
    if let choice = overridden(selector) { return [choice] }
    return [Self.choices(of: selector, in: row).last ?? common(selector)]
  }

  private func everywhere(_ selector: String) -> Set<String> {
    let ablated = content.ablations.flatMap(\.rows).flatMap { Self.choices(of: selector, in: $0) }
    let common = inGrid(selector).union(overridden(selector) == nil ? ablated : [])
    return content.include.reduce(into: common) { $0.formUnion(alone($1, selector: selector)) }
  }

  private static func choices(of selector: String, in row: [Assignment]) -> [String] {
    row.filter { $0.setting == selector }.compactMap(\.value.text)
  }

  // MARK: Judging

  private mutating func check(_ axis: SweepFile.Axis) {
    let scope = self
    var met: Set<String> = []
    var strangers: Set<String> = []
    for row in axis.rows {
      for assignment in row where !strangers.contains(assignment.setting) {
        let isFirst = met.insert(assignment.setting).inserted
        let isKnown = check(
          assignment, in: { scope.choices(of: $0, for: axis, row: row) },
          isCommon: isFirst && axis.conditions.isEmpty)
        if !isKnown { strangers.insert(assignment.setting) }
      }
    }
  }

  private func choices(
    of selector: String, for axis: SweepFile.Axis, row: [Assignment]
  ) -> Set<String> {
    let own = Set(Self.choices(of: selector, in: row))
    var choices = own.isEmpty ? inGrid(selector) : own
    for condition in axis.conditions where condition.setting == selector {
      choices.formIntersection(condition.values.compactMap(\.text))
    }
    return choices
  }

  /// False where no job can have the setting.
  ///
  /// - Parameter isCommon: Whether jobs that lack the setting just go without it.
  @discardableResult private mutating func check(
    _ assignment: Assignment, in choices: (String) -> Set<String>, isCommon: Bool
  ) -> Bool {
    let owners = SettingsCatalog.definitions(named: assignment.setting).compactMap(\.owner)
    guard let selector = owners.first?.selector else { return true }
    let able = owners.flatMap(\.choices)
    guard !unread.contains(selector) else {
      if assignment.value == .null, assignment.expression == nil,
        let refusal = assignment.firstRefusal
      {
        report(refusal)
      }
      return true
    }
    let possible = choices(selector)
    let owning = able.filter(possible.contains)
    guard !owning.isEmpty else {
      // A condition that no job meets is reported where jobs are made.
      if !possible.isEmpty { report(stranger(assignment, able, possible, selector)) }
      return false
    }
    for choice in owning {
      guard let refusal = assignment.refusals[choice] else { continue }
      let problem = possible.count == 1 ? refusal : refusal.naming(choice, of: assignment.setting)
      report(problem)
    }
    if isCommon, owning.count < possible.count {
      let note = SweepDiagnostic(
        code: .relation, place: assignment.place,
        message: "\(assignment.setting) is a setting of \(Self.listed(able)) and applies to "
          + "\(able.count == 1 ? "its" : "their") jobs only"
      ).headline
      if !notes.contains(note) { notes.append(note) }
    }
    return true
  }

  /// Once: an override stands in the place of what it overrides as well.
  private mutating func report(_ problem: SweepDiagnostic) {
    if !diagnostics.contains(problem) { diagnostics.append(problem) }
  }

  private func stranger(
    _ assignment: Assignment, _ able: [String], _ possible: Set<String>, _ selector: String
  ) -> SweepDiagnostic {
    let group = String(selector.split(separator: ".")[0])
    let lastPart = assignment.setting.split(separator: ".").last.map(String.init) ?? ""
    let members = SettingsCatalog.members(of: group, choosing: [selector: possible])
    return SweepDiagnostic(
      code: .unknownName, place: assignment.place,
      message: "\(assignment.setting) is a setting of \(Self.listed(able)), not of "
        + Self.listed(possible.sorted()),
      allowed: possible.count == 1
        ? "settings of \(possible.first ?? ""): "
          + members.filter { $0 != "name" }.joined(separator: ", ") : nil,
      suggestion: SettingsCatalog.foreignName(lastPart).map { "'\($0)'" })
  }

  private static func listed(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension SweepDiagnostic {
  /// The same about a setting of one of its owners.
  fileprivate func naming(_ owner: String, of setting: String) -> Self {
    guard message.hasPrefix(setting) else { return self }
    return Self(
      code: code, place: place,
      message: "\(setting) of \(owner)" + message.dropFirst(setting.count), allowed: allowed,
      suggestion: suggestion)
  }
}
