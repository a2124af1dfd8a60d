import Foundation
import Synchronization

/// Whether this process was told to end by a signal, for a job to ask at each of its steps.
enum StopRequest {
  private static let isMade = Atomic(false)
  private static let isNoticed = Atomic(false)

  /// Remembers termination signals from now on instead of ending by them.
  static func listen() {
    // Made before a handler needs it.
    isMade.store(false, ordering: .relaxed)
    isNoticed.store(false, ordering: .relaxed)
    var heard = sigset_t()
    sigemptyset(&heard)
    for number in [SIGTERM, SIGINT, SIGHUP] {
      // System calls that it interrupts begin again.
      signal(number) { _ in StopRequest.isMade.store(true, ordering: .relaxed) }
      sigaddset(&heard, number)
    }
    // A launcher may have left them blocked.
    // Slurm's notice that the limit on time is near.
    signal(SIGUSR1) { _ in
      StopRequest.isNoticed.store(true, ordering: .relaxed)
      StopRequest.isMade.store(true, ordering: .relaxed)
    }
    sigaddset(&heard, SIGUSR1)
    pthread_sigmask(SIG_UNBLOCK, &heard, nil)
  }

  static var isHeard: Bool { isMade.load(ordering: .relaxed) }

  /// Whether it was that the limit on time is near.
  static var isNotice: Bool { isNoticed.load(ordering: .relaxed) }
}
