import Foundation
import Store
import TestSupport
import Testing

/// Searches and repeats in one launch, and the store that does not know them yet.
@Suite struct RoundTests {
  private static func repeated(_ index: Int) -> PlannedJob {
    var job = StoreFixture.job(index)
    job.role = .repetition
    return job
  }

  @Test func `jobs are added to a launch that is under way, in their role`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin(jobs: 2)
    defer { withExtendedLifetime(lock) {} }
    for job in jobs { try fixture.finish(job, of: launch) }
    let added = try fixture.store.append([2, 3].map(Self.repeated), to: launch)
    #expect(added.map(\.position) == [2, 3])
    try fixture.finish(added[0], of: launch)
    func seeds(_ role: JobRole?) throws -> [Int] {
      try fixture.store.runs(.sweep("practice", role: role)).map(\.seed)
    }
    #expect(try seeds(nil) == [0, 1, 2, 3])
    #expect(try seeds(.search) == [0, 1])
    #expect(try seeds(.repetition) == [2, 3])
    #expect(try fixture.store.sweep(named: "practice").jobs == 4)
    #expect(try fixture.store.sweep(named: "practice").launches == 1)
  }

  @Test func `a job that the store has stands for itself when it is added`() throws {
    let fixture = try StoreFixture()
    let first = try fixture.begin(jobs: 1)
    try fixture.finish(first.jobs[0], of: first.launch)
    let launch = StoreFixture.launch(sweep: "second")
    _ = try fixture.store.begin(launch, jobs: [StoreFixture.job(1)])
    var known = Self.repeated(0)
    known.options = RerunOptions()
    let added = try fixture.store.append([known], to: launch)
    #expect(added.map(\.runID) == [first.jobs[0].runID])
    #expect(
      try fixture.store.runs(.sweep("second", role: .repetition)).map(\.state) == [.completed])
  }

  @Test func `a store of the first version keeps what it has, all of it of searches`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("old.sqlite")
    let (key, run) = (StoreFixture.key(7), "0123456789abcdef")
    try StoreFile.run(
      """
      PRAGMA application_id = 1919708275; PRAGMA user_version = 1;
      \(Schema.current.migrations[0])
      INSERT INTO document VALUES ('\(key)', 'name: old');
      INSERT INTO sweep VALUES ('\(run)', 'old', NULL, '2026-01-02T03:04:05.000Z');
      INSERT INTO launch VALUES (1, '\(run)', '\(run)', 'old.yaml', '\(key)', '[]', '[]',
        'validation/map@r', 'maximize', 'here', 1, '2026-01-02T03:04:05.000Z',
        '2026-01-02T03:04:06.000Z');
      INSERT INTO job VALUES ('\(key)', '{}');
      INSERT INTO run (number, id, jobKey, launchId, state, seed, settings, origins, dataDigests,
        createdAt) VALUES (1, '\(run)', '\(key)', '\(run)', 'pending', 5, '{"seed":5}', '{}', '{}',
        '2026-01-02T03:04:05.000Z');
      INSERT INTO launchJob VALUES (1, 0, '\(key)', 1, 'run', 'new');
      """, on: path)
    let store = try ExperimentStore(path: path, access: .write)
    #expect(try store.runs(.sweep("old", role: .search)).map(\.id) == [run])
    #expect(try store.runs(.sweep("old", role: .repetition)).isEmpty)
    let model = JointModel(weights: [key])
    try store.keep(["recall@1": 0.5], of: model)
    #expect(try store.figures(of: model) == ["recall@1": 0.5])
    #expect(try store.schemaText() == StoreFixture().store.schemaText())
    try store.close()
  }
}
