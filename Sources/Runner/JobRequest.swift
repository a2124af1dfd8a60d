package import Store
package import Sweeps

/// What a job is asked to do: `job.json` in its run folder.
package struct JobRequest: Sendable, Codable, Hashable {
  /// Raised when the files of a run folder change; newer ones are refused.
  package static let schema = 1

  package var schema = JobRequest.schema
  package var runID: String
  package var attempt: Int
  package var jobKey: String
  package var spec: JobSpec
  package var objective: Objective
  /// SHA-256 of each level used, checked again by the job.
  package var dataDigests: [String: String]
  /// What the run's earlier attempts cost.
  package var earlierCost: RunCost
  /// Whether OpenBLAS chooses its core type itself.
  package var usesNativeBLAS: Bool
  /// The submission to Slurm that it is for; tasks of any other have nothing to do here.
  package var submission: String?

  package init(
    runID: String, attempt: Int, jobKey: String, spec: JobSpec, objective: Objective,
    dataDigests: [String: String], earlierCost: RunCost = RunCost(), usesNativeBLAS: Bool,
    submission: String? = nil
  ) {
    self.runID = runID
    self.attempt = attempt
    self.jobKey = jobKey
    self.spec = spec
    self.objective = objective
    self.dataDigests = dataDigests
    self.earlierCost = earlierCost
    self.usesNativeBLAS = usesNativeBLAS
    self.submission = submission
  }
}
