/// A number with its noun: `1 job`, `2 jobs`.
package struct Counted: CustomStringConvertible {
  private let count: Int
  private let noun: String

  package init(_ count: Int, _ noun: String) {
    self.count = count
    self.noun = noun
  }

  package var description: String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
