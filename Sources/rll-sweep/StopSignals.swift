import Foundation
import Synchronization

/// SIGINT, SIGTERM and SIGHUP as calls of a closure; the first one is remembered.
final class StopSignals {
  /// What the handlers, which run elsewhere, write down.
  private final class Memory: Sendable {
    let first = Mutex<Int32?>(nil)
  }

  private let memory = Memory()
  private var sources: [any DispatchSourceSignal] = []

  var first: Int32? { memory.first.withLock { $0 } }

  init(_ react: @escaping @Sendable () -> Void) {
    for number in [SIGINT, SIGTERM] { watch(number, react) }
    // Under nohup a terminal that closes is to be survived.
    if !Self.isIgnored(SIGHUP) { watch(SIGHUP, react) }
  }

  private func watch(_ number: Int32, _ react: @escaping @Sendable () -> Void) {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler { [memory] in
      memory.first.withLock { $0 = $0 ?? number }
      react()
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
      signal(Int32(source.handle), SIG_DFL)
      source.cancel()
    }
  }
}
