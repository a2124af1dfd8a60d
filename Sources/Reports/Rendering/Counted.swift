/// A number with its noun: `1 job`, `2 jobs`.
package struct Counted: CustomStringConvertible {
  private let count: Int
  private let noun: String

  /// `plural` where it is not the noun with an s.
  package init(_ count: Int, _ noun: String, plural: String? = nil) {
    self.count = count
    self.noun = count == 1 ? noun : plural ?? noun + "s"
  }

  package var description: String { "\(count) \(noun)" }
}
