import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// What the store knows of Slurm: arrays, and which attempt each of their tasks is.
struct SlurmStoreTests {
  private static func submission(
    _ launch: LaunchRecord, id: String = Identifier.random()
  ) -> SlurmSubmission {
    SlurmSubmission(
      id: id, launchID: launch.id, sweepName: launch.sweepName, cluster: "hal",
      submittedAt: StoreFixture.start)
  }

  private static func submit(
    _ jobs: [LaunchedJob], of launch: LaunchRecord, in store: ExperimentStore
  ) throws -> (SlurmSubmission, [SlurmTask]) {
    let submission = submission(launch)
    let tasks = try store.begin(
      submission, runs: jobs.map { ($0.runID, StoreFixture.job($0.position).spec) })
    return (submission, tasks)
  }

  private static func states(_ store: ExperimentStore) throws -> [RunState] {
    try store.runs().map(\.state)
  }

  @Test func `tasks are attempts, in the order in which they were given`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin(jobs: 3)
    defer { withExtendedLifetime(lock) {} }
    let (submission, tasks) = try Self.submit(jobs.reversed(), of: launch, in: fixture.store)
    #expect(tasks.map(\.runID) == jobs.reversed().map(\.runID))
    #expect(tasks.map(\.position) == [0, 1, 2])
    #expect(tasks.map(\.attempt) == [1, 1, 1])
    #expect(try Self.states(fixture.store) == [.running, .running, .running])
    try fixture.store.accept(submission: submission.id, asJob: 17)
    let open = try fixture.store.openSlurmSubmissions()
    #expect(open.count == 1)
    #expect(open.first?.jobID == 17)
    #expect(open.first?.sweepName == "practice")
    #expect(open.first?.cluster == "hal")
    #expect(try fixture.store.openSlurmTasks(of: submission.id) == tasks)
  }

  @Test func `they outlive their launch, and are nobody else's to run`() throws {
    let fixture = try StoreFixture()
    var begun: (jobs: [LaunchedJob], launch: LaunchRecord, lock: LaunchLock?) =
      try fixture.begin(jobs: 2)
    let (jobs, launch) = (begun.jobs, begun.launch)
    let (_, tasks) = try Self.submit([jobs[0]], of: launch, in: fixture.store)
    _ = try fixture.store.claim(
      runID: jobs[1].runID, launchID: launch.id, spec: StoreFixture.job(1).spec,
      now: StoreFixture.start)
    begun.lock = nil
    // The launcher is dead: what ran on its host is interrupted, what Slurm has is not.
    let store = try ExperimentStore(path: fixture.path, access: .read)
    #expect(try Self.states(store) == [.running, .interrupted])
    #expect(try store.deadLaunches().isEmpty)
    #expect(
      try store.claim(
        runID: jobs[0].runID, launchID: launch.id, spec: StoreFixture.job(0).spec,
        now: StoreFixture.start) == nil)
    #expect(try store.check().problems.filter { $0.kind == .runState } == [])
    #expect(
      try store.takeIn(StoreFixture.outcome(), runID: tasks[0].runID, attempt: tasks[0].attempt))
    #expect(
      try !store.takeIn(StoreFixture.outcome(), runID: tasks[0].runID, attempt: tasks[0].attempt))
    #expect(try Self.states(store) == [.completed, .interrupted])
    #expect(try store.openSlurmSubmissions().isEmpty)
  }

  @Test func `an orderly end of the launch leaves them too`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin()
    defer { withExtendedLifetime(lock) {} }
    _ = try Self.submit(jobs, of: launch, in: fixture.store)
    try fixture.store.end(launch: launch.id, at: StoreFixture.start)
    #expect(try Self.states(fixture.store) == [.running])
    #expect(try fixture.store.livingLaunches().isEmpty)
  }

  @Test func `what another launch has is left out, and all of it is no submission`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin(jobs: 2)
    defer { withExtendedLifetime(lock) {} }
    _ = try Self.submit([jobs[0]], of: launch, in: fixture.store)
    let (_, tasks) = try Self.submit(jobs, of: launch, in: fixture.store)
    #expect(tasks.map(\.runID) == [jobs[1].runID])
    #expect(tasks.map(\.position) == [0])
    let (_, none) = try Self.submit(jobs, of: launch, in: fixture.store)
    #expect(none.isEmpty)
    #expect(
      try StoreFile.run("SELECT count(*) FROM slurmSubmission", on: fixture.path) == "2\n")
  }

  @Test func `a submission that is withdrawn leaves the runs as they were`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin(jobs: 4)
    defer { withExtendedLifetime(lock) {} }
    try fixture.finish(jobs[1], of: launch, with: StoreFixture.outcome(.interrupted))
    let (submission, tasks) = try Self.submit(jobs, of: launch, in: fixture.store)
    _ = try fixture.store.cancel(.run(id: jobs[2].runID), now: StoreFixture.start)
    try fixture.store.takeIn(
      StoreFixture.outcome(), runID: tasks[3].runID, attempt: tasks[3].attempt)
    #expect(
      try fixture.store.openSlurmTasks(of: submission.id).map(\.isToBeCancelled) == [
        false, false, true,
      ])
    #expect(try fixture.store.withdraw(submission: submission.id) == 3)
    #expect(try Self.states(fixture.store) == [.pending, .interrupted, .cancelled, .completed])
    #expect(try fixture.store.detail(of: jobs[0].runID).attempts.isEmpty)
    #expect(try fixture.store.detail(of: jobs[1].runID).attempts.count == 1)
    #expect(try fixture.store.check().problems.filter { $0.kind == .runState } == [])
    #expect(try fixture.store.withdraw(submission: submission.id) == 0)
  }

  @Test func `a store that is too old to know Slurm has nothing there`() throws {
    let old = Schema(migrations: Array(Schema.current.migrations.prefix(6)))
    #expect(try StoreFixture(schema: old).store.openSlurmSubmissions().isEmpty)
  }
}
