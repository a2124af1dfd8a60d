import Foundation
import Logging
import Runner
import Store
import Sweeps
import Synchronization
import TestSupport
import Testing

/// A launch through Slurm, against a cluster in this process.
struct SlurmLaunchTests {
  private static let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }

  private static func launch(
    _ fixture: LaunchFixture, _ slurm: FakeSlurm, retries: Int = 0, failFast: Bool = false,
    options: SlurmOptions = SlurmOptions(), detaches: Bool = false,
    pause: @escaping @Sendable (Duration) async throws -> Void = { _ in },
    observe: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) -> SlurmLaunch {
    var policy = LaunchPolicy()
    policy.resources.retries = retries
    policy.stopsAtFirstFailure = failFast
    return SlurmLaunch(
      store: fixture.store, control: slurm,
      request: SlurmRequest(
        options: options, program: "/opt/rll-sweep", arguments: ["train"], detaches: detaches),
      policy: policy, usesNativeBLAS: false, patience: .zero, sleep: pause, logger: logger,
      observe: observe)
  }

  private static func collector(
    _ fixture: LaunchFixture, _ slurm: FakeSlurm,
    largestIntake: Int = SlurmCollector.largestIntake
  ) -> SlurmCollector {
    SlurmCollector(
      store: fixture.store, control: slurm, patience: .zero, largestIntake: largestIntake,
      logger: logger)
  }

  private static func states(_ fixture: LaunchFixture) throws -> [RunState] {
    try fixture.store.runs().map(\.state)
  }

  private static func attempts(_ fixture: LaunchFixture) throws -> [[RunDetail.Attempt]] {
    try fixture.store.runs().map { try fixture.store.detail(of: $0.id).attempts }
  }

  private static func isTidy(_ fixture: LaunchFixture) -> Bool {
    !FileManager.default.fileExists(atPath: fixture.store.location.runsFolder)
  }

  // MARK: The ordinary way

  @Test func `jobs go to Slurm in arrays of the size that it takes, and come back as results`()
    async throws
  {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store)
    slurm.change { $0.largestArray = 2 }
    let log = EventLog()
    let summary = try await Self.launch(fixture, slurm, observe: { log.add($0) })
      .run(fixture.plan(5), as: fixture.record())
    #expect(summary.completed == 5 && summary.total == 5 && summary.leftToSlurm == 0)
    #expect(
      log.all.compactMap { event -> String? in
        guard case .submitted(let tasks, let job) = event else { return nil }
        return "\(tasks) as \(job)"
      } == ["2 as 101", "2 as 102", "1 as 103"])
    #expect(log.endings == Array(repeating: "completed", count: 5))
    #expect(try fixture.store.runs().map { $0.metrics["test/map@r"] } == [0, 1, 2, 3, 4])
    #expect(try Self.attempts(fixture).map(\.count) == [1, 1, 1, 1, 1])
    #expect(try Self.attempts(fixture).first?.first?.exitStatus == "Slurm: COMPLETED")
    #expect(Self.isTidy(fixture))
    #expect(try fixture.store.check().problems.filter { $0.kind == .runState } == [])
  }

  @Test func `each job is told for which submission it is, and the script runs only that`()
    async throws
  {
    let fixture = try LaunchFixture()
    let seen = Mutex<Set<String>>([])
    let slurm = FakeSlurm(fixture.store) { folder, request in
      seen.withLock { _ = $0.insert(request.submission ?? "none") }
      return try FakeSlurm.complete(folder, request)
    }
    _ = try await Self.launch(fixture, slurm).run(fixture.plan(2), as: fixture.record())
    let script = slurm.state.withLock { $0.scripts[0] }
    let submission = seen.withLock { $0.first } ?? "none"
    #expect(seen.withLock { $0.count } == 1)
    #expect(
      script.text.contains("exec /opt/rll-sweep train --submission \(submission) \"$folder\""))
    #expect(script.text.contains("#SBATCH --job-name=rll-\(submission)\n"))
  }

  @Test func `a detached launch ends when all is submitted, and anybody takes in what it left`()
    async throws
  {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store)
    let summary = try await Self.launch(fixture, slurm, detaches: true)
      .run(fixture.plan(3), as: fixture.record())
    #expect(summary.leftToSlurm == 3 && summary.completed == 0)
    #expect(try Self.states(fixture) == [.running, .running, .running])
    let collector = Self.collector(fixture, slurm)
    let first = try await collector.look()
    #expect(first.running == 0 && first.waiting == 0 || first.running == 3)
    let second = try await collector.look(at: "fixture")
    #expect(second.endings.map(\.outcome.state) == [.completed, .completed, .completed])
    #expect(try await collector.look().endings.isEmpty)
    #expect(try Self.states(fixture) == [.completed, .completed, .completed])
    #expect(Self.isTidy(fixture))
  }

  @Test func `a look takes in no more than is told at once, and all looks together everything`()
    async throws
  {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store)
    _ = try await Self.launch(fixture, slurm, detaches: true)
      .run(fixture.plan(7), as: fixture.record())
    let collector = Self.collector(fixture, slurm, largestIntake: 2)
    #expect(try await collector.look().running == 7)
    let look = try await collector.look()
    #expect(look.endings.count == 2 && look.left == 5 && look.open == 5)
    let rest = try await collector.settle()
    #expect(rest.taken.counts == [.completed: 5] && rest.open == 0)
    #expect(try Self.states(fixture) == Array(repeating: .completed, count: 7))
    #expect(Self.isTidy(fixture))
  }

  @Test func `a second launch waits for what Slurm has of the first, and runs nothing twice`()
    async throws
  {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store)
    _ = try await Self.launch(fixture, slurm, detaches: true)
      .run(fixture.plan(3), as: fixture.record())
    let summary = try await Self.launch(fixture, slurm).run(
      fixture.plan(4), as: fixture.record())
    #expect(summary.completed == 4)
    #expect(slurm.state.withLock { $0.scripts.count } == 2)
    #expect(try Self.attempts(fixture).map(\.count) == [1, 1, 1, 1])
  }

  @Test(arguments: [false, true])
  func `a launch on this host waits for them too, whatever older runs came to`(
    hasOlderRuns: Bool
  ) async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store)
    var options = RerunOptions()
    if hasOlderRuns {
      options.isFresh = true
      _ = try await Self.launch(fixture, slurm).run(fixture.plan(2), as: fixture.record())
    }
    _ = try await Self.launch(fixture, slurm, detaches: true)
      .run(fixture.plan(2, options: options), as: fixture.record())
    let collector = Self.collector(fixture, slurm)
    let executor = FakeExecutor()
    let scheduler = Scheduler(
      store: fixture.store, executor: executor, workers: 3, usesNativeBLAS: false,
      logger: Self.logger, lookElsewhere: { _ = try? await collector.look() }, observe: { _ in })
    let summary = try await scheduler.run(
      fixture.plan(3, options: options), as: fixture.record())
    #expect(summary.completed == 1 && summary.skipped == 2)
    #expect(executor.started == [2])
    #expect(
      try Self.states(fixture) == Array(repeating: .completed, count: hasOlderRuns ? 5 : 3))
  }

  @Test func `further rounds are submitted when the first has ended`() async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store)
    let plan = try fixture.plan(4)
    let summary = try await Self.launch(fixture, slurm).run(
      Array(plan.prefix(2)), as: fixture.record(),
      next: { $0 == 2 ? Array(plan.suffix(2)) : [] })
    #expect(summary.completed == 4)
    #expect(slurm.state.withLock { $0.scripts.count } == 2)
  }

  // MARK: What goes wrong

  /// Ends of tasks without a last word of the job, and what they come to.
  private static let deaths: [(end: SlurmEnd, state: RunState, reason: String, message: String)] = [
    (
      SlurmEnd(.failed, exitCode: 0, signal: 9, node: "n1", reason: "JobLaunchFailure"),
      .interrupted, "died",
      "its process was killed (signal 9)"
    ),
    (
      SlurmEnd(.failed, exitCode: 127, node: "n1"), .failed, "died",
      "its process ended with status 127 and no result. Its last words: not found"
    ),
    (
      SlurmEnd(.failed, exitCode: 0, signal: 53, node: "n1", reason: "JobLaunchFailure"), .failed,
      "not_started",
      "its process did not start: Slurm could not start its task on n1 (JobLaunchFailure). The "
        + "logs of slurmd there say why"
    ),
    (
      SlurmEnd(.completed, exitCode: 0, node: "n1"), .failed, "died",
      "its task is completed in Slurm, but left no result. Its last words: not found"
    ),
    (
      SlurmEnd(.nodeFailed, node: "n2"), .interrupted, "died", "its node n2 failed"
    ),
    (
      SlurmEnd(.preempted, node: "n2"), .interrupted, "stopped",
      "Slurm preempted it on n2"
    ),
    (
      SlurmEnd(.cancelled), .interrupted, "stopped",
      "its task was cancelled in Slurm, not by rll-sweep"
    ),
    (
      SlurmEnd(.timeout, node: "n1"), .failed, "time_limit",
      "Slurm ended it at its limit on time. To go on with more: raise time in a profile and "
        + "rll-sweep retry fixture --executor slurm --slurm-profile FILE"
    ),
    (
      SlurmEnd(.outOfMemory, node: "n1"), .failed, "memory_limit",
      "Slurm ended it on n1 for its memory. To go on with more: raise memory in a profile and "
        + "rll-sweep retry fixture --executor slurm --slurm-profile FILE"
    ),
  ]

  @Test(arguments: deaths)
  func `what a task comes to that ends without a word of its job`(
    end: SlurmEnd, state: RunState, reason: String, message: String
  ) async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store) { folder, _ in
      try "not found\n".write(toFile: folder.path + "/log.txt", atomically: true, encoding: .utf8)
      return end
    }
    _ = try await Self.launch(fixture, slurm, detaches: true)
      .run(fixture.plan(1), as: fixture.record())
    let collector = Self.collector(fixture, slurm)
    while try await collector.look().open > 0 {}
    #expect(try Self.states(fixture) == [state])
    let attempt = try #require(try Self.attempts(fixture).first?.first)
    #expect(attempt.reason == reason)
    #expect(attempt.message == message.replacing("its process did not start: ", with: ""))
    #expect(attempt.exitStatus?.hasPrefix("Slurm: \(end.kind.rawValue)") == true)
    #expect(try fixture.store.check().problems.filter { $0.kind == .runState } == [])
  }

  @Test func `a task that Slurm has forgotten is judged by what it left`() async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store) { folder, request in
      request.spec.index == 0
        ? try FakeSlurm.complete(folder, request) : SlurmEnd(.failed, exitCode: 1)
    }
    slurm.change { $0.forgets = true }
    _ = try await Self.launch(fixture, slurm, detaches: true)
      .run(fixture.plan(2), as: fixture.record())
    let collector = Self.collector(fixture, slurm)
    while try await collector.look().open > 0 {}
    #expect(try Self.states(fixture) == [.completed, .interrupted])
    #expect(
      try Self.attempts(fixture).last?.first?.message
        == "Slurm knows nothing of its task any more, and it left no result")
  }

  @Test func `a job that died is handed in again as often as it may be`() async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store) { folder, request in
      request.attempt < 3
        ? SlurmEnd(.failed, exitCode: 0, signal: 7) : try FakeSlurm.complete(folder, request)
    }
    let log = EventLog()
    let summary = try await Self.launch(fixture, slurm, retries: 2, observe: { log.add($0) })
      .run(fixture.plan(1), as: fixture.record())
    #expect(summary.completed == 1)
    #expect(try Self.attempts(fixture).first?.map(\.state) == ["failed", "failed", "completed"])
    #expect(log.retries.map { $0.prefix(6) } == ["1 of 2", "2 of 2"])
    let again = FakeSlurm(fixture.store) { _, _ in SlurmEnd(.failed, exitCode: 0, signal: 7) }
    let other = try LaunchFixture()
    let gaveUp = FakeSlurm(other.store) { _, _ in SlurmEnd(.failed, exitCode: 0, signal: 7) }
    let end = try await Self.launch(other, gaveUp, retries: 1)
      .run(other.plan(1), as: other.record())
    #expect(end.failed == 1)
    #expect(try Self.attempts(other).first?.count == 2)
    withExtendedLifetime(again) {}
  }

  @Test func `a job that was stopped and may run again in Slurm is left alone`() async throws {
    let fixture = try LaunchFixture()
    let executions = Mutex(0)
    let slurm = FakeSlurm(fixture.store) { folder, request in
      if executions.withLock({
        $0 += 1; return $0
      }) == 1 {
        // Preempted: it says so and is in the queue again.
        try folder.write(JobReport(jobKey: request.jobKey, ending: .interrupted))
        return nil
      }
      return try FakeSlurm.complete(folder, request)
    }
    let summary = try await Self.launch(fixture, slurm)
      .run(fixture.plan(1), as: fixture.record())
    #expect(summary.completed == 1)
    #expect(try Self.attempts(fixture).map(\.count) == [1])
  }

  @Test func `a controller that is silent for some time ends nothing and is said once`()
    async throws
  {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store)
    slurm.change { $0.silentLooks = 5 }
    let log = EventLog()
    let summary = try await Self.launch(fixture, slurm, observe: { log.add($0) })
      .run(fixture.plan(2), as: fixture.record())
    #expect(summary.completed == 2)
    let words = log.all.compactMap { event -> String? in
      switch event {
      case .warned(let text), .said(let text): text
      default: nil
      }
    }
    #expect(
      words == [
        "squeue: Unable to contact slurm controller. It is asked again", "Slurm answers again",
      ])
  }

  @Test func `what has ended is taken in although nobody can be asked`() async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store) { folder, request in
      if request.spec.index == 0 { return try FakeSlurm.complete(folder, request) }
      try folder.write(JobReport(jobKey: request.jobKey, ending: .interrupted))
      return nil
    }
    _ = try await Self.launch(fixture, slurm, detaches: true)
      .run(fixture.plan(2), as: fixture.record())
    // Both have run a while, and the one is done.
    for _ in 0..<2 { _ = try await slurm.states(of: [:]) }
    slurm.change { $0.isMissing = true }
    let look = try await Self.collector(fixture, slurm).look()
    #expect(look.endings.count == 1 && look.unseen == 1)
    #expect(look.failure?.description == "there is no squeue on this host's PATH")
    #expect(try Self.states(fixture) == [.completed, .running])
    let abandoned = try await Self.collector(fixture, slurm).abandon(nil)
    #expect(abandoned.taken.counts == [.interrupted: 1])
    #expect(try Self.states(fixture) == [.completed, .interrupted])
  }

  // MARK: Submissions

  @Test func `what Slurm refuses for good ends the launch, and the jobs wait as before`()
    async throws
  {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store)
    slurm.change { $0.answers = [.no(SlurmFailure(.refused, "sbatch: error: no such partition"))] }
    let error = await #expect(throws: RunnerError.self) {
      _ = try await Self.launch(fixture, slurm).run(fixture.plan(2), as: fixture.record())
    }
    #expect(error?.code == .slurm)
    #expect(
      error?.description == """
        Slurm takes no jobs: sbatch: error: no such partition. Nothing of what it refused is lost: \
        launch again when that is mended
        """)
    #expect(try Self.states(fixture) == [.pending, .pending])
    #expect(try Self.attempts(fixture).map(\.count) == [0, 0])
    #expect(try fixture.store.livingLaunches().isEmpty)
  }

  @Test func `a full queue is waited for`() async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store)
    let full = SlurmFailure(.refused, "sbatch: error: Job violates accounting/QOS policy")
    slurm.change {
      $0.largestArray = 2
      $0.answers = [.yes, .no(full), .no(full)]
    }
    let summary = try await Self.launch(fixture, slurm)
      .run(fixture.plan(4), as: fixture.record())
    #expect(summary.completed == 4)
    #expect(slurm.state.withLock { $0.scripts.count } == 2)
    #expect(try Self.attempts(fixture).map(\.count) == [1, 1, 1, 1])
  }

  @Test func `an answer that was lost is found out by the name of the jobs`() async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store)
    slurm.change { $0.answers = [.lost] }
    let summary = try await Self.launch(fixture, slurm)
      .run(fixture.plan(2), as: fixture.record())
    #expect(summary.completed == 2)
    #expect(slurm.state.withLock { $0.scripts.count } == 1)
  }

  @Test(arguments: [true, false])
  func `a launcher that died in the middle of a submission leaves it to be found out`(
    wasAccepted: Bool
  ) async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store)
    _ = try await Self.launch(fixture, slurm, detaches: true)
      .run(fixture.plan(2), as: fixture.record())
    try fixture.sqlite("UPDATE slurmSubmission SET jobId = NULL")
    if !wasAccepted { slurm.change { $0.names = [:] } }
    let collector = Self.collector(fixture, slurm)
    let look = try await collector.look()
    #expect(look.withdrawn == (wasAccepted ? 0 : 2))
    if wasAccepted {
      while try await collector.look().open > 0 {}
      #expect(try Self.states(fixture) == [.completed, .completed])
    } else {
      #expect(try Self.states(fixture) == [.pending, .pending])
      #expect(try fixture.store.openSlurmSubmissions().isEmpty)
    }
  }

  @Test func `what Slurm ran and has forgotten is taken in, however much it is`() async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store)
    _ = try await Self.launch(fixture, slurm, detaches: true)
      .run(fixture.plan(3), as: fixture.record())
    for _ in 0..<2 { _ = try await slurm.states(of: [:]) }
    try fixture.sqlite("UPDATE slurmSubmission SET jobId = NULL")
    slurm.change { $0.names = [:] }
    let look = try await Self.collector(fixture, slurm, largestIntake: 1).settle()
    #expect(look.taken.counts == [.completed: 3])
    #expect(try Self.states(fixture) == [.completed, .completed, .completed])
  }

  // MARK: Stopping

  @Test func `who leaves leaves the jobs to Slurm`() async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store) { _, _ in nil }
    let box = Mutex<SlurmLaunch?>(nil)
    let launch = Self.launch(
      fixture, slurm,
      pause: { _ in
        await box.withLock(\.self)?.interrupt()
        try await Task.sleep(for: .seconds(60))
      })
    box.withLock { $0 = launch }
    let summary = try await launch.run(fixture.plan(2), as: fixture.record())
    box.withLock { $0 = nil }
    #expect(summary.leftToSlurm == 2 && summary.interrupted == 0)
    #expect(try Self.states(fixture) == [.running, .running])
    #expect(slurm.state.withLock(\.cancelled).isEmpty)
  }

  @Test func `what is to be cancelled is cancelled in Slurm by whoever looks`() async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store) { _, _ in nil }
    _ = try await Self.launch(fixture, slurm, detaches: true)
      .run(fixture.plan(3), as: fixture.record())
    let runs = try fixture.store.runs().map(\.id)
    _ = try fixture.store.cancel(.run(id: runs[1]), now: Timestamp(Date()))
    let collector = Self.collector(fixture, slurm)
    _ = try await collector.look()
    #expect(slurm.state.withLock(\.cancelled) == ["101_1"])
    _ = try await collector.look()
    #expect(try Self.states(fixture) == [.running, .cancelled, .running])
    #expect(try Self.attempts(fixture)[1].first?.reason == "cancelled")
    try await collector.cancel { $0.runID != runs[1] }
    #expect(slurm.state.withLock(\.cancelled).last == "101")
  }

  @Test func `the first failure ends the rest where that is asked for`() async throws {
    let fixture = try LaunchFixture()
    let slurm = FakeSlurm(fixture.store) { folder, request in
      guard request.spec.index == 0 else { return nil }
      var report = JobReport(jobKey: request.jobKey, ending: .failed)
      report.reason = .diverged
      report.message = "the loss is not finite"
      try folder.write(report)
      return SlurmEnd(.failed, exitCode: 1)
    }
    let log = EventLog()
    let summary = try await Self.launch(
      fixture, slurm, failFast: true, pause: { _ in await Task.yield() },
      observe: { log.add($0) }
    ).run(fixture.plan(3), as: fixture.record())
    #expect(summary.failed == 1 && summary.interrupted == 2)
    #expect(log.stops == [.failure])
    #expect(try Self.states(fixture) == [.failed, .interrupted, .interrupted])
  }
}
