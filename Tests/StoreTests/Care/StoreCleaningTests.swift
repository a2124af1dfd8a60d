import Foundation
import Store
import TestSupport
import Testing

@Suite struct StoreCleaningTests {
  private static let late = CareFixture.moment(100_000)

  private func options(
    keep: CleaningOptions.Retention = .all, before: Timestamp? = nil
  ) -> CleaningOptions {
    var options = CleaningOptions()
    options.retention = keep
    options.endedBefore = before
    return options
  }

  @Test func `a store without anything to spare stays as it is`() throws {
    let care = try CareFixture()
    try care.complete([0, 1])
    let before = try StoreFile.dump(care.path)
    let result = try care.store.clean(CleaningOptions())
    #expect(result.runs == [] && result.checkpoints == 0 && result.weightFiles == 0)
    #expect(result.texts == 0 && result.folders == 0)
    #expect(try StoreFile.dump(care.path) == before)
  }

  @Test(arguments: [CleaningOptions.Retention.best, .last])
  func `of two kinds of weights one stays`(kept: CleaningOptions.Retention) throws {
    let care = try CareFixture()
    let begun = try care.complete([0, 1])
    let result = try care.store.clean(options(keep: kept))
    #expect(result.checkpoints == 2 && result.weightFiles == 2 && result.weightBytes == 20)
    for run in begun.jobs.values {
      #expect(try care.store.detail(of: run).checkpoints.map(\.kind) == [kept.rawValue])
    }
    #expect(try care.problems() == [])
  }

  @Test func `the only weights of a run stay whatever their kind`() throws {
    let care = try CareFixture()
    let run = try #require(try care.complete([0]).jobs[0])
    _ = try care.store.clean(options(keep: .last))
    #expect(try care.store.clean(options(keep: .best)).checkpoints == 0)
    #expect(try care.store.detail(of: run).checkpoints.map(\.kind) == ["last"])
  }

  @Test func `weights that another run starts from stay`() throws {
    let care = try CareFixture()
    let first = try #require(try care.complete([0]).jobs[0])
    try care.complete([1])
    try StoreFile.run(
      """
      UPDATE run SET settings = json_set(settings, '$.initial', '\(first)') WHERE id <> '\(first)'
      """, on: care.path)
    _ = try care.store.clean(options(keep: .last))
    #expect(try care.store.detail(of: first).checkpoints.map(\.kind) == ["best", "last"])
  }

  @Test func `a dry run says the same and changes nothing`() throws {
    let care = try CareFixture()
    let begun = try care.begin([0, 1])
    try care.finish(0, of: begun, .failed)
    try care.finish(1, of: begun)
    try care.store.end(launch: begun.launch.id, at: CareFixture.moment(90))
    let folder = care.store.location.runFolder(of: begun.jobs[1] ?? "")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(count: 1_000).write(to: URL(fileURLWithPath: folder + "/log.txt"))
    withExtendedLifetime(begun.lock) {}
    let before = try StoreFile.dump(care.path)
    let all = options(keep: .best, before: Self.late)
    let announced = try care.store.clean(all, isDryRun: true)
    #expect(try StoreFile.dump(care.path) == before)
    #expect(FileManager.default.fileExists(atPath: folder))
    let done = try care.store.clean(all)
    for result in [announced, done] {
      #expect(result.runs.map(\.reason) == ["failed"])
      #expect(result.runs.map(\.id) == [begun.jobs[0]])
      #expect(result.checkpoints == 1 && result.weightFiles == 1 && result.weightBytes == 10)
      #expect(result.texts == 1, "the job of the failed run")
      #expect(result.folders == 1 && result.folderBytes == 1_000)
    }
    #expect(try care.store.runs().map(\.state) == [.completed])
    #expect(!FileManager.default.fileExists(atPath: folder))
    #expect(try care.problems() == [])
  }

