import Logging
import Store

/// What a launch does beside its jobs: it sees in the store what is to be cancelled, and tells
/// other hosts that it is alive.
struct LaunchWatch {
  /// How often the store is looked at.
  static let interval = Duration.milliseconds(500)

  let store: ExperimentStore
  let launchID: String
  let running: RunningJobs
  let clock: any Clock<Duration>
  let logger: Logger

  /// Ends when its task is cancelled.
  func run() async {
    var sinceRenewal = Duration.zero
    while !Task.isCancelled {
      do {
        for run in try store.cancelRequests(of: launchID) { running.stop(run, because: .cancelled) }
        if sinceRenewal >= .seconds(LaunchLease.renewalSeconds) {
          try store.renewLease(of: launchID)
          sinceRenewal = .zero
        }
        try await clock.sleep(for: Self.interval)
        sinceRenewal += Self.interval
      } catch is CancellationError {
        return
      } catch {
        // The jobs are not to suffer: they take their own look at the store when they end.
        logger.warning("launch \(launchID) could not look after itself: \(error)")
        sinceRenewal = .zero
        try? await clock.sleep(for: .seconds(LaunchLease.renewalSeconds))
      }
    }
  }
}
