import GRDB
package import Sweeps

/// Several steps of runs that become durable together, with one wait for the disk.
package struct StoreTransaction {
  fileprivate let database: Database

  /// Makes a waiting run this launch's own; nil where another launch was faster.
  package func claim(
    runID: String, launchID: String, spec: JobSpec, now: Timestamp
  ) throws -> Int? {
    try ExperimentStore.claim(
      runID: runID, launchID: launchID, spec: spec, now: now, in: database)
  }

  /// Takes in how an attempt ended, with everything it produced.
  @discardableResult
  package func takeIn(_ outcome: AttemptOutcome, runID: String, attempt: Int) throws -> Bool {
    try ExperimentStore.takeIn(outcome, runID: runID, attempt: attempt, in: database)
  }
}

extension ExperimentStore {
  /// All that the body does, or nothing.
  package func transaction<Result>(
    _ body: (StoreTransaction) throws -> Result
  ) throws -> Result {
    try write { try body(StoreTransaction(database: $0)) }
  }
}
