import Foundation
import Runner
import Store
import Sweeps
import Synchronization
import Testing

struct SchedulerTests {
  @Test func `one worker starts jobs in their order, and every result is taken in`() async throws {
    let fixture = try LaunchFixture()
    let executor = FakeExecutor()
    let summary = try await fixture.launch(try fixture.plan(5), executor: executor, workers: 1)
    #expect(executor.started == [0, 1, 2, 3, 4])
    #expect(summary.completed == 5)
    let runs = try fixture.store.runs()
    #expect(runs.map(\.state) == [RunState](repeating: .completed, count: 5))
    #expect(runs.map { $0.metrics["test/map@r"] } == [0, 1, 2, 3, 4])
    let weights = try fixture.store.checkpoint(of: runs[0].id, kind: .best)
    #expect(weights == Data("weights".utf8))
    #expect(
      !FileManager.default.fileExists(atPath: fixture.store.location.runFolder(of: runs[0].id)))
  }

  @Test func `no more jobs run at a time than there are workers`() async throws {
    let fixture = try LaunchFixture()
    let box = CounterBox()
    let executor = FakeExecutor { folder, request in
      box.enter()
      await Task.yield()
      box.leave()
      return try FakeExecutor.complete(folder, request)
    }
    _ = try await fixture.launch(try fixture.plan(12), executor: executor, workers: 3)
    #expect(box.most <= 3)
    #expect(executor.started.sorted() == Array(0..<12))
  }

  @Test func `what is completed is not run again`() async throws {
    let fixture = try LaunchFixture()
    _ = try await fixture.launch(try fixture.plan(3), executor: FakeExecutor())
    let second = FakeExecutor()
    let summary = try await fixture.launch(try fixture.plan(4), executor: second)
    #expect(second.started == [3])
    #expect(summary.skipped == 3)
  }

  @Test(arguments: [
    (Termination.exited(3), RunState.failed, "its process ended with status 3 and no result"),
    (
      Termination.exited(74), .failed,
      "its process could not write its run folder: the disk is full or read-only, or a limit on "
        + "the size of files is reached. Mend that and retry"
    ),
    (.signalled(SIGKILL), .interrupted, "its process was killed (signal 9)"),
    (
      .outOfMemory, .failed,
      "its process was killed by the kernel for want of memory. Launch with fewer --workers, or "
        + "give jobs a --memory-limit"
    ),
    (.signalled(SIGSEGV), .failed, "its process ended by signal 11"),
    (
      .signalled(SIGILL), .failed,
      "its process broke off: memory that it asked for was refused, or a fault of the program"
    ),
    (
      .signalled(SIGBUS), .failed,
      "its process met SIGBUS: the feature file /data/cub.h5 was cut short or became unreadable "
        + "while it was in use. Put it back as it was and retry"
    ),
    (.notStarted("no such file"), .failed, "its process did not start: no such file"),
  ])
  func `a job without a result is judged by how its process ended`(
    termination: Termination, state: RunState, message: String
  ) async throws {
    let fixture = try LaunchFixture()
    let endings = EndingBox()
    _ = try await fixture.launch(
      try fixture.plan(1), executor: FakeExecutor { _, _ in termination },
      observe: { endings.add($0) })
    let run = try #require(try fixture.store.runs().first)
    #expect(run.state == state)
    #expect(endings.messages == [message])
    #expect(try fixture.store.detail(of: run.id).attempts.first?.message == message)
  }

  @Test func `a finished job that a dead launch left is taken in and not run again`() async throws {
    let fixture = try LaunchFixture()
    let plan = try fixture.plan(1)
    // A launch that claimed the job, whose process is gone and whose job had just finished.
    let dead = fixture.record()
    let runID = try fixture.store.begin(dead, jobs: plan)[0].runID
    let attempt = try fixture.store.claim(
      runID: runID, launchID: dead.id, spec: plan[0].spec, now: Timestamp(Date()))
    let folder = RunFolder(path: fixture.store.location.runFolder(of: runID))
    let request = JobRequest(
      runID: runID, attempt: try #require(attempt), jobKey: plan[0].key, spec: plan[0].spec,
      objective: dead.objective, dataDigests: plan[0].dataDigests, usesNativeBLAS: false)
    try folder.create(request)
    _ = try FakeExecutor.complete(folder, request)

    try fixture.store.markDeadLaunches(now: Timestamp(Date()))
    #expect(try fixture.store.runs().map(\.state) == [.interrupted])
    let executor = FakeExecutor()
    let summary = try await fixture.launch(try fixture.plan(1), executor: executor)
    #expect(executor.started.isEmpty)
    #expect(summary.completed == 1)
    #expect(try fixture.store.runs().map(\.state) == [.completed])
  }

  @Test func `an interrupted job finds what it left, and a completed one leaves nothing`()
    async throws
  {
    let fixture = try LaunchFixture()
    let location = fixture.store.location
    let interrupting = FakeExecutor { folder, request in
      var report = JobReport(jobKey: request.jobKey, ending: .interrupted)
      report.message = "training was stopped after step 7"
      report.cost = RunCost(wallSeconds: 5, processorSeconds: 4, peakMemoryBytes: 300)
      _ = try folder.append([MetricPoint(name: "a", step: 5, value: 1)])
      try folder.write(trainingState: Data("state".utf8))
      try folder.write(report)
      return .exited(0)
    }
    _ = try await fixture.launch(try fixture.plan(1), executor: interrupting)
    let run = try #require(try fixture.store.runs().first)
    #expect(run.state == .interrupted && run.wallSeconds == 5)
    #expect(try fixture.store.history(of: run.id).count == 1)

    let seen = EndingBox()
    let resuming = FakeExecutor { folder, request in
      #expect(request.attempt == 2)
      #expect(
        request.earlierCost
          == RunCost(wallSeconds: 5, processorSeconds: 4, peakMemoryBytes: 300))
      #expect(try folder.trainingState() == Data("state".utf8))
      #expect(try folder.history().map(\.step) == [5])
      #expect(try folder.report(for: request.jobKey) == nil)
      _ = try FakeExecutor.complete(folder, request)
      var report = try #require(try folder.report(for: request.jobKey))
      report.beginning = "resumed at step 7"
      report.cost = request.earlierCost.adding(
        RunCost(wallSeconds: 1, processorSeconds: 1, peakMemoryBytes: 200))
      try folder.write(report)
      return .exited(0)
    }
    _ = try await fixture.launch(
      try fixture.plan(1), executor: resuming, workers: 1, observe: { seen.add($0) })
    #expect(seen.resumed == [1])
    let detail = try fixture.store.detail(of: run.id)
    #expect(
      detail.attempts.map(\.message) == ["training was stopped after step 7", "resumed at step 7"])
    #expect(detail.summary.wallSeconds == 6 && detail.summary.processorSeconds == 5)
    #expect(detail.summary.peakMemoryBytes == 300)
    #expect(try fixture.store.history(of: run.id).map(\.step) == [10])
    #expect(!FileManager.default.fileExists(atPath: location.runsFolder))
  }

  @Test func `where results cannot be taken in nothing stays running, and nothing is lost`()
    async throws
  {
    let fixture = try LaunchFixture()
    let breaking = FakeExecutor { folder, request in
      try fixture.sqlite("ALTER TABLE metricPoint RENAME TO elsewhere")
      return try FakeExecutor.complete(folder, request)
    }
    let plan = try fixture.plan(1)
    await #expect(throws: StoreError.self) {
      try await fixture.launch(plan, executor: breaking)
    }
    try fixture.sqlite("ALTER TABLE elsewhere RENAME TO metricPoint")
    #expect(try fixture.store.runs().map(\.state) == [.interrupted])
    let executor = FakeExecutor()
    let summary = try await fixture.launch(try fixture.plan(1), executor: executor)
    #expect(executor.started.isEmpty, "the finished job is taken in from its folder")
    #expect(summary.completed == 1)
  }

  @Test(arguments: [
    (Termination.exited(74), AttemptReason.file), (.signalled(SIGSEGV), .died),
    (.outOfMemory, .outOfMemory),
  ])
  func `a job that failed because of its surroundings is retried from its checkpoint`(
    termination: Termination, reason: AttemptReason
  ) async throws {
    let fixture = try LaunchFixture()
    let failing = FakeExecutor { folder, _ in
      try folder.write(trainingState: Data("state".utf8))
      return termination
    }
    let first = try await fixture.launch(try fixture.plan(1), executor: failing)
    #expect(first.failed == 1)
    let run = try #require(try fixture.store.runs().first)
    #expect(try fixture.store.detail(of: run.id).attempts.map(\.reason) == [reason.rawValue])
    _ = try await fixture.launch(try fixture.plan(1), executor: FakeExecutor())

    var options = RerunOptions()
    options.retriesFailed = true
    let resuming = FakeExecutor { folder, request in
      #expect(try folder.trainingState() == Data("state".utf8))
      return try FakeExecutor.complete(folder, request)
    }
    let retried = try await fixture.launch(
      try fixture.plan(1, options: options), executor: resuming)
    #expect(retried.completed == 1)
    #expect(!FileManager.default.fileExists(atPath: fixture.store.location.runsFolder))
  }

  @Test func `a finished job whose weights could not be read is taken in by a retry`() async throws
  {
    let fixture = try LaunchFixture()
    let weights = "best.safetensors"
    let hiding = FakeExecutor { folder, request in
      let termination = try FakeExecutor.complete(folder, request)
      #expect(rename(folder.path + "/" + weights, folder.path + "/hidden") == 0)
      return termination
    }
    _ = try await fixture.launch(try fixture.plan(1), executor: hiding)
    let run = try #require(try fixture.store.runs().first)
    let folder = fixture.store.location.runFolder(of: run.id)
    #expect(run.error == "\(folder)/\(weights) cannot be read: No such file or directory")
    #expect(rename(folder + "/hidden", folder + "/" + weights) == 0)
    var options = RerunOptions()
    options.retriesFailed = true
    let executor = FakeExecutor()
    let retried = try await fixture.launch(
      try fixture.plan(1, options: options), executor: executor)
    #expect(retried.completed == 1 && executor.started.isEmpty)
    #expect(try fixture.store.checkpoint(of: run.id, kind: .best) == Data("weights".utf8))
  }

  @Test func `a finished job whose weights are gone runs again`() async throws {
    let fixture = try LaunchFixture()
    let losing = FakeExecutor { folder, request in
      let termination = try FakeExecutor.complete(folder, request)
      #expect(unlink(folder.path + "/best.safetensors") == 0)
      return termination
    }
    #expect(try await fixture.launch(try fixture.plan(1), executor: losing).failed == 1)
    var options = RerunOptions()
    options.retriesFailed = true
    let executor = FakeExecutor()
    let retried = try await fixture.launch(
      try fixture.plan(1, options: options), executor: executor)
    #expect(retried.completed == 1 && executor.started.count == 1)
  }

  @Test func `what killed launches left lying about is removed by the next one`() async throws {
    let fixture = try LaunchFixture()
    _ = try await fixture.launch(try fixture.plan(1), executor: FakeExecutor())
    let location = fixture.store.location
    let run = try #require(try fixture.store.runs().first)
    for folder in [location.runsFolder, location.runFolder(of: run.id)] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    try Data().write(to: URL(filePath: location.runFolder(of: run.id) + "/best.safetensors"))
    try Data().write(to: URL(filePath: location.launchLock(of: "0123456789abcdef")))
    _ = try await fixture.launch(try fixture.plan(1), executor: FakeExecutor())
    #expect(!FileManager.default.fileExists(atPath: location.runsFolder))
  }

  @Test func `a launch waits for the job that another one is running`() async throws {
    let fixture = try LaunchFixture()
    let gate = Gate()
    let slow = FakeExecutor { folder, request in
      await gate.wait()
      return try FakeExecutor.complete(folder, request)
    }
    let plan = try fixture.plan(1)
    async let first = fixture.launch(plan, executor: slow)
    while slow.started.isEmpty { await Task.yield() }
    let second = FakeExecutor()
    async let waiting = fixture.launch(try fixture.plan(1), executor: second)
    await gate.open()
    #expect(try await first.completed == 1)
    #expect(try await waiting.skipped == 1)
    #expect(second.started.isEmpty)
    #expect(try fixture.store.runs().count == 1)
  }
}

/// Counts how many are inside at a time.
private final class CounterBox: Sendable {
  private let state = Mutex((now: 0, most: 0))

  var most: Int { state.withLock { $0.most } }

  func enter() {
    state.withLock {
      $0.now += 1
      $0.most = max($0.most, $0.now)
    }
  }

  func leave() { state.withLock { $0.now -= 1 } }
}

/// Remembers why jobs ended.
private final class EndingBox: Sendable {
  private let state = Mutex((messages: [String](), resumed: [Int]()))

  var messages: [String] { state.withLock { $0.messages } }
  /// How many jobs each launch said to go on with.
  var resumed: [Int] { state.withLock { $0.resumed } }

  func add(_ event: RunEvent) {
    state.withLock { state in
      switch event {
      case .began(_, _, let resumed, _): state.resumed.append(resumed)
      case .finished(let ending): state.messages.append(ending.message ?? "none")
      default: break
      }
    }
  }
}
