import Foundation
import Runner
import Store
import Sweeps
import Synchronization
import Testing

/// Rounds of a launch: what follows from the results of the jobs before.
struct RoundTests {
  /// Remembers what it was told.
  private final class Log: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }

    func add(_ event: RunEvent) {
      switch event {
      case .began(let total, let skipped, _, _): add("began \(total), \(skipped) skipped")
      case .nextRound(let round, let jobs, let skipped, _):
        add("round \(round): \(jobs.map(\.spec.index)), \(skipped) skipped")
      case .finished(let ending): add("\(ending.position) \(ending.state.rawValue)")
      case .ended(let summary): add("ended \(summary.total)")
      case .started, .stopping, .retrying, .submitted, .elsewhere, .said, .warned: break
      }
    }
  }

  /// The jobs from `first` on, planned against the store as it is when it is asked.
  private static func round(
    _ fixture: LaunchFixture, from first: Int, to end: Int
  ) throws -> [PlannedJob] {
    Array(try fixture.plan(end).dropFirst(first)).map { job in
      var job = job
      job.role = .repetition
      return job
    }
  }

  @Test func `a round begins when all jobs before have ended, and is part of the launch`()
    async throws
  {
    let fixture = try LaunchFixture()
    let log = Log()
    let summary = try await fixture.launch(
      try fixture.plan(3), executor: FakeExecutor(), workers: 1,
      next: { round in
        let states = try fixture.store.runs().map(\.state)
        log.add("asked for \(round): \(states.filter { $0 == .completed }.count) done")
        return try round == 2 ? Self.round(fixture, from: 3, to: 5) : []
      }, observe: { log.add($0) })
    #expect(
      log.all == [
        "began 3, 0 skipped", "0 completed", "1 completed", "2 completed", "asked for 2: 3 done",
        "round 2: [3, 4], 0 skipped", "3 completed", "4 completed", "asked for 3: 5 done",
        "ended 5",
      ])
    #expect(summary.total == 5 && summary.completed == 5)
    let store = fixture.store
    #expect(try store.sweep(named: "fixture").launches == 1)
    #expect(try store.runs(.sweep("fixture", role: .search)).map(\.seed) == [0, 1, 2])
    #expect(try store.runs(.sweep("fixture", role: .repetition)).map(\.seed) == [3, 4])
  }

  @Test func `what is completed is skipped in a later round too`() async throws {
    let fixture = try LaunchFixture()
    let next: NextRound = { $0 == 2 ? try Self.round(fixture, from: 2, to: 4) : [] }
    _ = try await fixture.launch(try fixture.plan(2), executor: FakeExecutor(), next: next)
    let second = FakeExecutor()
    let summary = try await fixture.launch(try fixture.plan(2), executor: second, next: next)
    #expect(second.started.isEmpty)
    #expect(summary.total == 4 && summary.skipped == 4)
    #expect(try fixture.store.runs(.sweep("fixture", role: .repetition)).count == 2)
  }

  @Test func `a failed job does not keep the next round from beginning`() async throws {
    let fixture = try LaunchFixture()
    let executor = FakeExecutor { folder, request in
      request.spec.index == 0 ? .exited(3) : try FakeExecutor.complete(folder, request)
    }
    let summary = try await fixture.launch(
      try fixture.plan(2), executor: executor,
      next: { $0 == 2 ? try Self.round(fixture, from: 2, to: 3) : [] })
    #expect(summary.failed == 1 && summary.completed == 2)
  }

  @Test func `no round follows one of which a job was killed`() async throws {
    let fixture = try LaunchFixture()
    let executor = FakeExecutor { folder, request in
      request.spec.index == 1 ? .signalled(SIGKILL) : try FakeExecutor.complete(folder, request)
    }
    let summary = try await fixture.launch(
      try fixture.plan(3), executor: executor, next: { _ in throw Unexpected() })
    #expect(summary.interrupted == 1 && summary.completed == 2 && summary.total == 3)
  }

  @Test func `no round follows one that was interrupted`() async throws {
    let fixture = try LaunchFixture()
    let box = SchedulerBox()
    let executor = FakeExecutor { folder, request in
      await box.scheduler?.interrupt()
      return try FakeExecutor.complete(folder, request)
    }
    let scheduler = fixture.scheduler(executor: executor, workers: 1)
    box.scheduler = scheduler
    let summary = try await scheduler.run(
      try fixture.plan(3), as: fixture.record(), next: { _ in throw Unexpected() })
    #expect(summary.pending == 2)
  }

  @Test func `where the next round cannot be planned the launch ends and what is done stays`()
    async throws
  {
    let fixture = try LaunchFixture()
    await #expect(throws: Unexpected.self) {
      try await fixture.launch(
        try fixture.plan(2), executor: FakeExecutor(), next: { _ in throw Unexpected() })
    }
    #expect(try fixture.store.runs().map(\.state) == [.completed, .completed])
    #expect(try fixture.store.sweep(named: "fixture").endedAt != nil)
  }

  private struct Unexpected: Error {}

  /// For a job that stops the launch it belongs to.
  private final class SchedulerBox: Sendable {
    private let content = Mutex<Scheduler?>(nil)

    var scheduler: Scheduler? {
      get { content.withLock { $0 } }
      set { content.withLock { $0 = newValue } }
    }
  }
}
