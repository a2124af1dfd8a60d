import Foundation
import Store
import TestSupport
import Testing

@Suite struct StoreCheckTests {
  private static func key(_ index: Int) -> String { String(CareFixture.job(index).key.prefix(12)) }

  @Test func `a store that is as it should be has no problems`() throws {
    let care = try CareFixture()
    try care.complete([0, 1])
    let condition = try care.store.check()
    #expect(condition.problems == [])
    #expect(condition.runs == 2)
    #expect(condition.weightFiles == 4)
    #expect(condition.weightBytes == 4 * "best 0 0.0".utf8.count)
    #expect(condition.schemaVersion == Schema.current.version)
  }

  @Test func `an empty store has no problems`() throws {
    #expect(try CareFixture().problems() == [])
  }

  @Test(arguments: [
    (
      "UPDATE job SET canonicalText = '{}'",
      "the job \(key(0))… has a text whose SHA-256 is another one. Restore a backup"
    ),
    (
      "UPDATE document SET text = 'name: other'",
      "the sweep file 48b362fe22f6… has a text whose SHA-256 is another one. Restore a backup"
    ),
    (
      "DROP INDEX runByJob", "the index runByJob is missing. Restore a backup"
    ),
    (
      "DROP VIEW checkpoints; CREATE VIEW checkpoints AS SELECT 1",
      "the view checkpoints is not what rll-sweep wrote. Restore a backup"
    ),
    (
      "CREATE TABLE mine (x)",
      "the table mine is none of rll-sweep's. Remove it with the program that made it; tables of "
        + "your own belong into a file of yours"
    ),
    (
      "UPDATE launchJob SET runNumber = 77",
      "1 of the rows of launchJob refer to rows of run that are not there. Restore a backup"
    ),
  ])
  func `what was changed behind its back is damage`(statement: String, text: String) throws {
    let care = try CareFixture()
    try care.complete([0])
    try care.store.close()
    try StoreFile.run(statement, on: care.path)
    let store = try ExperimentStore(path: care.path, access: .read)
    let condition = try store.check()
    #expect(condition.damage.map { "\($0.text). \($0.advice)" } == [text])
    #expect(condition.problems.count == 1)
  }

