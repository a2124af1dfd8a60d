import CommandSupport

/// Why no embeddings can be made.
struct EmbeddingError: ExitCoded, CustomStringConvertible {
  enum Code {
    /// The run has no such weights.
    case noWeights
    /// The features are not those that the model takes.
    case otherFeatures
    /// The model gives nothing that has a direction.
    case noDirection
    /// A signal.
    case stopped(CommandExit)
  }

  let code: Code
  let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  var commandExit: CommandExit {
    switch code {
    case .noWeights: .usage
    case .otherFeatures: .badData
    case .noDirection: .failed
    case .stopped(let exit): exit
    }
  }
}
