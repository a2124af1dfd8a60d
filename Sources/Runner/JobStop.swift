/// Why a job that was running was asked to stop.
package enum JobStop: Sendable, Hashable {
  /// Its launch was interrupted or gave up.
  case launchStopped
  /// Somebody asked for this run to be cancelled.
  case cancelled
  /// It took longer than it may.
  case timedOut
}
