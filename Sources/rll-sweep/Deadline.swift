import Synchronization

/// A moment at which something is called, unless the value is gone by then.
final class Deadline: Sendable {
  private final class Memory: Sendable {
    let hasPassed = Atomic(false)
  }

  private let memory = Memory()
  private let waiting: Task<Void, any Error>

  var hasPassed: Bool { memory.hasPassed.load(ordering: .relaxed) }

  init(_ instant: ContinuousClock.Instant, react: @escaping @Sendable () async -> Void) {
    waiting = Task { [memory] in
      try await Task.sleep(until: instant, clock: .continuous)
      memory.hasPassed.store(true, ordering: .relaxed)
      await react()
    }
  }

  deinit { waiting.cancel() }
}
