import Foundation

/// Who looks whether launches are alive: a host and its clock.
package struct LaunchObserver: Sendable {
  package var host: HostIdentity
  /// Seconds since the host's boot, on a clock that nobody can set.
  package var seconds: @Sendable () -> Double

  package init(host: HostIdentity, seconds: @escaping @Sendable () -> Double) {
    self.host = host
    self.seconds = seconds
  }

  package static var current: LaunchObserver {
    LaunchObserver(host: .current) {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
  }
}
