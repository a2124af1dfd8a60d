package import Store

/// How a job ended, in its own words: `result.json` in its run folder.
package struct JobReport: Sendable, Codable, Hashable {
  package enum Ending: String, Sendable, Codable {
    case completed, failed, interrupted
  }

  /// Weights in a file of the run folder.
  package struct Checkpoint: Sendable, Codable, Hashable {
    package var kind: String
    package var step: Int
    package var file: String
    /// SHA-256 of the file in hexadecimal; reports of before do not say.
    package var digest: String?

    package init(kind: String, step: Int, file: String, digest: String? = nil) {
      self.kind = kind
      self.step = step
      self.file = file
      self.digest = digest
    }
  }

  package var schema = JobRequest.schema
  package var jobKey: String
  package var ending: Ending
  /// Why it failed, as a code.
  package var reason: AttemptReason?
  /// Where a later attempt than the first began, such as `resumed at step 50`.
  package var beginning: String?
  /// Why it failed or stopped.
  package var message: String?
  /// Steps done when it failed or stopped, where they are known.
  package var step: Int?
  package var selectedStep: Int?
  package var finalMetrics: [String: Double] = [:]
  package var environment: [String: String] = [:]
  /// What the run has cost, over all its attempts.
  package var cost = RunCost()
  package var checkpoints: [Checkpoint] = []
  /// Whether the outcomes of queries lie in the run folder; reports of before do not say.
  package var hasQueries: Bool?
  /// Length of the history that it speaks of; reports of before do not say.
  package var historyBytes: Int?
  /// SHA-256 of that history in hexadecimal; reports of before do not say.
  package var historyDigest: String?

  package init(jobKey: String, ending: Ending) {
    self.jobKey = jobKey
    self.ending = ending
  }
}
