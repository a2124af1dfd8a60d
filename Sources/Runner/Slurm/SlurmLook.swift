package import Store

/// What one look at everything that Slurm has came to.
package struct SlurmLook: Sendable {
  /// A task that has been taken in.
  package struct Ending: Sendable {
    package var task: SlurmTask
    /// Without history, weights, outcomes of queries, log and environment.
    package var outcome: AttemptOutcome
  }

  /// Of this look: `SlurmCollector.largestIntake` at most.
  package private(set) var endings: [Ending] = []
  /// What was taken in, by this look and those that it goes on from.
  package private(set) var taken = SlurmTally()
  /// Ended and still to be taken in, as a look does not take in more at once.
  package internal(set) var left = 0
  /// Runs that Slurm never got, and that wait again.
  package internal(set) var withdrawn = 0
  package private(set) var running = 0
  package private(set) var waiting = 0
  /// Of those, how many wait for which reason.
  package private(set) var reasons: [String: Int] = [:]
  /// Ended without a result so far, which a shared file system may still be about to show.
  package internal(set) var doubtful = 0
  /// Of a cluster that cannot be asked from here.
  package internal(set) var unseen = 0
  /// Why Slurm could not be asked.
  package internal(set) var failure: SlurmFailure?

  /// - Parameter taken: What earlier looks took in.
  init(after taken: SlurmTally = SlurmTally()) { self.taken = taken }

  package var open: Int { running + waiting + doubtful + unseen + left }

  /// Counts a task that has not ended.
  mutating func count(_ state: SlurmState) {
    switch state {
    case .waiting(let reason):
      waiting += 1
      reasons[reason, default: 0] += 1
    case .running: running += 1
    case .ended: break
    }
  }

  mutating func add(_ ending: Ending) {
    endings.append(ending)
    taken.add(ending)
  }

  /// Keeps of the endings only their numbers.
  mutating func forgetEndings() { endings = [] }
}

/// How many tasks were taken in, by what became of them.
package struct SlurmTally: Sendable {
  private static let keptFailures = 10

  package private(set) var counts: [AttemptOutcome.State: Int] = [:]
  /// The first ones.
  package private(set) var failures: [SlurmLook.Ending] = []

  mutating func add(_ ending: SlurmLook.Ending) {
    let state = ending.outcome.state
    counts[state, default: 0] += 1
    if state == .failed, failures.count < Self.keptFailures { failures.append(ending) }
  }
}
