/// A job while its settings are put together, layer over layer.
struct JobDraft: Sendable {
  private(set) var settings: [String: SettingValue]
  private(set) var origins: [String: SettingOrigin]
  /// Where the settings that are not defaults were given.
  private(set) var places: [String: SweepDiagnostic.Place] = [:]
  /// Whether `select` had to become `last`, for want of validation classes.
  private(set) var lostSelection = false

  init() {
    // There is one loss so far; the defaults of its settings hold for every job.
    settings = SettingsCatalog.defaults(loss: "ranked_list")
    origins = settings.mapValues { _ in .defaults }
  }

  /// Later layers go over earlier ones. `P` and `K` change their part of `batch` only.
  mutating func apply(_ assignments: [Assignment]) {
    for assignment in assignments {
      var (name, value) = (assignment.setting, assignment.value)
      if let part = value.integer, name == "P" || name == "K", var shape = batch {
        if name == "P" { shape.classes = part } else { shape.items = part }
        (name, value) = ("batch", .text(shape.text))
      }
      settings[name] = value
      origins[name] = assignment.origin
      places[name] = assignment.place
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

  /// The value of a setting, or of `P` or `K`.
  func value(of name: String) -> SettingValue {
    switch name {
    case "P": batch.map { .number(Double($0.classes)) } ?? .null
    case "K": batch.map { .number(Double($0.items)) } ?? .null
    default: settings[name] ?? .null
    }
  }
}
