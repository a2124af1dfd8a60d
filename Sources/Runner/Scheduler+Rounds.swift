package import Store

/// Gives the jobs of a round, from 2, when those of the rounds before have ended; none where there
/// is nothing more to do.
package typealias NextRound = @Sendable (_ round: Int) throws -> [PlannedJob]

extension Scheduler {
  /// Runs the first round of a launch, then one after the other those that follow from it.
  ///
  /// A round that is cut short has no next one: what follows from its results must not depend on
  /// when somebody stopped it.
  func runRounds(
    _ first: [QueuedJob], launch: LaunchRecord, next: NextRound?
  ) async throws {
    try await runAll(first, launch: launch)
    guard let next else { return }
    var round = 2
    while isWhole {
      let plan = try next(round)
      guard !plan.isEmpty else { return }
      let launched = try store.append(plan, to: launch)
      let queue = queue(of: plan, as: launched)
      count(launched)
      observe(
        .nextRound(
          round, jobs: plan, skipped: plan.count - queue.count, resumed: resumable(queue)))
      try await runAll(queue, launch: launch)
      round += 1
    }
  }
}
