import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// What a baseline's sweep was gated by when it was set, by value.
@Suite struct BaselineGateTests {
  private static let gate = [
    GateRule(measure: "test/map@r", margin: 0.005), GateRule(measure: "test/nmi", margin: 0.1),
  ]

  /// A store with a baseline of a gated launch.
  private static func make() throws -> (care: CareFixture, results: LaunchResults) {
    let care = try CareFixture()
    var results = try care.store.results(ofLaunch: try care.complete([0, 1]).launch.id)
    results.launch.gate = gate
    try care.store.setBaseline(baseline("main", of: results), of: results)
    return (care, results)
  }

  private static func baseline(_ name: String, of results: LaunchResults) -> BaselineRecord {
    BaselineRecord(
      name: name, at: CareFixture.moment(600), reason: nil, setDigest: results.results.digest,
      sweep: results.launch.sweepName, launchID: results.launch.id,
      startedAt: results.launch.startedAt.description, host: results.launch.host)
  }

  @Test func `a baseline keeps what gated it, whatever becomes of its runs`() throws {
    let (care, _) = try Self.make()
    #expect(try care.store.baseline(named: "main").gate == Self.gate)
    try care.complete([0, 1], at: 1_000)
    var options = CleaningOptions()
    options.endedBefore = CareFixture.moment(900)
    #expect(try care.store.clean(options).runs.count == 2)
    #expect(try care.store.baseline(named: "main").gate == Self.gate)
    let other = try CareFixture()
    _ = try other.store.merge(care.path, now: CareFixture.moment(10_000))
    #expect(try other.store.baseline(named: "main").gate == Self.gate)
    #expect(
      try StoreFile.run("SELECT gate FROM baselines", on: other.path)
        == "[{\"margin\":0.005,\"measure\":\"test/map@r\"},{\"margin\":0.1,\"measure\":\"test/nmi\"}]\n"
    )
  }

  @Test func `a name that was removed has no gate`() throws {
    let (care, _) = try Self.make()
    _ = try care.store.removeBaseline("main", reason: nil, at: CareFixture.moment(700))
    #expect(try care.store.baselineHistory().map(\.gate) == [nil, Self.gate])
  }

  @Test func `of a baseline of before, its launch knows the gate, and without it nobody does`()
    throws
  {
    let old = Schema(migrations: Array(Schema.current.migrations.prefix(7)))
    let care = try CareFixture(schema: old)
    let launch = try care.complete([0]).launch
    func entry(_ id: String, _ name: String, _ set: String, _ launch: String) -> String {
      """
      INSERT INTO baseline VALUES ('\(id)', '\(name)', '2026-01-01T00:00:00.000Z', NULL, \(set),
        'practice', '\(launch)', '2026-01-01T00:00:00.000Z', 'here');
      """
    }
    let (digest, gone) = (String(repeating: "a", count: 64), String(repeating: "0", count: 16))
    try care.store.close()
    try StoreFile.run(
      """
      UPDATE launch SET gate = '[{"margin":0.005,"measure":"test/map@r"}]';
      INSERT INTO resultSet VALUES ('\(digest)', 'practice', '[]');
      """ + entry("1000000000000000", "known", "'\(digest)'", launch.id)
        + entry("2000000000000000", "unknown", "'\(digest)'", gone)
        + entry("3000000000000000", "removed", "NULL", launch.id), on: care.path)
    let store = try ExperimentStore(path: care.path, access: .read)
    #expect(store.migratedFrom == 7)
    #expect(
      try store.baseline(named: "known").gate == [GateRule(measure: "test/map@r", margin: 0.005)])
    #expect(try store.baseline(named: "unknown").gate == nil)
    #expect(
      try store.baselineHistory(of: "removed").map(\.gate) == [nil], "it gates nothing any more")
  }
}
