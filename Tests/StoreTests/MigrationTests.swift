import Foundation
import Store
import TestSupport
import Testing

@Suite struct MigrationTests {
  /// A schema of the future.
  private static let next = Schema(
    migrations: Schema.current.migrations + ["ALTER TABLE run ADD COLUMN remark TEXT"])

  private static func backup(_ path: String, _ version: Int) -> String {
    "\(path).schema\(version)-backup"
  }

  /// Stores of every released schema, made by the version that had it.
  private static let fixtures = [
    (name: "store-schema1.sql", version: 1, loss: 0.9750000387430191),
    (name: "store-schema2.sql", version: 2, loss: 0.937500037252903),
    (name: "store-schema3.sql", version: 3, loss: 0.937500037252903),
    (name: "store-schema4.sql", version: 4, loss: 0.937500037252903),
    (name: "store-schema5.sql", version: 5, loss: 0.937500037252903),
    (name: "store-schema6.sql", version: 6, loss: 0.937500037252903),
    (name: "store-schema7.sql", version: 7, loss: 0.937500037252903),
  ]

  @Test(arguments: fixtures)
  func `a store of a released schema is brought up with all that it holds`(
    name: String, version: Int, loss: Double
  ) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("experiments.sqlite")
    try StoreFile.make(fromFixture: name, at: path)
    let before = try StoreFile.dump(path)
    let store = try ExperimentStore(path: path, access: .read)
    #expect(try store.version() == Schema.current.version)
    #expect(store.migratedFrom == (version < Schema.current.version ? version : nil))
    #expect(try store.check().damage == [])
    let runs = try store.runs()
    #expect(runs.map(\.state) == [.completed, .failed, .interrupted, .pending])
    #expect(runs[0].metrics.count == 19)
    #expect(runs[0].metrics["train/loss"] == loss)
    #expect(try store.testReadings(ofData: Set(runs[0].dataDigests.values)) == 1)
    #expect(runs[0].tags == ["paper"] && runs[0].note == "the first")
    #expect(try store.history(of: runs[0].id).count == 30)
    let detail = try store.detail(of: runs[0].id)
    #expect(detail.checkpoints.map(\.kind) == ["best", "last"])
    #expect(detail.environment["openblas_core"] == "Haswell")
    #expect(detail.launch.commandLine.first == "rll-sweep")
    #expect(detail.launch.gate == [])
    #expect(try store.sweeps().map(\.name) == ["long", "practice"])
    let backups = try store.migrationBackups()
    if version < Schema.current.version {
      #expect(backups == [Self.backup(path, version)])
      #expect(try StoreFile.dump(Self.backup(path, version)) == before)
    } else {
      #expect(backups == [])
    }
  }

  @Test func `there is a fixture of every released schema but the newest`() {
    let known = Set(Self.fixtures.map(\.version))
    #expect(known.isSuperset(of: 1..<max(Schema.current.version, 2)))
  }

  @Test func `a store that is brought up is kept as it was beside itself`() throws {
    let care = try CareFixture()
    try care.complete([0])
    try care.store.close()
    let version = Schema.current.version
    let before = try StoreFile.dump(care.path)
    let store = try ExperimentStore(path: care.path, access: .read, schema: Self.next)
    #expect(store.migratedFrom == version)
    #expect(try store.version() == version + 1)
    #expect(try store.check().problems == [])
    #expect(try store.migrationBackups() == [Self.backup(care.path, version)])
    try store.close()
    #expect(try StoreFile.dump(Self.backup(care.path, version)) == before)
    let old = try ExperimentStore(path: Self.backup(care.path, version), access: .inspect)
    #expect(try old.check().problems == [])
    #expect(try old.runs().count == 1)

    let again = try ExperimentStore(path: care.path, access: .read, schema: Self.next)
    #expect(again.migratedFrom == nil)
    #expect(try again.migrationBackups().count == 1)
  }

  @Test func `a new store needs no backup`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("experiments.sqlite")
    let store = try ExperimentStore(path: path, access: .write, schema: Self.next)
    #expect(store.migratedFrom == nil)
    #expect(try store.migrationBackups() == [])
  }

  @Test func `a backup of before stays when another one is made`() throws {
    let care = try CareFixture()
    try care.store.close()
    let first = Self.backup(care.path, Schema.current.version)
    try "older".write(toFile: first, atomically: true, encoding: .utf8)
    let store = try ExperimentStore(path: care.path, access: .read, schema: Self.next)
    #expect(try store.migrationBackups() == [first, first + ".2"])
    #expect(try String(contentsOfFile: first, encoding: .utf8) == "older")
  }

  @Test func `a migration that fails leaves the store as it was`() throws {
    let care = try CareFixture()
    try care.complete([0])
    try care.store.close()
    let before = try StoreFile.dump(care.path)
    let broken = Schema(
      migrations: Schema.current.migrations
        + ["ALTER TABLE run ADD COLUMN remark TEXT", "CREATE TABLE run (x)"])
    #expect(
      storeErrorText {
        _ = try ExperimentStore(path: care.path, access: .read, schema: broken)
      } == "\(care.path) is damaged: table run already exists. Restore a backup")
    #expect(try StoreFile.dump(care.path) == before)
    #expect(try ExperimentStore(path: care.path, access: .read).check().problems == [])
  }

  @Test func `where no backup can be made nothing is changed`() throws {
    let care = try CareFixture()
    try care.store.close()
    let version = Schema.current.version
    let target = Self.backup(care.path, version)
    // A folder is in the way of the temporary file.
    try FileManager.default.createDirectory(
      atPath: target + ".partial", withIntermediateDirectories: true)
    #expect(
      storeErrorText {
        _ = try ExperimentStore(path: care.path, access: .read, schema: Self.next)
      } == "\(care.path) has the older schema \(version) and could not be copied to \(target) "
        + "before it is changed, so it was left as it is: \(target).partial cannot be removed: "
        + "Is a directory")
    #expect(try ExperimentStore(path: care.path, access: .read).version() == version)
  }

  @Test func `ten openings at once bring a store up once`() throws {
    let care = try CareFixture()
    try care.complete([0])
    try care.store.close()
    let group = DispatchGroup()
    for _ in 0..<10 {
      group.enter()
      Thread.detachNewThread {
        defer { group.leave() }
        do {
          let store = try ExperimentStore(path: care.path, access: .read, schema: Self.next)
          #expect(try store.runs().count == 1)
          try store.close()
        } catch {
          Issue.record("\(error)")
        }
      }
    }
    group.wait()
    let store = try ExperimentStore(path: care.path, access: .read, schema: Self.next)
    #expect(try store.migrationBackups().count == 1)
  }

  @Test func `looking at an older store leaves it older`() throws {
    let care = try CareFixture()
    try care.complete([0])
    try care.store.close()
    let version = Schema.current.version
    let store = try ExperimentStore(path: care.path, access: .inspect, schema: Self.next)
    #expect(try store.version() == version)
    #expect(
      try store.check().problems.map { "\($0.severity): \($0.text). \($0.advice)" } == [
        "remark: the schema is \(version), older than \(version + 1), which this program writes. "
          + "The next command that can write the store brings it up and keeps a backup"
      ])
  }
}
