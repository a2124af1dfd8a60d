import Foundation
import Store
import Sweeps
import Testing

/// What became of each query, and which runs have evaluated the test classes.
@Suite struct QueryOutcomesTests {
  private static let classes = QueryClasses(names: ["a", "b", "ü"], of: [0, 0, 1, 1, 2])

  private static func outcomes(precisions: [Double?] = [1, 0.5, 0, 0.25, nil]) -> QueryOutcomes {
    QueryOutcomes(
      zip([1, 2, nil, 4, nil], precisions).map {
        QueryOutcomes.Query(firstHit: $0, averagePrecision: $1)
      }, recallAt: [4, 1, 2, 2], classes: classes)
  }

  /// Completed, with the measures that follow from the outcomes.
  private static func outcome(
    _ index: Int, recall: Double = 0.2, queries: QueryOutcomes = outcomes()
  ) -> AttemptOutcome {
    var outcome = CareFixture.outcome(index, at: 60)
    outcome.finalMetrics = ["test/recall@1": recall, "test/map@r": 0.4375]
    outcome.queries = queries
    return outcome
  }

  private static func finish(
    _ index: Int, of begun: CareFixture.Begun, in care: CareFixture,
    with outcome: AttemptOutcome? = nil
  ) throws {
    let attempt = try care.claim(index, of: begun)
    try care.store.takeIn(
      outcome ?? Self.outcome(index), runID: begun.jobs[index] ?? "", attempt: attempt ?? 0)
  }

  @Test func `hits are kept as the first K, precisions to two bytes`() {
    let outcomes = Self.outcomes(precisions: [1, 0.3, 0, 0.25, nil])
    #expect(outcomes.recallAt == [1, 2, 4])
    #expect(outcomes.fault == nil)
    #expect(outcomes.queries.map(\.firstHit) == [1, 2, nil, 4, nil])
    #expect(outcomes.queries[0].averagePrecision == 1 && outcomes.queries[2].averagePrecision == 0)
    #expect(abs((outcomes.queries[1].averagePrecision ?? 0) - 0.3) < 8e-6)
    #expect(outcomes.queries[4].averagePrecision == nil)
    #expect(outcomes.queries[4].text == "nothing to find")
    #expect(outcomes.queries[2].text == "no hit with an average precision of 0.0")
    let late = QueryOutcomes(
      [.init(firstHit: 9, averagePrecision: 0)], recallAt: [1, 8],
      classes: QueryClasses(names: ["a"], of: [0]))
    #expect(late.queries[0].firstHit == nil)
  }

  @Test func `sums are those of each class`() {
    let sums = Self.outcomes().byClass
    #expect(sums.map(\.queries) == [2, 2, 1])
    #expect(sums.map(\.findable) == [2, 2, 0])
    #expect(sums[0].hits == [1, 2, 2])
    #expect(sums[1].hits == [0, 0, 1])
    #expect(abs(sums[0].averagePrecision - 1.5) < 2e-5)
  }

