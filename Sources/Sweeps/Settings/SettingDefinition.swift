/// One row of the catalog: what a setting is called, what it may be, and what it is by default.
package struct SettingDefinition: Sendable {
  /// Dotted, as in a store.
  package let name: String
  /// Nil where the setting is required, or absent unless given.
  package let defaultValue: SettingValue?
  /// Names it has besides `name` and its last part.
  package let symbols: [String]
  /// What may be written, as a message says it.
  package let allowed: String
  /// The loss it belongs to; nil for all.
  package let loss: String?
  /// Whether it is part of the job key where it differs from its default.
  package let countsInKey: Bool
  let form: SettingForm

  init(
    _ name: String, _ form: SettingForm, default defaultValue: SettingValue? = nil,
    symbols: [String] = [], allowed: String, loss: String? = nil, countsInKey: Bool = true
  ) {
    self.name = name
    self.form = form
    self.defaultValue = defaultValue
    self.symbols = symbols
    self.allowed = allowed
    self.loss = loss
    self.countsInKey = countsInKey
  }

  var lastPart: String { name.split(separator: ".").last.map(String.init) ?? name }

  /// A setting that is documented, but not in this version.
  static func planned(_ name: String) -> Self {
    Self(name, .planned, allowed: "nothing in this version")
  }

  var isPlanned: Bool {
    if case .planned = form { true } else { false }
  }
}

/// What kind of value a setting takes.
enum SettingForm: Sendable {
  /// Closed interval; `isOpenBelow` leaves the lower end out. Infinity only where it is the end.
  case number(from: Double, to: Double, isOpenBelow: Bool)
  case integer(from: Int, to: Int)
  /// A truth value of which only one is built.
  case onlyBool(Bool)
  case choice([String], planned: [String])
  case path
  case levels
  case split
  case preprocess
  case validation
  case hidden
  case batch
  case schedule
  case recallAt
  case fewShot
  case keep
  /// Part of `batch`.
  case batchPart
  case planned
}
