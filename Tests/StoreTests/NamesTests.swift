import Foundation
import Store
import Sweeps
import Testing

@Suite struct NamesTests {
  private static let later = Timestamp(Date(timeIntervalSince1970: 1_700_001_000))

  @Test func `a sweep is found by name, as latest and by part of its id`() throws {
    let fixture = try StoreFixture()
    _ = try fixture.begin(launch: StoreFixture.launch(sweep: "first"))
    _ = try fixture.begin(launch: StoreFixture.launch(sweep: "second", startedAt: Self.later))
    let store = fixture.store
    let first = try store.sweep(named: "first")
    #expect(first.name == "first")
    #expect(try store.sweep(named: "latest").name == "second")
    #expect(try store.sweep(named: String(first.id.prefix(6))).name == "first")
    #expect(try store.sweep(named: first.id).name == "first")
    #expect(try store.sweeps().map(\.name) == ["second", "first"])
    let second = try store.sweep(named: "second")
    #expect(
      storeErrorText { _ = try store.sweep(named: "third") } == """
        there is no sweep 'third'. The newest are second (\(second.id.prefix(8))), \
        first (\(first.id.prefix(8))); a name is exact, 'latest', or four letters or more of an id
        """)
  }

  @Test func `an empty store says that it has no runs`() throws {
    let fixture = try StoreFixture()
    #expect(
      storeErrorText { _ = try fixture.store.runID(named: "latest") } == """
        there is no run 'latest'. The store has none yet; a name is exact, 'latest', or four \
        letters or more of an id
        """)
    #expect(
      storeErrorText { _ = try fixture.store.sweep(named: "latest") } == """
        there is no sweep 'latest'. The store has none yet; a name is exact, 'latest', or four \
        letters or more of an id
        """)
  }

  @Test func `a run is found by id, as latest and by part of its id`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin(jobs: 2)
    defer { withExtendedLifetime(lock) {} }
    for (job, moment) in [(jobs[0], Self.later), (jobs[1], StoreFixture.start)] {
      _ = try fixture.store.claim(
        runID: job.runID, launchID: launch.id, spec: StoreFixture.job(0).spec, now: moment)
    }
    let store = fixture.store
    #expect(try store.runID(named: "latest") == jobs[0].runID)
    #expect(try store.runID(named: jobs[1].runID) == jobs[1].runID)
    let prefix = String(jobs[1].runID.prefix(12))
    #expect(try store.runID(named: prefix) == jobs[1].runID)
    // Three letters are too few, whatever they fit.
    let short = String(jobs[1].runID.prefix(3))
    #expect(
      storeErrorText { _ = try store.runID(named: short) } == """
        there is no run '\(short)'. The newest are \(jobs[1].runID), \(jobs[0].runID); \
        a name is exact, 'latest', or four letters or more of an id
        """)
    // No letter of a name has a meaning of its own in the search.
    #expect(storeErrorText { _ = try store.runID(named: "____") } != nil)
    #expect(storeErrorText { _ = try store.runID(named: "%%%%") } != nil)
  }

  @Test func `an ambiguous part of an id lists what it fits`() throws {
    let fixture = try StoreFixture()
    // 1,500 ids of which two begin with the same four digits: so likely (1 - 10⁻⁷) that a
    // random store has a pair.
    let (jobs, _, lock) = try fixture.begin(jobs: 1500)
    defer { withExtendedLifetime(lock) {} }
    let groups = Dictionary(grouping: jobs.map(\.runID)) { String($0.prefix(4)) }
    let (prefix, ids) = try #require(groups.first { $0.value.count == 2 })
    #expect(
      storeErrorText { _ = try fixture.store.runID(named: prefix) } == """
        '\(prefix)' fits 2 runs: \(ids.sorted().joined(separator: ", ")). \
        Give more letters of the id
        """)
  }
}