  @Test func `outcomes come back, and classes are kept once`() throws {
    let care = try CareFixture()
    let begun = try care.begin([0, 1])
    try Self.finish(0, of: begun, in: care)
    try Self.finish(1, of: begun, in: care)
    let ids = [0, 1].compactMap { begun.jobs[$0] }
    let found = try care.store.queryOutcomes(of: ids + ["no such run"])
    #expect(found == [ids[0]: Self.outcomes(), ids[1]: Self.outcomes()])
    #expect(
      try care.store.query("SELECT count(*) FROM queryClasses").rows == [[.number(1)]])
    #expect(try care.problems() == [])
  }

  @Test func `a run without outcomes has none`() throws {
    let care = try CareFixture()
    let begun = try care.complete([0])
    #expect(try care.store.queryOutcomes(of: [begun.jobs[0] ?? ""]).isEmpty)
    #expect(try care.problems() == [])
  }

  @Test func `each run that completes has read the test classes, and stays counted`() throws {
    let care = try CareFixture()
    var begun = try care.begin([0, 1])
    try Self.finish(0, of: begun, in: care)
    try care.finish(1, of: begun, .failed)
    let data = Set(CareFixture.job(0).dataDigests.values)
    #expect(try care.store.testReadings(ofData: data) == 1)
    #expect(try care.store.testReadings(ofData: Set(CareFixture.job(1).dataDigests.values)) == 0)
    try care.store.end(launch: begun.launch.id, at: CareFixture.moment(90))
    begun.lock = nil
    var again = try care.begin([0], at: 100)
    try Self.finish(0, of: again, in: care)
    try care.store.end(launch: again.launch.id, at: CareFixture.moment(190))
    again.lock = nil
    #expect(try care.store.testReadings(ofData: data) == 2)
    var options = CleaningOptions()
    options.endedBefore = CareFixture.moment(1_000)
    #expect(try care.store.clean(options).runs.count == 2)
    #expect(try care.store.testReadings(ofData: data) == 2)
  }

  @Test func `classes go with the last run that refers to them`() throws {
    let care = try CareFixture()
    var begun = try care.begin([0])
    try Self.finish(0, of: begun, in: care)
    try care.store.end(launch: begun.launch.id, at: CareFixture.moment(90))
    begun.lock = nil
    _ = try care.store.clean(CleaningOptions())
    #expect(try care.store.queryOutcomes(of: [begun.jobs[0] ?? ""]).count == 1)
    try care.fixture.sqlite("DELETE FROM queryOutcome")
    #expect(try care.store.clean(CleaningOptions()).texts == 1)
    #expect(try care.store.query("SELECT * FROM queryClasses").rows.isEmpty)
  }

  @Test func `another store brings its outcomes and readings, once`() throws {
    let (ours, theirs) = (try CareFixture(), try CareFixture())
    try ours.complete([1, 2])
    var begun = try theirs.begin([0])
    try Self.finish(0, of: begun, in: theirs)
    try theirs.store.end(launch: begun.launch.id, at: CareFixture.moment(90))
    begun.lock = nil
    for _ in 0..<2 {
      _ = try ours.store.merge(theirs.path, now: CareFixture.moment(200))
      let id = begun.jobs[0] ?? ""
      #expect(try ours.store.queryOutcomes(of: [id]) == [id: Self.outcomes()])
      #expect(
        try ours.store.testReadings(ofData: Set(CareFixture.job(0).dataDigests.values)) == 1)
      #expect(try ours.problems() == [])
    }
  }

  @Test(arguments: [
    (
      "UPDATE queryOutcome SET firstHits = x'00000002ff'",
      "the query outcomes of run ID are damaged: their test/recall@1 is 0.6, that of the run 0.2. "
        + "Restore a backup, or run the job again with rll-sweep launch --fresh"
    ),
    (
      "UPDATE queryOutcome SET averagePrecision = x'00000000000000000000'",
      "the query outcomes of run ID are damaged: their test/map@r is 0.0, that of the run 0.4375. "
        + "Restore a backup, or run the job again with rll-sweep launch --fresh"
    ),
    (
      "UPDATE queryOutcome SET firstHits = x'0001fe02', averagePrecision = x'0000000000000000'",
      "the query outcomes of run ID are damaged: 5 queries have 4 ranks and 8 bytes of precision. "
        + "Restore a backup, or run the job again with rll-sweep launch --fresh"
    ),
    (
      "UPDATE queryOutcome SET recallAt = '[2,1]'",
      "the query outcomes of run ID are damaged: [2, 1] are no ascending K of Recall@K. "
        + "Restore a backup, or run the job again with rll-sweep launch --fresh"
    ),
    (
      "UPDATE queryOutcome SET firstHits = x'000100000a'",
      "the query outcomes of run ID are damaged: a query has a rank that is none of [1, 2, 4]. "
        + "Restore a backup, or run the job again with rll-sweep launch --fresh"
    ),
    (
      "UPDATE queryClasses SET names = '[\"a\",\"c\",\"ü\"]'",
      "the classes DIGEST… of queries have another SHA-256. Restore a backup"
    ),
    (
      "UPDATE queryClasses SET places = x'0000000009000000010000000100000002000000'",
      "the classes DIGEST… of queries have another SHA-256. Restore a backup|"
        + "the query outcomes of run ID are damaged: a query has a class that is none of 3. "
        + "Restore a backup, or run the job again with rll-sweep launch --fresh"
    ),
  ])
  func `a check finds damaged outcomes`(statement: String, expected: String) throws {
    let care = try CareFixture()
    let begun = try care.begin([0])
    try Self.finish(0, of: begun, in: care)
    try care.fixture.sqlite(statement)
    let wanted = expected.replacing("ID", with: (begun.jobs[0] ?? "").prefix(8))
      .replacing("DIGEST", with: Self.classes.digest.prefix(12)).split(separator: "|")
    #expect(try care.problems() == wanted.map { "damage: \($0)" })
  }

  @Test func `damaged outcomes are not read`() throws {
    let care = try CareFixture()
    let begun = try care.begin([0])
    try Self.finish(0, of: begun, in: care)
    try care.fixture.sqlite("UPDATE queryOutcome SET recallAt = '[0]'")
    let id = begun.jobs[0] ?? ""
    #expect(
      storeErrorText { _ = try care.store.queryOutcomes(of: [id]) }
        == "the run \(id.prefix(8)) has damaged query outcomes: [0] are no ascending K of Recall@K"
    )
  }
}
