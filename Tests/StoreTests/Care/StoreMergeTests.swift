import Foundation
import Store
import TestSupport
import Testing

@Suite struct StoreMergeTests {
  private static let now = CareFixture.moment(10_000)

  private func merge(_ other: CareFixture, into care: CareFixture) throws -> MergeResult {
    try care.store.merge(other.path, now: Self.now)
  }

  @Test func `two halves are the same as the whole`() throws {
    let (first, second, whole) = (try CareFixture(), try CareFixture(), try CareFixture())
    try first.complete([0, 1])
    try second.complete([2, 3], at: 500)
    try whole.complete([0, 1, 2, 3])
    let result = try merge(second, into: first)
    #expect(result.runsAdded == 2 && result.jobsAdded == 2 && result.launchesAdded == 1)
    #expect(result.sweepsAdded == 0, "they have one name")
    #expect(result.weightFilesAdded == 4 && result.weightBytesAdded == 40)
    #expect(result.conflicts == [])
    #expect(try first.results() == whole.results())
    #expect(try first.problems() == [])
  }

  @Test func `merging twice changes nothing, and the other store stays as it is`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    try care.complete([0])
    let begun = try other.begin([0, 1, 2, 3])
    try other.finish(1, of: begun)
    try other.finish(2, of: begun, .failed)
    try other.claim(3, of: begun)
    try other.store.tag([begun.jobs[1] ?? ""], add: ["good"], remove: [])
    try other.store.close()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: other.path))
    let names = try FileManager.default.contentsOfDirectory(atPath: other.fixture.folder.path)
    #expect(try !merge(other, into: care).changesNothing)
    let once = try StoreFile.dump(care.path)
    #expect(try merge(other, into: care).changesNothing)
    #expect(try StoreFile.dump(care.path) == once)
    #expect(try Data(contentsOf: URL(fileURLWithPath: other.path)) == bytes)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: other.fixture.folder.path) == names)
    #expect(try care.problems() == [])
  }

  @Test func `everything comes along into an empty store`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    // So that numbers differ between the two.
    try care.complete([7])
    let begun = try other.complete([0, 1])
    let run = try #require(begun.jobs[1])
    try other.store.tag([run], add: ["good", "paper"], remove: [])
    try other.store.note(run, "look at this")
    let baselines = [FeatureBaseline(.raw, figures: ["recall@1": 0.8, "nmi": .nan])]
    try other.store.keep(baselines, dataDigest: StoreFixture.key(5))
    _ = try merge(other, into: care)
    let (mine, theirs) = (try care.store.detail(of: run), try other.store.detail(of: run))
    #expect(mine.summary.tags == ["good", "paper"])
    #expect(mine.summary.note == "look at this")
    #expect(mine.summary.settings == theirs.summary.settings)
    #expect(mine.summary.finishedAt == theirs.summary.finishedAt)
    #expect(mine.environment == theirs.environment)
    #expect(mine.origins == theirs.origins)
    #expect(mine.launch.id == theirs.launch.id && mine.launch.text == theirs.launch.text)
    #expect(mine.attempts.map(\.log) == theirs.attempts.map(\.log))
    #expect(mine.checkpoints.map(\.sha256) == theirs.checkpoints.map(\.sha256))
    #expect(
      try care.store.checkpoint(of: run, kind: .best)
        == other.store.checkpoint(of: run, kind: .best))
    #expect(
      try care.store.baselines(dataDigest: StoreFixture.key(5))
        == other.store.baselines(dataDigest: StoreFixture.key(5)))
    #expect(try care.problems() == [])
  }

  @Test func `the sweep last launched is the same wherever launches come from`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    try care.complete([0], at: 1_000)
    let early = try other.begin([1], sweep: "earlier", at: 0)
    try other.finish(1, of: early)
    _ = try merge(other, into: care)
    #expect(try care.store.sweep(named: "latest").name == "practice")
    #expect(try care.store.sweeps().map(\.name) == ["practice", "earlier"])
    #expect(try care.store.runs().map(\.sweep) == ["earlier", "practice"], "oldest first")
  }

  @Test func `a job completed there is no longer waited for here`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    let waiting = try care.begin([0, 1])
    try care.finish(0, of: waiting)
    try care.store.tag([waiting.jobs[1] ?? ""], add: ["mine"], remove: [])
    let done = try other.complete([1])
    let result = try merge(other, into: care)
    #expect(result.runsReplaced == 1 && result.runsAdded == 1)
    let runs = try care.store.runs(.sweep("practice"))
    #expect(runs.map(\.state) == [.completed])
    let all = try care.store.runs()
    #expect(all.map(\.state) == [.completed, .completed])
    #expect(all.first { $0.id == done.jobs[1] }?.tags == ["mine"])
    #expect(try care.problems() == [])
  }

  @Test func `what waits there gives way to what is completed here`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    try care.complete([0])
    _ = try other.begin([0])
    let result = try merge(other, into: care)
    #expect(result.runsAdded == 0 && result.launchesAdded == 1)
    #expect(try care.store.runs().map(\.state) == [.completed])
    #expect(try care.problems() == [])
  }

  @Test func `a job unfinished in both has one unfinished run`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    let mine = try care.begin([0])
    let theirs = try other.begin([0])
    try other.claim(0, of: theirs)
    let result = try merge(other, into: care)
    #expect(result.runsAdded == 0)
    #expect(try care.store.runs().map(\.id) == [mine.jobs[0]])
    #expect(try care.problems() == [])
  }

  @Test func `what was interrupted stays beside what is completed, as history`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    try care.complete([0])
    let theirs = try other.begin([0])
    try other.finish(0, of: theirs, .interrupted)
    #expect(try merge(other, into: care).runsAdded == 1)
    #expect(try care.store.runs().map(\.state) == [.completed, .interrupted])
    #expect(try care.problems() == [])
  }

  @Test func `what runs there is interrupted here`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    let theirs = try other.begin([0])
    try other.claim(0, of: theirs)
    _ = try merge(other, into: care)
    let run = try care.store.detail(of: try #require(theirs.jobs[0]))
    #expect(run.summary.state == .interrupted)
    #expect(run.attempts.map(\.state) == ["interrupted"])
    #expect(run.attempts.map(\.message) == ["was running when its store was merged"])
    #expect(run.attempts.map(\.finishedAt) == [Self.now.description])
    #expect(try other.store.runs().map(\.state) == [.running])
    #expect(try care.problems() == [])
  }

  @Test func `a run that got further in a copy is brought up to date`() throws {
    let care = try CareFixture()
    let begun = try care.begin([0, 1])
    try care.store.end(launch: begun.launch.id, at: CareFixture.moment(10))
    let copy = care.fixture.folder.file("copy.sqlite")
    try care.store.backUp(to: copy, replacing: false)
    let away = try ExperimentStore(path: copy, access: .write)
    let run = try #require(begun.jobs[0])
    var launch = StoreFixture.launch(startedAt: CareFixture.moment(50))
    launch.text = begun.launch.text
    launch.textDigest = begun.launch.textDigest
    _ = try away.begin(launch, jobs: [CareFixture.job(0)])
    let attempt = try away.claim(
      runID: run, launchID: launch.id, spec: CareFixture.job(0).spec, now: CareFixture.moment(50))
    try away.takeIn(
      CareFixture.outcome(0, at: 60), runID: run, attempt: try #require(attempt))
    try away.end(launch: launch.id, at: CareFixture.moment(70))
    try away.close()
    try care.store.note(run, "from home")
    let result = try care.store.merge(copy, now: Self.now)
    #expect(result.runsUpdated == 1 && result.runsAdded == 0 && result.launchesAdded == 1)
    let detail = try care.store.detail(of: run)
    #expect(detail.summary.state == .completed)
    #expect(detail.summary.note == "from home")
    #expect(detail.summary.metrics == ["test/recall@1": 0])
    #expect(detail.attempts.map(\.state) == ["completed"])
    #expect(detail.checkpoints.count == 2)
    #expect(try care.problems() == [])
  }

  @Test func `other bits of one job are reported, and both runs are kept`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    let mine = try care.complete([0, 1])
    let theirs = try other.begin([0, 1])
    try other.finish(0, of: theirs, shift: 0.25)
    try other.finish(1, of: theirs)
    let expected = MergeResult.Conflict(
      jobKey: CareFixture.job(0).key, runID: try #require(mine.jobs[0]),
      otherRunID: try #require(theirs.jobs[0]),
      difference: "validation/map@r at step 100 is 0.0 here and 0.25 there")
    #expect(try merge(other, into: care).conflicts == [expected])
    #expect(try care.store.runs().count == 4)
    #expect(try merge(other, into: care).conflicts == [expected], "the second time too")
  }

  @Test(arguments: [
    (
      "UPDATE finalMetric SET value = 0.5", "test/recall@1 is 0.05 here and 0.5 there"
    ),
    (
      "UPDATE checkpoint SET step = 51 WHERE kind = 'best'",
      "the measures are equal, the weights 'best' are not"
    ),
    (
      "UPDATE metricPoint SET value = NULL WHERE step = 50",
      "train/loss at step 50 is 1.5 here and not a number there"
    ),
  ])
  func `the first difference is named`(statement: String, difference: String) throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    try care.complete([1])
    try other.complete([1])
    try StoreFile.run(statement, on: other.path)
    #expect(try merge(other, into: care).conflicts.map(\.difference) == [difference])
  }

  @Test func `another numerics identity may give other bits`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    try care.complete([0])
    let theirs = try other.begin([0])
    let attempt = try other.claim(0, of: theirs)
    var outcome = CareFixture.outcome(0, shift: 0.25, at: 60)
    outcome.environment["numerics_identity"] = "2"
    try other.store.takeIn(
      outcome, runID: theirs.jobs[0] ?? "", attempt: try #require(attempt))
    #expect(try merge(other, into: care).conflicts == [])
  }

  @Test func `weights that a gc dropped here do not come back`() throws {
    let care = try CareFixture()
    try care.complete([0])
    let copy = care.fixture.folder.file("copy.sqlite")
    try care.store.backUp(to: copy, replacing: false)
    var options = CleaningOptions()
    options.retention = .best
    _ = try care.store.clean(options)
    #expect(try care.store.merge(copy, now: Self.now).changesNothing)
    #expect(try care.problems() == [])
  }

  @Test func `a store of an older schema is merged and stays as it is`() throws {
    let newer = Schema(
      migrations: Schema.current.migrations + ["ALTER TABLE run ADD COLUMN remark TEXT"])
    let (care, other) = (try CareFixture(schema: newer), try CareFixture())
    try other.complete([0])
    try other.store.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: other.path))
    #expect(try merge(other, into: care).runsAdded == 1)
    #expect(try Data(contentsOf: URL(fileURLWithPath: other.path)) == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: care.fixture.folder.path)
    #expect(!names.contains { $0.contains("merging") })
  }

  @Test func `tables and columns of a later schema are merged too`() throws {
    let later = Schema(
      migrations: Schema.current.migrations + [
        """
        ALTER TABLE run ADD COLUMN remark TEXT;
        CREATE TABLE event (
          runNumber INTEGER NOT NULL REFERENCES run (number), position INTEGER NOT NULL,
          launchNumber INTEGER NOT NULL REFERENCES launch (number), text TEXT,
          PRIMARY KEY (runNumber, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE named (
          number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
          sweepId TEXT NOT NULL REFERENCES sweep (id)
        ) STRICT;
        CREATE TABLE member (
          namedNumber INTEGER NOT NULL REFERENCES named (number),
          runNumber INTEGER NOT NULL REFERENCES run (number), PRIMARY KEY (namedNumber, runNumber)
        ) STRICT, WITHOUT ROWID;
        """
      ])
    let (care, other) = (try CareFixture(schema: later), try CareFixture(schema: later))
    try care.complete([0, 1])
    try StoreFile.run(
      "INSERT INTO named SELECT 5, 'mine', id FROM sweep", on: care.path)
    let run = try #require(try other.complete([2]).jobs[2])
    try StoreFile.run(
      """
      UPDATE run SET remark = 'hello';
      INSERT INTO event SELECT run.number, 1, launch.number, 'came' FROM run, launch;
      INSERT INTO named SELECT 5, 'theirs', id FROM sweep;
      INSERT INTO member SELECT 5, number FROM run;
      """, on: other.path)
    _ = try merge(other, into: care)
    let rows = try StoreFile.run(
      """
      SELECT run.id, run.remark, event.text, launch.id = run.launchId, named.name, sweep.name
      FROM run JOIN event ON event.runNumber = run.number
      JOIN launch ON launch.number = event.launchNumber
      JOIN member ON member.runNumber = run.number JOIN named ON named.number = namedNumber
      JOIN sweep ON sweep.id = named.sweepId
      """, on: care.path)
    #expect(rows == "\(run)|hello|came|1|theirs|practice\n")
    #expect(try care.problems() == [])
  }

  @Test func `a newer, a damaged and the same store are refused`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    try other.complete([0])
    try other.store.close()
    let path = other.path
    #expect(
      storeErrorText { _ = try care.store.merge(care.path, now: Self.now) }
        == "\(care.path) is the store itself. Name the one to be merged into it")
    #expect(
      storeErrorText { _ = try care.store.merge("/nowhere/x.sqlite", now: Self.now) }
        == "there is no store at /nowhere/x.sqlite. Run rll-sweep launch first, or name one with "
        + "--store")
    try StoreFile.run("UPDATE job SET canonicalText = '{}'", on: path)
    #expect(
      storeErrorText { _ = try care.store.merge(path, now: Self.now) }
        == "\(path) is damaged, so nothing was taken from it: the job "
        + "\(CareFixture.job(0).key.prefix(12))… has a text whose SHA-256 is another one. "
        + "rll-report store check --store \(path) lists everything")
    try StoreFile.run("PRAGMA user_version = 99", on: path)
    #expect(
      storeErrorText { _ = try care.store.merge(path, now: Self.now) }
        == "\(path) was written by a newer rll-sweep (schema 99, this program knows "
        + "\(Schema.current.version)). Use that version, or name another store with --store")
    #expect(try care.store.runs().isEmpty)
  }

  @Test func `a store that is in use is merged as it is at one moment`() throws {
    let (care, other) = (try CareFixture(), try CareFixture())
    let begun = try other.begin([0, 1])
    try other.finish(0, of: begun)
    // Its connection is open and its log is not written back.
    #expect(try merge(other, into: care).runsAdded == 2)
    #expect(try care.store.runs().map(\.state) == [.completed, .pending])
    try other.finish(1, of: begun)
    #expect(try merge(other, into: care).runsUpdated == 1)
    #expect(try care.store.runs().map(\.state) == [.completed, .completed])
    #expect(try care.problems() == [])
  }
}
