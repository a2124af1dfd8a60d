package import Store

/// What one look at everything that Slurm has came to.
package struct SlurmLook: Sendable {
  /// A task that has been taken in.
  package struct Ending: Sendable {
    package var task: SlurmTask
    /// Without history, weights, outcomes of queries, log and environment.
    package var outcome: AttemptOutcome
  }

  package internal(set) var endings: [Ending] = []
  /// Runs that Slurm never got, and that wait again.
  package internal(set) var withdrawn = 0
  package internal(set) var running = 0
  package internal(set) var waiting = 0
  /// Of those, how many wait for which reason.
  package internal(set) var reasons: [String: Int] = [:]
  /// Ended without a result so far, which a shared file system may still be about to show.
  package internal(set) var doubtful = 0
  /// Of a cluster that cannot be asked from here.
  package internal(set) var unseen = 0
  /// Why Slurm could not be asked.
  package internal(set) var failure: SlurmFailure?

  package var open: Int { running + waiting + doubtful + unseen }
}
