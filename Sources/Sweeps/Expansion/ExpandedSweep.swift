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

  package var name: String
  package var description: String?
  /// As it was passed.
  package var file: String
  package var text: String
  /// SHA-256 of the text in UTF-8, 64 hexadecimal digits.
  package var textDigest: String
  /// In file order; axes that move together follow each other, with lists of one length.
  package var axes: [Axis]
  package var objective: Objective
  package var seeds: [Int]
  /// In job order: axes in file order, the last one fastest, seeds innermost; `include` at the end.
  package var jobs: [JobSpec]
  /// What is allowed but worth a second look, one line each.
  package var warnings: [String]
}
