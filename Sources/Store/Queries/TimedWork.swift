import Dispatch
import Foundation
import Synchronization

/// Work on a thread of its own, for which nobody waits longer than a given time.
final class TimedWork<Value: Sendable>: Sendable {
  private let outcome = Mutex<Result<Value, any Error>?>(nil)
  private let end = DispatchSemaphore(value: 0)

  private init() {}

  /// What `body` gives; nil where it has not ended after `time`. It then goes on until it ends or
  /// the process does.
  static func value(
    within time: Duration, of body: @escaping @Sendable () throws -> Value
  ) throws -> Value? {
    let work = TimedWork()
    Thread.detachNewThread {
      let outcome = Result { try body() }
      work.outcome.withLock { $0 = outcome }
      work.end.signal()
    }
    _ = work.end.wait(timeout: .now() + time / .seconds(1))
    return try work.outcome.withLock { $0 }?.get()
  }
}
