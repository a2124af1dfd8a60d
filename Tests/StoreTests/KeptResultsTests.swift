import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// Results by value: nights and named baselines.
@Suite struct KeptResultsTests {
  private static func results(
    _ care: CareFixture, _ begun: CareFixture.Begun
  ) throws -> LaunchResults {
    try care.store.results(ofLaunch: begun.launch.id)
  }

  private static func baseline(
    _ name: String, of results: LaunchResults, at seconds: Int, reason: String? = nil
  ) -> BaselineRecord {
    BaselineRecord(
      name: name, at: CareFixture.moment(seconds), reason: reason,
      setDigest: results.results.digest, sweep: results.launch.sweepName,
      launchID: results.launch.id, startedAt: results.launch.startedAt.description,
      host: results.launch.host)
  }

  private static func night(
    of results: LaunchResults, verdict: GateVerdict = .pass, at seconds: Int = 200
  ) -> NightRecord {
    NightRecord(
      of: results, verdict: verdict, summary: "all is well", baselineID: nil,
      recordedAt: CareFixture.moment(seconds))
  }

  @Test func `the results of a launch are those of its own runs, also of one that failed`() throws {
    let care = try CareFixture()
    try care.complete([0, 1])
    var begun = try care.begin([0, 1], at: 500)
    try care.finish(0, of: begun, shift: 0.5, at: 560)
    try care.finish(1, of: begun, .failed, at: 560)
    begun.lock = nil
    let found = try Self.results(care, begun)
    #expect(found.results.jobs.map(\.state) == [.completed, .failed])
    #expect(found.results.jobs.map(\.measures) == [["test/recall@1": 0.5], [:]])
    #expect(found.results.jobs[1].error == "it failed")
    #expect(found.results.jobs.map(\.numericsIdentity) == ["1", nil])
    #expect(found.jobsOfOthers == 0)
    let result = try #require(found.details[found.results.jobs[0].resultDigest ?? ""])
    #expect(result.histories["train/loss"] == [.init(step: 50, value: 0.5)])
    #expect(Set(result.weights.keys) == ["best", "last"])
  }

  @Test func `a night is read back as it was kept, and its launch is not kept twice`() throws {
    let care = try CareFixture()
    let results = try Self.results(care, care.complete([0, 1]))
    try care.store.keep(Self.night(of: results, verdict: .cannotJudge), of: results)
    try care.store.keep(Self.night(of: results), of: results)
    let nights = try care.store.nights(of: "practice")
    #expect(nights == [Self.night(of: results)])
    #expect(try care.store.sweepResults(nights[0].setDigest) == results.results)
    for (digest, result) in results.details {
      #expect(try care.store.jobResult(digest) == result)
    }
    #expect(try care.store.jobResult("0") == nil)
    #expect(try care.problems() == [])
  }

  @Test func `nights of the same bits share what is kept`() throws {
    let care = try CareFixture()
    for seconds in [0, 500, 1_000] {
      let results = try Self.results(care, care.complete([0, 1], at: seconds))
      try care.store.keep(Self.night(of: results), of: results)
    }
    #expect(try care.store.nights(of: "practice").count == 3)
    #expect(try care.store.nights(of: "practice", limit: 2).count == 2)
    let before = CareFixture.moment(500).description
    #expect(try care.store.nights(of: "practice", before: before).count == 1)
    #expect(try StoreFile.run("SELECT count(*) FROM resultSet", on: care.path) == "1\n")
    #expect(try StoreFile.run("SELECT count(*) FROM jobResult", on: care.path) == "2\n")
  }

