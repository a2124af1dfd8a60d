/// What a finished run leaves.
package struct TrainingOutcome: Sendable, Equatable {
  /// The weights that were chosen, with their measures on the validation classes.
  package let selected: TrainingState.Snapshot
  package let last: TrainingState.Snapshot
  /// Measures of the selected weights on the test classes.
  package let test: [MeasuredValue]
  /// Of each query among the test rows, in their order.
  package let queries: [QueryOutcome]
}