  @Test(arguments: [
    ("UPDATE blobChunk SET content = zeroblob(length(content))", "have another SHA-256"),
    ("UPDATE blobChunk SET content = x'0102'", "have 2 bytes instead of 10"),
    ("DELETE FROM blobChunk", "have 0 bytes instead of 10"),
    ("UPDATE blobChunk SET position = 1", "lack their part 0"),
  ])
  func `weights that are not what was stored are damage`(statement: String, what: String) throws {
    let care = try CareFixture()
    let run = try #require(try care.complete([0]).jobs[0])
    try StoreFile.run(statement, on: care.path)
    let digests = try care.store.detail(of: run).checkpoints.map(\.sha256).sorted()
    #expect(
      try care.problems()
        == digests.map {
          "damage: the weights \($0.prefix(12))… of run \(run.prefix(8)) \(what). "
            + "Restore a backup, or run the job again with rll-sweep launch --fresh"
        })
  }

  @Test(arguments: [
    ("DELETE FROM finalMetric", "measures", 0), ("DELETE FROM checkpoint", "weights", 1),
  ])
  func `a completed run without what it must have is damage`(
    statement: String, what: String, remarks: Int
  ) throws {
    let care = try CareFixture()
    let run = try #require(try care.complete([0]).jobs[0])
    try StoreFile.run(statement, on: care.path)
    let condition = try care.store.check()
    #expect(
      condition.damage.map { "\($0.text). \($0.advice)" } == [
        "the run \(run.prefix(8)) is completed, but has no \(what). Restore a backup, or run its "
          + "job again with rll-sweep launch --fresh"
      ])
    #expect(condition.problems.count == 1 + remarks)
  }

  @Test func `a run that keeps no weights needs none`() throws {
    let care = try CareFixture()
    try care.complete([0])
    try StoreFile.run(
      """
      DELETE FROM checkpoint; DELETE FROM blobChunk; DELETE FROM blob;
      UPDATE run SET settings = json_set(settings, '$."checkpoint.keep"', json('[]'))
      """, on: care.path)
    #expect(try care.problems() == [])
  }

  @Test func `one of two kinds of weights is enough, as a gc leaves it`() throws {
    let care = try CareFixture()
    try care.complete([0])
    try StoreFile.run("DELETE FROM checkpoint WHERE kind = 'last'", on: care.path)
    #expect(
      try care.problems() == [
        "remark: no run refers to 1 of the stored weights (10 bytes). rll-report store gc removes "
          + "them"
      ])
  }

  @Test func `states that contradict each other are damage`() throws {
    let care = try CareFixture()
    let begun = try care.begin([0, 1])
    let (first, second) = (try #require(begun.jobs[0]), try #require(begun.jobs[1]))
    try care.claim(0, of: begun)
    try StoreFile.run(
      """
      UPDATE run SET state = 'interrupted' WHERE id = '\(first)';
      UPDATE run SET state = 'running', startedAt = createdAt WHERE id = '\(second)'
      """, on: care.path)
    #expect(
      try care.problems() == [
        "damage: the run \(first.prefix(8)) is interrupted, but one of its attempts is running. "
          + "Restore a backup",
        "damage: the run \(second.prefix(8)) is running, but none of its attempts is. "
          + "Restore a backup",
      ])
  }

  @Test func `a dead launch is a remark where nothing may be written`() throws {
    let care = try CareFixture()
    var begun = try care.begin([0])
    try care.claim(0, of: begun)
    #expect(try care.problems() == [], "it is alive")
    begun.lock = nil
    let inspector = try ExperimentStore(path: care.path, access: .inspect)
    #expect(
      try inspector.check().problems.map { "\($0.severity): \($0.text). \($0.advice)" } == [
        "remark: the launch \(begun.launch.id.prefix(8)) is dead, but not marked as ended. The "
          + "next command that can write the store marks its runs as interrupted"
      ])
    let reader = try ExperimentStore(path: care.path, access: .read)
    #expect(try reader.check().problems == [])
  }

  @Test func `folders of runs that are finished or unknown are a remark`() throws {
    let care = try CareFixture()
    let begun = try care.begin([0, 1])
    try care.finish(0, of: begun)
    for run in [begun.jobs[0] ?? "", begun.jobs[1] ?? "", "00000000000000aa"] {
      try FileManager.default.createDirectory(
        atPath: care.store.location.runFolder(of: run), withIntermediateDirectories: true)
    }
    #expect(
      try care.problems() == [
        "remark: 2 run folders in \(care.store.location.runsFolder) belong to no unfinished run. "
          + "rll-report store gc removes them"
      ])
  }

  @Test func `a page that is overwritten is damage, and the rest is still looked at`() throws {
    let care = try CareFixture()
    try care.complete([0])
    try care.store.close()
    let page = try StoreFile.run(
      "SELECT rootpage FROM sqlite_schema WHERE name = 'blobChunk'", on: care.path)
    let number = try #require(Int(page.trimmingCharacters(in: .whitespacesAndNewlines)))
    var content = try Data(contentsOf: URL(fileURLWithPath: care.path))
    let start = (number - 1) * 4096
    content.replaceSubrange(start..<start + 4096, with: Data(repeating: 0xA5, count: 4096))
    try content.write(to: URL(fileURLWithPath: care.path))
    let store = try ExperimentStore(path: care.path, access: .read)
    let damage = try store.check().damage
    #expect(damage.first?.kind == .integrity)
    #expect(
      damage.last.map { "\($0.text). \($0.advice)" }
        == "its weights cannot be read: database disk image is malformed. Restore a backup")
    #expect(try store.check(.quick).damage.first?.kind == .integrity)
  }

  @Test func `a sweep file that extends another has the digest of both, or of the first alone`()
    throws
  {
    let care = try CareFixture()
    try care.complete([0])
    // What version 0.1 wrote: the digest of the file, the text of all files.
    try StoreFile.run(
      "UPDATE document SET text = text || char(10) || '# extends base.yaml:' || char(10) || 'x'",
      on: care.path)
    #expect(try care.problems() == [])
  }
}
