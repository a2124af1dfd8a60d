import Foundation
import Synchronization

/// SIGINT, SIGTERM and SIGHUP as calls of a closure, which is told how many there were; the first
/// one is remembered.
package final class StopSignals {
  /// What the handlers, which run elsewhere, write down.
  private final class Memory: Sendable {
    let signals = Mutex<[Int32]>([])
  }

  private let memory = Memory()
  private var sources: [any DispatchSourceSignal] = []

  package var first: Int32? { memory.signals.withLock(\.first) }

  package init(_ react: @escaping @Sendable (Int) -> Void) {
    for number in [SIGINT, SIGTERM] { watch(number, react) }
    // Whoever starts it with nohup wants it to outlive the terminal.
    if !Self.isIgnored(SIGHUP) { watch(SIGHUP, react) }
  }

  private func watch(_ number: Int32, _ react: @escaping @Sendable (Int) -> Void) {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler { [memory] in
      react(
        memory.signals.withLock {
          $0.append(number)
          return $0.count
        })
    }
    source.resume()
    sources.append(source)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  deinit {
    for source in sources {
      source.cancel()
      signal(Int32(source.handle), SIG_DFL)
    }
  }
}
