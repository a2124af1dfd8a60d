/// A training run between two steps: its state, the job and the numerics that it belongs to, and
/// what else a process needs that goes on with it.
///
/// Gone on with under the same job key and numerics identity, it ends in the bits of a run that
/// was never disturbed.
package struct Checkpoint: Sendable, Equatable {
  /// Raised when the file changes; newer ones are refused.
  package static let schema = 1

  package var schema = Checkpoint.schema
  package var jobKey: String
  /// What the bits depend on besides job and data.
  package var numericsIdentity: String
  package var state: TrainingState
  /// Length of the file of measures at this step. What follows was measured later.
  package var historyBytes: Int
  /// SHA-256 of that much of it in hexadecimal; checkpoints of before do not say.
  package var historyDigest: String?
  /// What the run has cost up to here, over all its attempts.
  package var wallSeconds: Double
  package var processorSeconds: Double
  package var peakMemoryBytes: Int

  package init(
    jobKey: String, numericsIdentity: String, state: TrainingState, historyBytes: Int,
    historyDigest: String? = nil, wallSeconds: Double, processorSeconds: Double,
    peakMemoryBytes: Int
  ) {
    self.jobKey = jobKey
    self.numericsIdentity = numericsIdentity
    self.state = state
    self.historyBytes = historyBytes
    self.historyDigest = historyDigest
    self.wallSeconds = wallSeconds
    self.processorSeconds = processorSeconds
    self.peakMemoryBytes = peakMemoryBytes
  }
}
