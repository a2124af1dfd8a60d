import Foundation
import Synchronization

/// SIGINT and SIGTERM as calls of a closure, which is told how many there were; the first one is
/// remembered.
final class StopSignals {
  /// What the handlers, which run elsewhere, write down.
  private final class Memory: Sendable {
    let signals = Mutex<[Int32]>([])
  }

  private static let watched = [SIGINT, SIGTERM]

  private let memory = Memory()
  private var sources: [any DispatchSourceSignal] = []

  var first: Int32? { memory.signals.withLock(\.first) }

  init(_ react: @escaping @Sendable (Int) -> Void) {
    for number in Self.watched {
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
  }

  deinit {
    for source in sources { source.cancel() }
    for number in Self.watched { signal(number, SIG_DFL) }
  }
}
