import Runner
import Store
import Synchronization

/// What a launch told, in order, as texts.
final class EventLog: Sendable {
  private let events = Mutex<[RunEvent]>([])

  var all: [RunEvent] { events.withLock { $0 } }

  func add(_ event: RunEvent) { events.withLock { $0.append(event) } }

  /// How jobs ended: `failed: message`.
  var endings: [String] {
    all.compactMap { event in
      guard case .finished(let ending) = event else { return nil }
      return ending.state.rawValue + (ending.message.map { ": \($0)" } ?? "")
    }
  }

  var retries: [String] {
    all.compactMap { event in
      guard case .retrying(let ending, let retry, let retries) = event else { return nil }
      return "\(retry) of \(retries): \(ending.message ?? "")"
    }
  }

  var stops: [StopCause] {
    all.compactMap { event in
      if case .stopping(let cause) = event { cause } else { nil }
    }
  }

  /// Runs that have started, in order.
  var started: [String] {
    all.compactMap { event in
      if case .started(_, let runID) = event { runID } else { nil }
    }
  }
}
