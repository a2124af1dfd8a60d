/// What features score on the test classes without a trained model.
package struct FeatureBaseline: Sendable, Hashable {
  /// What was done to the features, fitted on the training rows.
  package enum Kind: String, CaseIterable, Sendable {
    case raw
    case centered
    /// Principal components, each of unit variance.
    case whitened
    /// Linear discriminant analysis.
    case lda
  }

  package var kind: Kind
  /// By names without a split, as `recall@1`.
  package var figures: [String: Double]

  package init(_ kind: Kind, figures: [String: Double]) {
    self.kind = kind
    self.figures = figures
  }
}
