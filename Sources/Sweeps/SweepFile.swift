/// A value given to a setting, with where it was written.
struct Assignment: Sendable {
  /// Name of the setting; `P` and `K` for the parts of `batch`.
  var setting: String
  /// `null` where it follows from other settings, or is no value for any owner of the setting.
  var value: SettingValue
  var origin: SettingOrigin
  var place: SweepDiagnostic.Place
  /// SQL over the job's other settings that gives the value.
  var expression: String?
  /// Why it is no value, for each choice of the owner that refuses it.
  var refusals: [String: SweepDiagnostic] = [:]

  init(
    setting: String, value: SettingValue, origin: SettingOrigin, place: SweepDiagnostic.Place,
    expression: String? = nil
  ) {
    self.setting = setting
    self.value = value
    self.origin = origin
    self.place = place
    self.expression = expression
  }
}

/// The content of a sweep file: types, names and single values are right.
struct SweepFile: Sendable {
  /// What must hold for an axis to apply to a job: the setting has one of these values.
  struct Condition: Sendable, Hashable {
    var setting: String
    var values: Set<SettingValue>
  }

  /// One axis, or several settings that move together: each row assigns all of them.
  struct Axis: Sendable {
    /// The two ends where values are drawn from an interval.
    var rows: [[Assignment]]
    /// All must hold; where they do not, the axis leaves a job as it is.
    var conditions: [Condition] = []
    var interval: DrawnInterval?
    var place: SweepDiagnostic.Place

    var settings: [String] { rows.first?.map(\.setting) ?? [] }
  }

  struct Expression: Sendable {
    var text: String
    var place: SweepDiagnostic.Place
  }

  var name: String
  var description: String?
  var base: [Assignment]
  /// In file order; the last one is the fastest.
  var axes: [Axis]
  /// Axes of which each is tried alone around `base`, at every combination of the other axes.
  var ablations: [Axis]
  /// Nil where the file has none.
  var folds: [Assignment]?
  /// Nil where the file has none.
  var seeds: [Assignment]?
  var exclude: [Expression]
  /// Extra jobs, each as the settings it gives.
  var include: [[Assignment]]
  var objective: Objective
  var objectivePlace: SweepDiagnostic.Place
  /// Empty where the nightly is to judge by nothing but bits.
  var gate: [GateRule]
  /// Of each of them.
  var gatePlaces: [SweepDiagnostic.Place]
  var strategy: SweepStrategy
  var comparisonProtocol: ComparisonProtocol?
  var resources: JobResources
  /// Nil where the search is all there is.
  var repetition: Repetition?
  var repetitionPlace: SweepDiagnostic.Place?
  var maxJobs: Int
  /// What is allowed but worth a second look, one line each.
  var warnings: [String]

  static let defaultMaxJobs = 10_000
}

extension SweepFile {
  /// Overridden axes keep their place with one value; overridden seeds become the one given.
  mutating func override(by overrides: [Assignment]) {
    for override in overrides {
      let hidden =
        override.setting == "batch"
        ? ["batch", "P", "K"]
        : SettingsCatalog.dataRivals(of: override.setting) + [override.setting]
      Self.replace(hidden, by: override, in: &axes)
      Self.replace(hidden, by: override, in: &ablations)
      if override.setting == "seed" { seeds = nil }
      if override.setting == "dataset.validation" { folds = nil }
    }
  }

  private static func replace(
    _ hidden: [String], by override: Assignment, in axes: inout [Axis]
  ) {
    for index in axes.indices where !hidden.allSatisfy({ !axes[index].settings.contains($0) }) {
      axes[index].interval = nil
      axes[index].rows = axes[index].rows.map { row in
        row.compactMap { cell in
          guard hidden.contains(cell.setting) else { return cell }
          return cell.setting == override.setting ? override : nil
        }
      }
      if axes[index].settings.allSatisfy({ $0 == override.setting }) {
        axes[index].rows = Array(axes[index].rows.prefix(1))
      }
    }
    axes.removeAll { $0.settings.isEmpty }
  }
}
