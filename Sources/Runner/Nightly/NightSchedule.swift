package import Foundation

/// How often nights are expected to come, and whether one is missing.
package struct NightSchedule: Sendable, Hashable {
  /// How much later than expected a night may begin: clocks change by an hour, and a night that
  /// went before on the same machine may take its time.
  private static let longestToleranceSeconds = 2 * 3_600.0

  package let everySeconds: Double

  package init(everySeconds: Double) {
    precondition(everySeconds > 0, "nights every \(everySeconds) s")
    self.everySeconds = everySeconds
  }

  private var toleranceSeconds: Double { min(Self.longestToleranceSeconds, everySeconds / 2) }

  /// Whether another night should have begun between two that follow each other.
  ///
  /// A date that went back makes none missing.
  package func isMissingNight(between last: Date, and next: Date) -> Bool {
    next.timeIntervalSince(last) > everySeconds + toleranceSeconds
  }
}