  @Test func `a baseline's name changes for a reason only, and keeps its history`() throws {
    let care = try CareFixture()
    let first = try Self.results(care, care.complete([0]))
    let second = try Self.results(care, care.complete([1], at: 500))
    try care.store.setBaseline(Self.baseline("main", of: first, at: 600), of: first)
    #expect(
      storeErrorText {
        try care.store.setBaseline(Self.baseline("main", of: second, at: 700), of: second)
      }
        == "the baseline 'main' stands for the launch of practice of \(CareFixture.moment(0)); say why "
        + "it is to change with --reason")
    try care.store.setBaseline(
      Self.baseline("main", of: second, at: 800, reason: "better"), of: second)
    let now = try care.store.baseline(named: "main")
    #expect(now.launchID == second.launch.id && now.reason == "better" && now.jobs == 1)
    let history = try care.store.baselineHistory(of: "main")
    #expect(history.map(\.launchID) == [second.launch.id, first.launch.id])
    #expect(history.map(\.isCurrent) == [true, false])
    #expect(try care.store.baseline(named: String(history[1].id.prefix(6))) == history[1])
    try care.store.setBaseline(Self.baseline("other", of: first, at: 900), of: first)
    #expect(try care.store.baseline(named: "latest").name == "other")
    #expect(try care.store.latestBaseline(ofSweep: "practice")?.name == "other")
    #expect(try care.store.latestBaseline(ofSweep: "long") == nil)
  }

  @Test func `a name that was removed stands for nothing, and may be given again`() throws {
    let care = try CareFixture()
    let results = try Self.results(care, care.complete([0]))
    try care.store.setBaseline(Self.baseline("main", of: results, at: 600), of: results)
    let removal = try care.store.removeBaseline(
      "main", reason: "old", at: CareFixture.moment(700))
    #expect(removal.setDigest == nil && removal.reason == "old")
    #expect(
      storeErrorText { _ = try care.store.baseline(named: "main") }
        == "there is no baseline 'main'. The store has none yet; a name is exact, 'latest', or four "
        + "letters or more of an id")
    #expect(
      storeErrorText {
        _ = try care.store.removeBaseline("main", reason: nil, at: CareFixture.moment(800))
      } == "there is no baseline 'main' to remove")
    #expect(try care.store.baselineHistory().map(\.isCurrent) == [false, false])
    try care.store.setBaseline(Self.baseline("main", of: results, at: 900), of: results)
    #expect(try care.store.baseline(named: "main").isCurrent)
  }

  @Test func `cleaning removes runs, and not what was kept of them`() throws {
    let care = try CareFixture()
    let results = try Self.results(care, care.complete([0, 1]))
    try care.store.keep(Self.night(of: results), of: results)
    try care.store.setBaseline(Self.baseline("main", of: results, at: 600), of: results)
    try care.complete([0, 1], at: 500)
    var options = CleaningOptions()
    options.endedBefore = CareFixture.moment(400)
    #expect(try care.store.clean(options).runs.count == 2)
    let digest = results.results.digest
    #expect(try care.store.sweepResults(digest) == results.results)
    #expect(try care.store.jobResult(results.results.jobs[0].resultDigest ?? "") != nil)
    #expect(try care.problems() == [])
  }

  @Test func `nights and baselines come along from another store, once`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    // So that numbers of measures differ.
    let own = try Self.results(care, care.complete([2]))
    try care.store.setBaseline(Self.baseline("main", of: own, at: 100), of: own)
    let begun = try other.begin([0, 1], at: 300)
    try other.finish(0, of: begun)
    try other.finish(1, of: begun, .failed)
    let theirs = try Self.results(other, begun)
    try other.store.keep(Self.night(of: theirs, verdict: .regression), of: theirs)
    try other.store.setBaseline(Self.baseline("main", of: theirs, at: 400), of: theirs)
    let result = try care.store.merge(other.path, now: CareFixture.moment(10_000))
    #expect(result.nightsAdded == 1 && result.baselinesAdded == 1)
    #expect(try care.store.merge(other.path, now: CareFixture.moment(10_000)).changesNothing)
    #expect(try care.store.nights(of: "practice") == [Self.night(of: theirs, verdict: .regression)])
    #expect(try care.store.sweepResults(theirs.results.digest) == theirs.results)
    #expect(
      try care.store.baselineHistory(of: "main").map(\.launchID) == [
        theirs.launch.id, own.launch.id,
      ])
    #expect(try care.store.baseline(named: "main").launchID == theirs.launch.id)
    #expect(try care.problems() == [])
  }

  @Test(arguments: [
    (
      "UPDATE jobResultMeasure SET value = 0.75",
      "the kept result DIGEST… of a job has another SHA-256"
    ),
    (
      "UPDATE jobResultHistory SET points = zeroblob(16)",
      "the kept result DIGEST… of a job has another SHA-256"
    ),
    (
      "UPDATE resultSetJob SET seed = 9",
      "the kept results DIGEST… of a sweep have another SHA-256"
    ),
  ])
  func `kept results that were changed behind the store's back are damage`(
    statement: String, text: String
  ) throws {
    let care = try CareFixture()
    let results = try Self.results(care, care.complete([0]))
    try care.store.keep(Self.night(of: results), of: results)
    try StoreFile.run(statement, on: care.path)
    let digest =
      text.contains("of a job")
      ? results.results.jobs[0].resultDigest ?? "" : results.results.digest
    #expect(
      try care.problems() == [
        "damage: \(text.replacing("DIGEST", with: digest.prefix(12))). Restore a backup"
      ])
  }

  @Test func `the views show nights, baselines and figures to any client`() throws {
    let care = try CareFixture()
    let results = try Self.results(care, care.complete([1]))
    try care.store.setBaseline(Self.baseline("main", of: results, at: 600), of: results)
    var night = Self.night(of: results)
    night.baselineID = try care.store.baseline(named: "main").id
    try care.store.keep(night, of: results)
    #expect(
      try StoreFile.run("SELECT sweep, verdict, summary, baseline FROM nights", on: care.path)
        == "practice|pass|all is well|main\n")
    #expect(
      try StoreFile.run("SELECT name, action, is_current FROM baselines", on: care.path)
        == "main|set|1\n")
    #expect(
      try StoreFile.run(
        "SELECT name, value FROM result_metrics JOIN nights USING (results)", on: care.path)
        == "test/recall@1|0.05\n")
  }

  @Test func `a launch is found by part of its id among those of its sweep`() throws {
    let care = try CareFixture()
    let first = try care.complete([0])
    let second = try care.complete([1], at: 500)
    let sweep = try care.store.sweep(named: "practice")
    #expect(try care.store.launchID(named: "latest", of: sweep) == second.launch.id)
    let prefix = String(first.launch.id.prefix(8))
    #expect(try care.store.launchID(named: prefix, of: sweep) == first.launch.id)
    #expect(
      storeErrorText { _ = try care.store.launchID(named: "zzzz", of: sweep) }
        == "there is no launch of practice 'zzzz'. The newest are \(second.launch.id), "
        + "\(first.launch.id); a name is exact, 'latest', or four letters or more of an id")
  }

  @Test func `what a launch is judged by is kept with it`() throws {
    let fixture = try StoreFixture()
    var launch = StoreFixture.launch()
    launch.gate = [.init(measure: "test/map@r", margin: 0.005)]
    _ = try fixture.begin(launch: launch)
    #expect(try fixture.store.sweep(named: "practice").launch.gate == launch.gate)
  }
}
