import CommandSupport

/// Why a stored run cannot be run again.
struct VerificationError: ExitCoded, CustomStringConvertible {
  enum Code {
    /// It has no results to compare with.
    case notCompleted
    case dataMissing
    /// It did not come to an end of its own.
    case notRunAgain
  }

  let code: Code
  let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  var commandExit: CommandExit {
    switch code {
    case .notCompleted: .usage
    case .dataMissing: .badData
    case .notRunAgain: .failed
    }
  }
}
