import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// Launches that were planned at the same time, of which one is written down after the other.
@Suite struct LaunchRaceTests {
  private let fixture: StoreFixture
  /// Two launchers' plans of one job, made while the store had nothing of it.
  private let plans: [PlannedJob]

  init() throws {
    fixture = try StoreFixture()
    plans = [StoreFixture.job(0, options: .init()), StoreFixture.job(0, options: .init())]
  }

  private func reason(of launch: LaunchRecord) throws -> String {
    try StoreFile.run(
      """
      SELECT action || ', ' || reason FROM launchJob
      WHERE launchNumber = (SELECT number FROM launch WHERE id = '\(launch.id)')
      """, on: fixture.path
    ).trimmingCharacters(in: .newlines)
  }

  @Test func `a job that another launch completed since it was planned gets no second run`() throws
  {
    let (first, second) = (StoreFixture.launch(), StoreFixture.launch())
    let run = try fixture.store.begin(first, jobs: [plans[0]])[0]
    #expect(run.action == .run && run.stateBefore == nil)
    try fixture.finish(run, of: first)

    let again = try fixture.store.begin(second, jobs: [plans[1]])
    #expect(again.map(\.runID) == [run.runID])
    #expect(again.map(\.action) == [.skip] && again.map(\.stateBefore) == [.completed])
    #expect(try fixture.store.runs().map(\.state) == [.completed])
    #expect(try reason(of: first) == "run, new")
    #expect(try reason(of: second) == "skip, completed as \(run.runID.prefix(8))")
    var later = plans[1]
    later.spec.index = 1
    let added = try fixture.store.append([later], to: second)
    #expect(added.map(\.action) == [.skip], "a later round is decided in the same way")
  }

  @Test func `a job that another launch has taken up is shared with it`() throws {
    let (first, second) = (StoreFixture.launch(), StoreFixture.launch())
    let run = try fixture.store.begin(first, jobs: [plans[0]])[0]
    func claim(_ launch: LaunchRecord) throws -> Int? {
      try fixture.store.claim(
        runID: run.runID, launchID: launch.id, spec: plans[0].spec, now: StoreFixture.start)
    }
    #expect(try claim(first) == 1)
    let again = try fixture.store.begin(second, jobs: [plans[1]])
    #expect(again.map(\.runID) == [run.runID])
    #expect(again.map(\.action) == [.run] && again.map(\.stateBefore) == [.running])
    #expect(try reason(of: second) == "run, running under another launch, which is waited for")
    #expect(try claim(second) == nil)
  }

  @Test func `a job that failed under another launch since it was planned is left as it is`() throws
  {
    let (first, second) = (StoreFixture.launch(), StoreFixture.launch())
    let run = try fixture.store.begin(first, jobs: [plans[0]])[0]
    try fixture.finish(run, of: first, with: StoreFixture.outcome(.failed, message: "boom"))
    let again = try fixture.store.begin(second, jobs: [plans[1]])
    #expect(again.map(\.action) == [.skip] && again.map(\.stateBefore) == [.failed])
    #expect(try fixture.store.runs().map(\.state) == [.failed])
  }

  @Test func `a failed job that two launches are to retry is not taken from the one that did`()
    throws
  {
    var options = RerunOptions()
    options.retriesFailed = true
    let launches = (0..<3).map { _ in StoreFixture.launch() }
    let run = try fixture.store.begin(launches[0], jobs: [plans[0]])[0]
    try fixture.finish(run, of: launches[0], with: StoreFixture.outcome(.failed, message: "boom"))

    let known = try fixture.store.knownJobs(keys: [plans[0].key])[plans[0].key]
    var retry = StoreFixture.job(0, options: options)
    retry.decision = JobDecision(about: known, options: options)
    #expect(retry.action == .retry)
    let retried = try fixture.store.begin(launches[1], jobs: [retry])[0]
    #expect(retried.action == .retry && retried.runID == run.runID)
    try fixture.finish(retried, of: launches[1])

    let late = try fixture.store.begin(launches[2], jobs: [retry])[0]
    #expect(late.action == .skip && late.runID == run.runID)
    let detail = try fixture.store.detail(of: run.runID)
    #expect(detail.summary.state == .completed)
    #expect(detail.summary.metrics == ["test/recall@1": 0.85])
    #expect(detail.attempts.map(\.state) == ["failed", "completed"])
  }
}
