import Foundation
import Runner
import Store
import Sweeps
import TestSupport
import Testing

/// Runs that are cancelled while they run or wait.
struct CancelTests {
  @Test func `a running job that is to be cancelled is stopped, the next one goes on`()
    async throws
  {
    let fixture = try LaunchFixture()
    let clock = ManualClock()
    let log = EventLog()
    let executor = FakeExecutor { folder, request in
      if request.spec.index > 0 { return try FakeExecutor.complete(folder, request) }
      while !Task.isCancelled { await Task.yield() }
      return .signalled(SIGTERM)
    }
    let plan = try fixture.plan(2)
    async let launch = fixture.launch(
      plan, executor: executor, workers: 1, clock: clock, observe: { log.add($0) })
    while executor.started.isEmpty { await Task.yield() }
    let run = try #require(log.started.first)
    let other = try ExperimentStore(path: fixture.store.location.path, access: .read)
    let cancellation = try other.cancel(.run(id: run), now: Timestamp(Date()))
    #expect(cancellation.requested == [run] && cancellation.cancelled.isEmpty)
    await clock.waitForSleep(of: .milliseconds(500))
    clock.advance(by: .milliseconds(500))
    let summary = try await launch
    #expect(summary.cancelled == 1 && summary.completed == 1)
    #expect(log.endings == ["cancelled: cancelled", "completed"])
    #expect(try fixture.store.runs().map(\.state) == [.cancelled, .completed])
    let attempts = try fixture.store.detail(of: run).attempts
    #expect(attempts.map(\.state) == ["cancelled"])
    #expect(attempts.map(\.reason) == ["cancelled"])
  }

  @Test func `a waiting run that is cancelled does not start, and launches skip it`() async throws {
    let fixture = try LaunchFixture()
    let executor = FakeExecutor { folder, request in
      if request.spec.index == 0 {
        let waiting = try fixture.store.runs()[1].id
        let cancellation = try fixture.store.cancel(.run(id: waiting), now: Timestamp(Date()))
        #expect(cancellation.cancelled == [waiting])
      }
      return try FakeExecutor.complete(folder, request)
    }
    let summary = try await fixture.launch(try fixture.plan(3), executor: executor, workers: 1)
    #expect(executor.started == [0, 2])
    #expect(summary.completed == 2 && summary.cancelled == 1)
    let again = try await fixture.launch(try fixture.plan(3), executor: executor, workers: 1)
    #expect(again.skipped == 3)
    var options = RerunOptions()
    options.retriesCancelled = true
    let retried = try await fixture.launch(
      try fixture.plan(3, options: options), executor: FakeExecutor(), workers: 1)
    #expect(retried.completed == 1 && retried.skipped == 2)
  }

  @Test func `a request outlives its launch`() throws {
    let fixture = try LaunchFixture()
    let dead = fixture.record()
    let plan = try fixture.plan(1)
    let runID = try fixture.store.begin(dead, jobs: plan)[0].runID
    _ = try fixture.store.claim(
      runID: runID, launchID: dead.id, spec: plan[0].spec, now: Timestamp(Date()))
    _ = try fixture.store.cancel(.run(id: runID), now: Timestamp(Date()))
    #expect(try fixture.store.cancelRequests(of: dead.id) == [runID])
    try fixture.store.markDeadLaunches(now: Timestamp(Date()))
    #expect(try fixture.store.runs().map(\.state) == [.cancelled])
    #expect(try fixture.store.cancelRequests(of: dead.id).isEmpty)
  }

  @Test func `a sweep is cancelled with all that is unfinished and nothing else`() async throws {
    let fixture = try LaunchFixture()
    _ = try await fixture.launch(try fixture.plan(1), executor: FakeExecutor())
    _ = try fixture.store.begin(fixture.record(), jobs: try fixture.plan(3))
    let cancellation = try fixture.store.cancel(
      try fixture.store.cancellable(named: "latest"), now: Timestamp(Date()))
    #expect(cancellation.cancelled.count == 2 && cancellation.requested.isEmpty)
    #expect(try fixture.store.runs().map(\.state) == [.completed, .cancelled, .cancelled])
    let nothing = try fixture.store.cancel(.sweep(name: "fixture"), now: Timestamp(Date()))
    #expect(nothing.cancelled.isEmpty && nothing.requested.isEmpty)
  }
}
