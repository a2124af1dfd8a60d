/// Jobs that were handed to Slurm together, as one array.
package struct SlurmSubmission: Sendable, Hashable {
  package var id: String
  package var launchID: String
  package var sweepName: String
  /// As the cluster calls itself.
  package var cluster: String
  /// Slurm's number of the array; nil where the answer of sbatch is not known.
  package var jobID: Int?
  package var submittedAt: Timestamp

  package init(
    id: String, launchID: String, sweepName: String, cluster: String, jobID: Int? = nil,
    submittedAt: Timestamp
  ) {
    self.id = id
    self.launchID = launchID
    self.sweepName = sweepName
    self.cluster = cluster
    self.jobID = jobID
    self.submittedAt = submittedAt
  }
}

/// An attempt that is Slurm's to carry out, until it is taken in.
package struct SlurmTask: Sendable, Hashable {
  package var runID: String
  package var jobKey: String
  package var attempt: Int
  package var submissionID: String
  /// Its place in the array, from 0.
  package var position: Int
  /// Whether somebody asked for the run to be cancelled.
  package var isToBeCancelled: Bool
}
