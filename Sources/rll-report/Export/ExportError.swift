import CommandSupport

/// Why something cannot be exported.
struct ExportError: ExitCoded, CustomStringConvertible {
  enum Code {
    /// The run has no such weights.
    case noWeights
    /// No form of files is named so.
    case unknownForm
    /// The form cannot hold it.
    case tooLarge
    case unwritable
  }

  let code: Code
  let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  var commandExit: CommandExit {
    switch code {
    case .noWeights, .unknownForm, .tooLarge: .usage
    case .unwritable: .inputOutput
    }
  }
}