  @Test func `failed, cancelled and superseded runs go when they are old enough`() throws {
    let care = try CareFixture()
    // The first run of job 0 is superseded by the second, the interrupted one of job 1 by the
    // completed one.
    let first = try care.complete([0], at: 0)
    let second = try care.begin([0, 1, 2, 3, 4], at: 1_000)
    for (index, state) in [(0, AttemptOutcome.State.completed), (2, .failed), (3, .cancelled)] {
      try care.finish(index, of: second, state, at: 1_060)
    }
    try care.finish(4, of: second, .interrupted, at: 1_060)
    try care.finish(1, of: second, .interrupted, at: 1_060)
    try StoreFile.run(
      "UPDATE run SET state = 'failed', error = 'x' WHERE id = '\(second.jobs[1] ?? "")'",
      on: care.path)
    try care.store.end(launch: second.launch.id, at: CareFixture.moment(1_090))
    withExtendedLifetime(second.lock) {}

    let early = try care.store.clean(options(before: CareFixture.moment(500)), isDryRun: true)
    #expect(early.runs.map(\.id) == [first.jobs[0]])
    #expect(early.runs.map(\.reason) == ["superseded"])
    let result = try care.store.clean(options(before: Self.late))
    #expect(
      Set(result.runs.map { "\($0.id) \($0.reason)" }) == [
        "\(first.jobs[0] ?? "") superseded", "\(second.jobs[1] ?? "") failed",
        "\(second.jobs[2] ?? "") failed", "\(second.jobs[3] ?? "") cancelled",
      ])
    #expect(try care.store.runs().map(\.state) == [.completed, .interrupted])
    #expect(try care.problems() == [])
    // The first launch now refers to the run that stands for its job.
    let rows = try StoreFile.run(
      "SELECT count(*) FROM launchJob JOIN run ON run.number = runNumber", on: care.path)
    #expect(rows == "3\n")
  }

  @Test func `tagged and noted runs stay`() throws {
    let care = try CareFixture()
    let begun = try care.begin([0, 1, 2])
    for index in 0..<3 { try care.finish(index, of: begun, .failed) }
    try care.store.end(launch: begun.launch.id, at: CareFixture.moment(90))
    withExtendedLifetime(begun.lock) {}
    try care.store.tag([begun.jobs[0] ?? ""], add: ["odd"], remove: [])
    try care.store.note(begun.jobs[1] ?? "", "why did this fail?")
    #expect(
      try care.store.clean(options(before: Self.late)).runs.map(\.id) == [begun.jobs[2]])
  }

  @Test func `nothing that a living launch refers to goes`() throws {
    let care = try CareFixture()
    let begun = try care.begin([0, 1, 2])
    try care.finish(0, of: begun, .failed)
    try care.finish(1, of: begun)
    let folder = care.store.location.runFolder(of: begun.jobs[2] ?? "")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let result = try care.store.clean(options(keep: .best, before: Self.late))
    #expect(result.runs == [] && result.checkpoints == 0 && result.folders == 0)
    #expect(FileManager.default.fileExists(atPath: folder))
    #expect(
      storeErrorText { _ = try care.store.vacuum() }
        == "the store \(care.path) is in use by the launch \(begun.launch.id.prefix(8)), which "
        + "could not write while it is compacted. Try again when that has ended")
    withExtendedLifetime(begun.lock) {}
  }

  @Test func `the folder of a job that is still writing stays`() throws {
    let care = try CareFixture()
    let begun = try care.complete([0])
    let folder = care.store.location.runFolder(of: begun.jobs[0] ?? "")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var lock = try LaunchLock(path: folder + "/" + StoreLocation.runLockName)
    #expect(lock != nil)
    #expect(try care.store.clean(CleaningOptions()).folders == 0)
    lock = nil
    #expect(try care.store.clean(CleaningOptions()).folders == 1)
  }

  @Test func `compacting gives the space back`() throws {
    let care = try CareFixture()
    try care.complete([0])
    try StoreFile.run(
      """
      INSERT INTO blob VALUES (lower(hex(zeroblob(32))), 4000000);
      INSERT INTO blobChunk (blobDigest, position, content)
        VALUES (lower(hex(zeroblob(32))), 0, zeroblob(4000000))
      """, on: care.path)
    let result = try care.store.clean(CleaningOptions())
    #expect(result.weightFiles == 1 && result.weightBytes == 4_000_000)
    #expect(try care.store.fileBytes() > 4_000_000)
    #expect(try care.store.vacuum() > 3_900_000)
    #expect(try care.store.fileBytes() < 400_000)
    #expect(try care.problems() == [])
  }

  @Test func `rows of later schemas go with the run that they belong to`() throws {
    let later = Schema(
      migrations: Schema.current.migrations + [
        """
        CREATE TABLE event (
          runNumber INTEGER PRIMARY KEY REFERENCES run (number), text TEXT) STRICT;
        CREATE TABLE choice (
          name TEXT PRIMARY KEY, runNumber INTEGER NOT NULL REFERENCES run (number)) STRICT;
        """
      ])
    let care = try CareFixture(schema: later)
    let begun = try care.begin([0, 1])
    try care.finish(0, of: begun, .failed)
    try care.finish(1, of: begun, .failed)
    try care.store.end(launch: begun.launch.id, at: CareFixture.moment(90))
    withExtendedLifetime(begun.lock) {}
    try StoreFile.run(
      """
      INSERT INTO event SELECT number, 'x' FROM run;
      INSERT INTO choice SELECT 'the one', number FROM run WHERE id = '\(begun.jobs[1] ?? "")'
      """, on: care.path)
    #expect(
      try care.store.clean(options(before: Self.late)).runs.map(\.id) == [begun.jobs[0]],
      "what something else refers to stays")
    #expect(try StoreFile.run("SELECT count(*) FROM event", on: care.path) == "1\n")
    #expect(try care.problems() == [])
  }
}
