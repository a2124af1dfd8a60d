extension TrainingConfiguration {
  /// One step of preprocessing, fitted on the training rows as the steps before leave them.
  package enum PreprocessingStep: Sendable, Hashable {
    /// Each row at unit length: `l2`.
    case unitLength
    /// The mean of the training rows subtracted: `center`.
    case center
    /// The mean subtracted and the directions of largest variance kept: `{pca: d}`.
    case principalComponents(Int)
    /// The same, each brought to unit variance over the training rows: `{whiten: d}`.
    case whitened(Int)

    /// As sweep files call it.
    package var name: String {
      switch self {
      case .unitLength: "l2"
      case .center: "center"
      case .principalComponents: "pca"
      case .whitened: "whiten"
      }
    }

    /// Columns that are left; nil for all.
    package var components: Int? {
      switch self {
      case .unitLength, .center: nil
      case .principalComponents(let count), .whitened(let count): count
      }
    }
  }
}
