/// A value given to a setting, with where it was written.
struct Assignment: Sendable {
  /// Name of the setting; `P` and `K` for the parts of `batch`.
  var setting: String
  var value: SettingValue
  var origin: SettingOrigin
  var place: SweepDiagnostic.Place
}

/// The content of a sweep file: types, names and single values are right.
struct SweepFile: Sendable {
  /// One axis, or several settings that move together: each row assigns all of them.
  struct Axis: Sendable {
    var rows: [[Assignment]]
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
  /// Nil where the file has none.
  var seeds: [Assignment]?
  var exclude: [Expression]
  /// Extra jobs, each as the settings it gives.
  var include: [[Assignment]]
  var objective: Objective
  var objectivePlace: SweepDiagnostic.Place
  var maxJobs: Int
  /// What is allowed but worth a second look, one line each.
  var warnings: [String]

  static let defaultMaxJobs = 10_000
}
