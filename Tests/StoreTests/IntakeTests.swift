import Foundation
import Store
import Sweeps
import Testing

@Suite struct IntakeTests {
  @Test func `what was taken in is found again`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin()
    defer { withExtendedLifetime(lock) {} }
    var outcome = StoreFixture.outcome()
    outcome.selectedStep = 50
    outcome.log = "step 50\nstep 100\n"
    outcome.checkpoints = [CheckpointContent(kind: .best, step: 50, content: Data([1, 2, 3]))]
    try fixture.finish(jobs[0], of: launch, with: outcome)
    let detail = try fixture.store.detail(of: jobs[0].runID)
    #expect(detail.summary.state == .completed)
    #expect(detail.summary.metrics == ["test/recall@1": 0.85])
    #expect(detail.summary.settings == StoreFixture.job(0).spec.settings)
    #expect(detail.summary.selectedStep == 50)
    #expect(detail.origins["loss.alpha"] == .line(7))
    #expect(detail.origins["seed"] == .commandLine)
    #expect(detail.environment["numerics_identity"] == "1")
    #expect(detail.attempts.map(\.exitStatus) == ["exit 0"])
    #expect(detail.attempts.map(\.log) == ["step 50\nstep 100\n"])
    #expect(detail.launch.commandLine == launch.commandLine)
    #expect(detail.launch.axes == launch.axes)
    #expect(try fixture.store.history(of: jobs[0].runID) == outcome.history)
    #expect(
      try fixture.store.checkpoint(of: jobs[0].runID, kind: .best) == Data([1, 2, 3]))
    #expect(try fixture.store.checkpoint(of: jobs[0].runID, kind: .last) == nil)
  }

  @Test func `taking in twice changes nothing`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin()
    defer { withExtendedLifetime(lock) {} }
    let attempt = try #require(
      try fixture.store.claim(
        runID: jobs[0].runID, launchID: launch.id, spec: StoreFixture.job(0).spec,
        now: StoreFixture.start))
    let store = fixture.store
    #expect(
      try store.takeIn(StoreFixture.outcome(), runID: jobs[0].runID, attempt: attempt))
    var other = StoreFixture.outcome(.failed, message: "late")
    other.finalMetrics = ["test/recall@1": 0]
    other.history = []
    #expect(try !store.takeIn(other, runID: jobs[0].runID, attempt: attempt))
    let run = try store.detail(of: jobs[0].runID)
    #expect(run.summary.state == .completed)
    #expect(run.summary.metrics == ["test/recall@1": 0.85])
    #expect(run.attempts.count == 1)
    #expect(try store.history(of: jobs[0].runID).count == 2)
  }

  @Test func `the history of an interrupted attempt is replaced by that of the next`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin()
    defer { withExtendedLifetime(lock) {} }
    let run = jobs[0].runID
    var interrupted = StoreFixture.outcome(.interrupted, message: "training was stopped")
    interrupted.finalMetrics = [:]
    try fixture.finish(jobs[0], of: launch, with: interrupted)
    #expect(try fixture.store.history(of: run) == interrupted.history)

    // One that was killed says nothing, and takes nothing away.
    var killed = AttemptOutcome(state: .interrupted, finishedAt: interrupted.finishedAt)
    killed.message = "its process was killed"
    try fixture.finish(jobs[0], of: launch, with: killed)
    #expect(try fixture.store.history(of: run) == interrupted.history)
    #expect(
      try fixture.store.cost(of: run)
        == RunCost(wallSeconds: 1.5, processorSeconds: 1, peakMemoryBytes: 1 << 20))

    var last = StoreFixture.outcome()
    last.beginning = "resumed at step 50"
    last.history = [interrupted.history[0], MetricPoint(name: "train/loss", step: 99, value: 1)]
    last.cost = RunCost(wallSeconds: 4, processorSeconds: 3, peakMemoryBytes: 2 << 20)
    try fixture.finish(jobs[0], of: launch, with: last)
    #expect(try fixture.store.history(of: run) == last.history)
    #expect(try fixture.store.cost(of: run) == last.cost)
    #expect(
      try fixture.store.detail(of: run).attempts.map(\.message)
        == ["training was stopped", "its process was killed", "resumed at step 50"])
  }

  @Test func `where a failed attempt began is said of the attempt, not in the run's error`() throws
  {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin()
    defer { withExtendedLifetime(lock) {} }
    var failed = StoreFixture.outcome(.failed, message: "loss is nan at step 60")
    failed.beginning = "resumed at step 50"
    try fixture.finish(jobs[0], of: launch, with: failed)
    let detail = try fixture.store.detail(of: jobs[0].runID)
    #expect(detail.attempts.map(\.message) == ["resumed at step 50; loss is nan at step 60"])
    #expect(detail.summary.error == "loss is nan at step 60")
  }

  @Test func `the cost of a run that is not there is an error`() throws {
    let fixture = try StoreFixture()
    #expect(
      storeErrorText { _ = try fixture.store.cost(of: "0123456789abcdef") }
        == "there is no run 0123456789abcdef")
  }

  @Test func `a run is claimed once`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin()
    defer { withExtendedLifetime(lock) {} }
    func claim() throws -> Int? {
      try fixture.store.claim(
        runID: jobs[0].runID, launchID: launch.id, spec: StoreFixture.job(0).spec,
        now: StoreFixture.start)
    }
    #expect(try claim() == 1)
    #expect(try claim() == nil)
  }

  @Test func `a launch whose process is gone leaves interrupted runs, not running ones`() throws {
    let fixture = try StoreFixture()
    var begun = try fixture.begin(jobs: 2)
    _ = try fixture.store.claim(
      runID: begun.jobs[0].runID, launchID: begun.launch.id, spec: StoreFixture.job(0).spec,
      now: StoreFixture.start)

    let watcher = try ExperimentStore(path: fixture.path, access: .read)
    #expect(try watcher.runs().map(\.state) == [.running, .pending])

    begun.lock = nil
    let next = try ExperimentStore(path: fixture.path, access: .read)
    #expect(try next.runs().map(\.state) == [.interrupted, .pending])
    let detail = try next.detail(of: begun.jobs[0].runID)
    #expect(detail.attempts.map(\.state) == ["interrupted"])
    #expect(detail.attempts[0].message == "the launching process ended before the job did")
    #expect(detail.attempts[0].finishedAt != nil)

    let again = try fixture.begin(jobs: 2)
    defer { withExtendedLifetime(again.lock) {} }
    #expect(again.jobs.map(\.runID) == begun.jobs.map(\.runID))
    try fixture.finish(again.jobs[0], of: again.launch)
    #expect(
      try next.detail(of: begun.jobs[0].runID).attempts.map(\.state)
        == ["interrupted", "completed"])
  }

  @Test func `a failed run is retried under its own id`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin()
    defer { withExtendedLifetime(lock) {} }
    try fixture.finish(
      jobs[0], of: launch, with: StoreFixture.outcome(.failed, message: "loss is nan at step 3"))
    #expect(try fixture.store.runs()[0].error == "loss is nan at step 3")
    let retried = StoreFixture.launch()
    let again = try fixture.store.begin(retried, jobs: [StoreFixture.job(0)])
    #expect(again.map(\.runID) == jobs.map(\.runID))
    #expect(try fixture.store.runs().map(\.state) == [.pending])
    try fixture.finish(again[0], of: retried)
    let run = try fixture.store.runs()
    #expect(run.map(\.state) == [.completed])
    #expect(run[0].error == nil)
    #expect(run[0].attempts == 2)
  }

  @Test func `a fresh launch makes a second run and listings take the newer one`() throws {
    let fixture = try StoreFixture()
    let first = try fixture.begin()
    defer { withExtendedLifetime(first.lock) {} }
    try fixture.finish(first.jobs[0], of: first.launch)
    let second = try fixture.begin()
    defer { withExtendedLifetime(second.lock) {} }
    #expect(second.jobs[0].runID != first.jobs[0].runID)
    var later = StoreFixture.outcome()
    later.finishedAt = Timestamp(Date(timeIntervalSince1970: 1_700_000_900))
    try fixture.finish(second.jobs[0], of: second.launch, with: later)
    #expect(try fixture.store.runs().count == 2)
    #expect(try fixture.store.runs(.sweep("practice")).map(\.id) == [second.jobs[0].runID])
  }

  @Test func `NaN is kept as NULL and infinities as they are`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin()
    defer { withExtendedLifetime(lock) {} }
    var outcome = StoreFixture.outcome()
    outcome.history = [
      MetricPoint(name: "a", step: 1, value: .nan),
      MetricPoint(name: "a", step: 2, value: .infinity),
      MetricPoint(name: "a", step: 3, value: -.infinity),
    ]
    outcome.finalMetrics = ["a": .nan, "b": .infinity]
    try fixture.finish(jobs[0], of: launch, with: outcome)
    let history = try fixture.store.query(
      "SELECT value IS NULL, value FROM metric_history ORDER BY step")
    #expect(
      history.rows == [
        [.number(1), .null], [.number(0), .number(.infinity)], [.number(0), .number(-.infinity)],
      ])
    let read = try fixture.store.history(of: jobs[0].runID).map(\.value)
    #expect(read[0].isNaN && read[1] == .infinity && read[2] == -.infinity)
    let metrics = try fixture.store.runs()[0].metrics
    #expect(metrics["a"]?.isNaN == true)
    #expect(metrics["b"] == .infinity)
    let temperature = try fixture.store.query(
      "SELECT value FROM params WHERE name = 'loss.temperature'")
    #expect(temperature.rows == [[.number(.infinity)]])
  }

  @Test func `equal weights are kept once`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin(jobs: 2)
    defer { withExtendedLifetime(lock) {} }
    let weights = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 * 7) })
    for job in jobs {
      var outcome = StoreFixture.outcome()
      outcome.checkpoints = [
        CheckpointContent(kind: .best, step: 50, content: weights),
        CheckpointContent(kind: .last, step: 100, content: weights),
      ]
      try fixture.finish(job, of: launch, with: outcome)
    }
    let count = try fixture.store.query(
      "SELECT count(*), count(DISTINCT sha256), sum(bytes) FROM checkpoints")
    #expect(count.rows == [[.number(4), .number(1), .number(400_000)]])
    #expect(
      try fixture.store.query("SELECT count(*) FROM blobChunk").rows == [[.number(1)]])
    #expect(try fixture.store.checkpoint(of: jobs[1].runID, kind: .last) == weights)
  }

  @Test func `a point of a history takes 25 bytes at most`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin()
    defer { withExtendedLifetime(lock) {} }
    var outcome = StoreFixture.outcome()
    // As a trainer writes them: all measures of one step, then those of the next.
    outcome.history = (0..<20_000).flatMap { step in
      (0..<10).map { measure in
        MetricPoint(
          name: "measure/\(measure)", step: step, value: 1 / Double(step * 10 + measure + 3))
      }
    }
    func bytes() throws -> Double {
      let pages = try fixture.store.query(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
      return try #require(pages.rows.first?.first?.number)
    }
    let before = try bytes()
    try fixture.finish(jobs[0], of: launch, with: outcome)
    let perPoint = (try bytes() - before) / Double(outcome.history.count)
    #expect(perPoint <= 25, "\(perPoint) bytes a point")
    #expect(try fixture.store.history(of: jobs[0].runID).count == 200_000)
  }
}
