import Crypto

/// A sweep as jobs, checked and in order.
package struct ExpandedSweep: Sendable, Hashable {
  /// One swept setting.
  package struct Axis: Sendable, Hashable {
    /// The setting's dotted name; `P` or `K` where only a part of `batch` is swept.
    package var name: String
    package var values: [SettingValue]

    package init(name: String, values: [SettingValue]) {
      self.name = name
      self.values = values
    }
  }

  /// A sweep file over which another one lies.
  package struct Extended: Sendable, Hashable {
    package var file: String
    package var text: String
  }

  package var name: String
  package var description: String?
  /// As it was passed.
  package var file: String
  package var text: String
  /// The sweep files that this one extends, nearest first.
  package var extended: [Extended]
  /// In file order, those of `ablate` last; each setting once, with the values that jobs have.
  package var axes: [Axis]
  package var objective: Objective
  /// What the nightly gate judges by.
  package var gate: [GateRule]
  /// Where each of them stands.
  package var gatePlaces: [SweepDiagnostic.Place]
  package var strategy: SweepStrategy
  package var comparisonProtocol: ComparisonProtocol?
  /// What each job may take.
  package var resources: JobResources
  /// The second round, chosen when the jobs are done; nil where they are all there is.
  package var repetition: Repetition?
  /// How many folds every setting is run on; nil without cross-validation. The fold of a job stands
  /// in its `dataset.validation`.
  package var folds: Int?
  package var seeds: [Int]
  /// In job order: axes in file order, the last one fastest, or trials as they were drawn; then
  /// folds, seeds innermost; after all of them `ablate`, then `include`.
  package var jobs: [JobSpec]
  /// What is allowed but worth a second look, one line each.
  package var warnings: [String]
  /// What is as it should be but worth knowing when reading the plan, one line each: that an axis
  /// applies to the jobs of some losses only.
  package var notes: [String]

  /// The file and those that it extends, as they were read.
  package var wholeText: String {
    extended.reduce(text) { $0 + "\n# extends \($1.file):\n" + $1.text }
  }

  /// SHA-256 of the whole text in UTF-8, 64 hexadecimal digits.
  package var textDigest: String { SHA256.hexadecimal(of: wholeText) }
}
