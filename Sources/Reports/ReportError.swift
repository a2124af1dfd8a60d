/// Why a report cannot be given as it was asked for.
package struct ReportError: Error, CustomStringConvertible, Sendable {
  package enum Code: Sendable, Hashable {
    case unknownColumn
    case unknownMeasure
    case unknownCell
    case otherData
    case wrongSort
    case wrongTuning
    case tooFewRuns
    case nothingThere
    case wrongName
    /// What is to be a baseline lacks results.
    case notComplete
    /// What was judged a regression is a baseline for a reason only.
    case needsReason
  }

  package let code: Code
  package let description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
