/// A job while its settings are put together.
struct JobDraft: Sendable {
  private(set) var settings: [String: SettingValue]
  private(set) var origins: [String: SettingOrigin]
  /// Where the settings that are not defaults were given.
  private(set) var places: [String: SweepDiagnostic.Place] = [:]
  /// Settings that follow from the others and have no value yet.
  private(set) var derivations: [String: Assignment] = [:]
  /// Settings that followed from the others.
  private(set) var derived: Set<String> = []
  /// Whether `select` had to become `last`, for want of validation classes.
  private(set) var lostSelection = false

  /// Defaults, and over them what is assigned; later goes over earlier. A setting that the job's
  /// loss or optimiser lacks is left out, `P` and `K` change their part of `batch` only, and a way
  /// to name the feature files takes the place of another.
  init(_ assignments: [Assignment]) {
    var choices: [String: SettingValue] = [:]
    for assignment in assignments where SettingsCatalog.selectors[assignment.setting] != nil {
      choices[assignment.setting] = assignment.value
    }
    settings = SettingsCatalog.defaults(choosing: choices)
    origins = settings.mapValues { _ in .defaults }
    for assignment in assignments { apply(assignment) }
  }

  private mutating func apply(_ assignment: Assignment) {
    var (name, value) = (assignment.setting, assignment.value)
    guard SettingsCatalog.definition(named: name, in: settings) != nil else { return }
    if let part = value.integer, name == "P" || name == "K", var shape = batch {
      if name == "P" { shape.classes = part } else { shape.items = part }
      (name, value) = ("batch", .text(shape.text))
    }
    for rival in SettingsCatalog.dataRivals(of: name) {
      settings[rival] = nil
      origins[rival] = nil
      places[rival] = nil
    }
    let isDerived = assignment.expression != nil
    derivations[name] = isDerived ? assignment : nil
    settings[name] = isDerived ? nil : value
    origins[name] = assignment.origin
    places[name] = assignment.place
  }

  /// Gives a derived setting its value, if the value is allowed.
  mutating func derive(_ name: String, _ value: SettingValue) throws(SweepDiagnostic) {
    guard let derivation = derivations[name],
      let definition = SettingsCatalog.definition(named: name, in: settings)
    else { return }
    let position = SourceText.Position(line: 1, column: 1)
    let node = DocumentNode(
      content: .scalar(value.display, isPlain: value.text == nil), position: position)
    do {
      settings[name] = try SettingReader(setting: definition).read(node)
      derivations[name] = nil
      derived.insert(name)
    } catch {
      throw SweepDiagnostic(
        code: error.code, place: derivation.place,
        message: "\(error.message), which '\(derivation.expression ?? "")' gives",
        allowed: error.allowed)
    }
  }

  /// Without validation classes nothing can be selected.
  mutating func settle() {
    guard settings["dataset.validation"]?.number == 0, settings["select"]?.text == "best" else {
      return
    }
    settings["select"] = .text("last")
    lostSelection = true
  }

  var batch: BatchShape? { settings["batch"]?.text.flatMap(BatchShape.init) }

  var loss: String { settings["loss.name"]?.text ?? "" }

  /// The value of a setting, or of `P` or `K`.
  func value(of name: String) -> SettingValue {
    switch name {
    case "P": batch.map { .number(Double($0.classes)) } ?? .null
    case "K": batch.map { .number(Double($0.items)) } ?? .null
    default: settings[name] ?? .null
    }
  }

  func meets(_ conditions: [SweepFile.Condition]) -> Bool {
    conditions.allSatisfy { $0.values.contains(value(of: $0.setting)) }
  }
}
