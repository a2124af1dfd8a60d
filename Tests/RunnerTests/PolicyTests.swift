import Foundation
import Runner
import Store
import Sweeps
import Synchronization
import TestSupport
import Testing

/// What a launch does with jobs that fail, take too long or are to be cancelled.
struct PolicyTests {
  private static func policy(
    retries: Int = 0, timeout: Double? = nil, memory: Int? = nil, failFast: Bool = false
  ) -> LaunchPolicy {
    var policy = LaunchPolicy()
    policy.resources.retries = retries
    policy.resources.timeoutSeconds = timeout
    policy.resources.memoryBytes = memory
    policy.stopsAtFirstFailure = failFast
    return policy
  }

  /// A job that fails and says why.
  private static func failing(_ reason: AttemptReason) -> FakeExecutor {
    FakeExecutor { folder, request in
      var report = JobReport(jobKey: request.jobKey, ending: .failed)
      report.reason = reason
      report.message = "it was \(reason.rawValue)"
      try folder.write(report)
      return .exited(0)
    }
  }

  /// A job that runs until it is asked to stop, and then says how far it came.
  private static let endless: FakeExecutor.Body = { folder, request in
    await Self.untilCancelled()
    var report = JobReport(jobKey: request.jobKey, ending: .interrupted)
    report.message = "training was stopped after step 120"
    report.step = 120
    try folder.write(report)
    return .exited(0)
  }

  private static func untilCancelled() async {
    while !Task.isCancelled { await Task.yield() }
  }

  // MARK: Retries

