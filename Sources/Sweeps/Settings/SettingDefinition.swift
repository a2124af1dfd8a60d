/// One row of the catalog: what a setting is called, what it may be, and what it is by default.
///
/// Several losses may have a setting of one name, each with a row of its own.
package struct SettingDefinition: Sendable {
  /// The setting whose value decides whether a job has this one, as `loss.name`.
  package struct Owner: Sendable, Hashable {
    package let selector: String
    /// The values of `selector` with which a job has the setting.
    package let choices: [String]
  }

  /// Dotted, as in a store.
  package let name: String
  /// Nil where the setting is required, or absent unless given.
  package let defaultValue: SettingValue?
  /// Names it has besides `name` and its last part.
  package let symbols: [String]
  /// What may be written, as a message says it.
  package let allowed: String
  /// Nil where every job has the setting.
  package let owner: Owner?
  /// Whether it is part of the job key where it differs from its default.
  package let countsInKey: Bool
  let form: SettingForm

  init(
    _ name: String, _ form: SettingForm, default defaultValue: SettingValue? = nil,
    symbols: [String] = [], allowed: String, owner: Owner? = nil, countsInKey: Bool = true
  ) {
    self.name = name
    self.form = form
    self.defaultValue = defaultValue
    self.symbols = symbols
    self.allowed = allowed
    self.owner = owner
    self.countsInKey = countsInKey
  }

  var lastPart: String { name.split(separator: ".").last.map(String.init) ?? name }
}

extension SettingDefinition.Owner {
  static func loss(_ choices: String...) -> Self {
    Self(selector: "loss.name", choices: choices)
  }

  static func optimizer(_ choices: String...) -> Self {
    Self(selector: "optimizer.name", choices: choices)
  }
}

/// What kind of value a setting takes.
enum SettingForm: Sendable {
  /// Closed interval; `isOpenBelow` leaves the lower end out. Infinity only where it is the end.
  case number(from: Double, to: Double, isOpenBelow: Bool)
  case integer(from: Int, to: Int)
  case bool
  case choice([String])
  case path
  case paths
  case word
  case levels
  case keys
  case labelPattern
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
}

extension SettingForm {
  /// Above `low`, at most `high`.
  static func number(above low: Double, to high: Double = .greatestFiniteMagnitude) -> Self {
    .number(from: low, to: high, isOpenBelow: true)
  }

  static func number(from low: Double, to high: Double = .greatestFiniteMagnitude) -> Self {
    .number(from: low, to: high, isOpenBelow: false)
  }

  static func number(from low: Double, below high: Double) -> Self {
    .number(from: low, to: high.nextDown, isOpenBelow: false)
  }

  static func number(above low: Double, below high: Double) -> Self {
    .number(from: low, to: high.nextDown, isOpenBelow: true)
  }
}
