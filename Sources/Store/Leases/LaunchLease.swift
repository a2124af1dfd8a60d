/// Whether a launch of another host is alive, judged by a number that it counts up.
///
/// A launch renews its lease by counting its beat up. Whoever looks remembers when it first saw
/// the present beat, on its own clock, which counts from its boot and cannot be set. Only a beat
/// that stood still for as long as `expirySeconds` under somebody's eyes has stopped: neither a
/// clock that jumps, nor one that is wrong, nor a slow machine makes a living launch dead.
package struct LaunchLease: Sendable, Hashable {
  /// When a beat was first seen, in seconds of the observer's clock.
  package struct Sighting: Sendable, Hashable {
    package var beat: Int
    package var seconds: Double

    package init(beat: Int, seconds: Double) {
      self.beat = beat
      self.seconds = seconds
    }
  }

  package enum Verdict: Sendable, Hashable {
    case alive
    case dead
    /// Nothing can be said yet; this is to be remembered.
    case seen(Sighting)
  }

  package static let renewalSeconds = 30.0
  package static let expirySeconds = 600.0

  /// - Parameters:
  ///   - isOfThisHost: Whether the launch's lock would show here if it were held.
  ///   - earlier: What this observer remembers since its boot.
  package static func verdict(
    lock: LaunchLock.Sight, isOfThisHost: Bool, now: Sighting, earlier: Sighting?
  ) -> Verdict {
    switch lock {
    case .held: return .alive
    case .free: return .dead
    case .missing where isOfThisHost: return .dead
    case .missing, .elsewhere: break
    }
    guard let earlier, earlier.beat == now.beat, earlier.seconds <= now.seconds else {
      return .seen(now)
    }
    return now.seconds - earlier.seconds >= expirySeconds ? .dead : .alive
  }
}
