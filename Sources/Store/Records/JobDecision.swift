/// What whoever launches wants done again.
package struct RerunOptions: Sendable, Hashable {
  /// Run again what the store already has.
  package var isFresh = false
  /// Run the failed ones again.
  package var retriesFailed = false
  /// Run the cancelled ones again.
  package var retriesCancelled = false

  package init() {}
}

/// What a launch does about a job, and why. Touches nothing.
///
/// It is made when a launch is planned, and once more when its jobs are written down: another
/// launch may have run a job, or taken it up, in between.
package struct JobDecision: Sendable, Hashable {
  package var action: PlannedJob.Action
  package var reason: String

  private init(_ action: PlannedJob.Action, _ reason: String) {
    self.action = action
    self.reason = reason
  }

  /// - Parameter known: The newest run of the job; nil where the store has none.
  package init(about known: KnownJob?, options: RerunOptions) {
    guard let known else {
      self.init(.run, "new")
      return
    }
    switch known.state {
    case .pending: self.init(.run, "waiting since an earlier launch")
    case .interrupted: self.init(.run, "was interrupted")
    case .running: self.init(.run, "running under another launch, which is waited for")
    case .completed where options.isFresh: self.init(.run, "completed before, asked to run again")
    case .completed: self.init(.skip, "completed as \(known.runID.prefix(8))")
    case .failed where options.isFresh || options.retriesFailed:
      self.init(.retry, "failed before: \(known.error ?? "no reason known")")
    case .failed:
      self.init(.skip, "failed before, --retry-failed runs it again: \(known.error ?? "")")
    case .cancelled where options.isFresh: self.init(.run, "cancelled before, asked to run again")
    case .cancelled where options.retriesCancelled: self.init(.retry, "cancelled before")
    case .cancelled: self.init(.skip, "cancelled")
    }
  }
}
