import Foundation
import Synchronization

/// Whether this process was told to end by a signal, for a job to ask at each of its steps.
enum StopRequest {
  private static let isMade = Atomic(false)

  /// Remembers termination signals from now on instead of ending by them.
  static func listen() {
    // Made before a handler needs it.
    isMade.store(false, ordering: .relaxed)
    var heard = sigset_t()
    sigemptyset(&heard)
    for number in [SIGTERM, SIGINT, SIGHUP] {
      // System calls that it interrupts begin again.
      signal(number) { _ in StopRequest.isMade.store(true, ordering: .relaxed) }
      sigaddset(&heard, number)
    }
    // A launcher may have left them blocked.
    pthread_sigmask(SIG_UNBLOCK, &heard, nil)
  }

  static var isHeard: Bool { isMade.load(ordering: .relaxed) }
}