  @Test func `a job whose process died is tried again, and each attempt keeps its reason`()
    async throws
  {
    let fixture = try LaunchFixture()
    let log = EventLog()
    let executor = FakeExecutor { folder, request in
      switch request.attempt {
      case 1: .signalled(SIGBUS)
      case 2: .signalled(SIGKILL)
      default: try FakeExecutor.complete(folder, request)
      }
    }
    let summary = try await fixture.launch(
      try fixture.plan(1), executor: executor, policy: Self.policy(retries: 2),
      observe: { log.add($0) })
    #expect(summary.completed == 1 && summary.failed == 0)
    #expect(
      log.retries == [
        "1 of 2: its process met SIGBUS: the feature file /data/cub.h5 was cut short or became "
          + "unreadable while it was in use. Put it back as it was and retry",
        "2 of 2: its process was killed (signal 9)",
      ])
    let run = try #require(try fixture.store.runs().first)
    let attempts = try fixture.store.detail(of: run.id).attempts
    #expect(attempts.map(\.state) == ["failed", "interrupted", "completed"])
    #expect(attempts.map(\.reason) == ["died", "died", nil])
    #expect(attempts.map(\.exitStatus) == ["signal 7", "signal 9", "exit 0"])
    #expect(run.error == nil)
  }

  @Test func `when no retries are left the last failure stands`() async throws {
    let fixture = try LaunchFixture()
    let executor = FakeExecutor { _, _ in .signalled(SIGSEGV) }
    let summary = try await fixture.launch(
      try fixture.plan(1), executor: executor, policy: Self.policy(retries: 3))
    #expect(executor.started == [0, 0, 0, 0])
    #expect(summary.failed == 1)
    let run = try #require(try fixture.store.runs().first)
    #expect(run.state == .failed && run.attempts == 4)
    #expect(run.error == "its process ended by signal 11")
  }

  @Test(arguments: [AttemptReason.diverged, .settings, .data, .other])
  func `a job that failed by itself is never tried again`(reason: AttemptReason) async throws {
    let fixture = try LaunchFixture()
    let executor = Self.failing(reason)
    let summary = try await fixture.launch(
      try fixture.plan(1), executor: executor, policy: Self.policy(retries: 5))
    #expect(executor.started == [0])
    #expect(summary.failed == 1)
    let run = try #require(try fixture.store.runs().first)
    #expect(run.error == "it was \(reason.rawValue)")
    #expect(try fixture.store.detail(of: run.id).attempts.map(\.reason) == [reason.rawValue])
  }

  @Test func `a job that could not write its run folder is tried again`() async throws {
    let fixture = try LaunchFixture()
    let executor = Self.failing(.file)
    _ = try await fixture.launch(
      try fixture.plan(1), executor: executor, policy: Self.policy(retries: 1))
    #expect(executor.started == [0, 0])
  }

  // MARK: Limits

  @Test func `a job that takes too long is stopped, fails, and says how to go on`() async throws {
    let fixture = try LaunchFixture()
    let clock = ManualClock()
    let log = EventLog()
    let plan = try fixture.plan(1)
    async let launch = fixture.launch(
      plan, executor: FakeExecutor(Self.endless), policy: Self.policy(retries: 3, timeout: 7_200),
      clock: clock, observe: { log.add($0) })
    await clock.waitForSleep(of: .seconds(7_200))
    clock.advance(by: .seconds(7_199))
    #expect(log.endings.isEmpty)
    clock.advance(by: .seconds(1))
    let summary = try await launch
    #expect(summary.failed == 1)
    #expect(
      log.endings == [
        "failed: timed out after 2 h at step 120 of 400. "
          + "To go on with more time: rll-sweep retry fixture --timeout DURATION"
      ])
    let run = try #require(try fixture.store.runs().first)
    #expect(try fixture.store.detail(of: run.id).attempts.map(\.reason) == ["time_limit"])
    let folder = fixture.store.location.runFolder(of: run.id)
    #expect(FileManager.default.fileExists(atPath: folder), "its checkpoint is there to go on from")
    // The next launch, which leaves it alone, leaves its folder alone too.
    _ = try await fixture.launch(try fixture.plan(1), executor: FakeExecutor())
    #expect(FileManager.default.fileExists(atPath: folder))
  }

  @Test func `a job that ended just as its time ran out counts by its result`() async throws {
    let fixture = try LaunchFixture()
    let clock = ManualClock()
    let executor = FakeExecutor { folder, request in
      await Self.untilCancelled()
      return try FakeExecutor.complete(folder, request)
    }
    let plan = try fixture.plan(1)
    async let launch = fixture.launch(
      plan, executor: executor, policy: Self.policy(timeout: 60), clock: clock)
    await clock.waitForSleep(of: .seconds(60))
    clock.advance(by: .seconds(60))
    #expect(try await launch.completed == 1)
  }

  @Test func `a job over its memory fails with the limit and what it held`() async throws {
    let fixture = try LaunchFixture()
    let log = EventLog()
    let executor = FakeExecutor { _, _ in .overMemory(heldBytes: 2_254_857_830) }
    _ = try await fixture.launch(
      try fixture.plan(1), executor: executor, policy: Self.policy(retries: 2, memory: 2 << 30),
      observe: { log.add($0) })
    #expect(executor.started == [0], "it would grow again")
    #expect(
      log.endings == [
        "failed: ended for its memory: it held 2.1 GiB of its own, over the limit of 2 GiB. "
          + "To go on with more: rll-sweep retry fixture --memory-limit SIZE"
      ])
    let run = try #require(try fixture.store.runs().first)
    #expect(try fixture.store.detail(of: run.id).attempts.map(\.reason) == ["memory_limit"])
  }

  // MARK: Stopping

  @Test func `without fail-fast a failed job stops nothing`() async throws {
    let fixture = try LaunchFixture()
    let executor = FakeExecutor { folder, request in
      request.spec.index == 1
        ? .signalled(SIGSEGV) : try FakeExecutor.complete(folder, request)
    }
    let summary = try await fixture.launch(
      try fixture.plan(4), executor: executor, workers: 1)
    #expect(summary.completed == 3 && summary.failed == 1)
  }

  @Test func `with fail-fast nothing starts after the first failure and what runs is interrupted`()
    async throws
  {
    let fixture = try LaunchFixture()
    let log = EventLog()
    let executor = FakeExecutor { folder, request in
      if request.spec.index == 0 { return try await Self.endless(folder, request) }
      while log.started.count < 2 { await Task.yield() }
      return .signalled(SIGSEGV)
    }
    let summary = try await fixture.launch(
      try fixture.plan(5), executor: executor, workers: 2, policy: Self.policy(failFast: true),
      observe: { log.add($0) })
    #expect(log.stops == [.failure])
    #expect(executor.started.sorted() == [0, 1])
    #expect(summary.failed == 1 && summary.interrupted == 1 && summary.pending == 3)
    #expect(
      try fixture.store.runs().map(\.state)
        == [.interrupted, .failed, .pending, .pending, .pending])
  }

  @Test func `a run folder that cannot be made ends the launch, and nothing is lost`()
    async throws
  {
    let fixture = try LaunchFixture()
    let plan = try fixture.plan(3)
    let executor = FakeExecutor { folder, request in
      let runs = fixture.store.location.runsFolder
      if request.spec.index == 0 {
        // From now on no run folder can be made.
        for run in try fixture.store.runs() where run.seed == 1 {
          try Data().write(to: URL(filePath: "\(runs)/\(run.id)"))
        }
      }
      return try FakeExecutor.complete(folder, request)
    }
    let error = await #expect(throws: RunnerError.self) {
      try await fixture.launch(plan, executor: executor, workers: 1)
    }
    #expect(error?.code == .file)
    #expect(try fixture.store.runs().map(\.state) == [.completed, .interrupted, .pending])
  }
}
