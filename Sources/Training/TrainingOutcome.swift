/// What a finished run leaves.
package struct TrainingOutcome: Sendable, Equatable {
  package let selectedStep: Int
  package let lastStep: Int
  /// Measures of the selected weights on the test classes.
  package let test: [MeasuredValue]
  /// Measures of the selected weights on the validation classes; empty where there are none.
  package let selectedValidation: [MeasuredValue]
  /// The same of the last weights.
  package let lastValidation: [MeasuredValue]
  /// `embedding × dimension`, row-major.
  package let selectedWeights: [Float]
  package let lastWeights: [Float]
  package let preprocessing: [TrainingConfiguration.PreprocessingStep]
  /// What preprocessing subtracts from a row.
  package let mean: [Float]
  package let embedding: Int
  package let dimension: Int
}
