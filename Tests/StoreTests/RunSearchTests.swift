import Store
import Sweeps
import TestSupport
import Testing

@Suite struct RunSearchTests {
  private static let names: [(name: String, value: RunValue)] = [
    ("run_id", .field("run_id")), ("state", .field("state")), ("sweep", .field("sweep")),
    ("attempts", .field("attempts")), ("host", .field("host")), ("seed", .field("seed")),
    ("loss.alpha", .setting("loss.alpha")), ("loss.margin", .setting("loss.margin")),
    ("loss.name", .setting("loss.name")), ("optimizer.name", .setting("optimizer.name")),
    ("loss.temperature", .setting("loss.temperature")),
    ("dataset.levels", .setting("dataset.levels")), ("model.bias", .setting("model.bias")),
    ("select", .setting("select")), ("batch", .setting("batch")),
    ("alpha", .setting("loss.alpha")), ("α", .setting("loss.alpha")),
    ("m", .setting("loss.margin")), ("T", .setting("loss.temperature")),
    ("P", .batchClasses), ("K", .batchItems), ("fold", .fold),
    ("test/recall@1", .measure("test/recall@1")), ("test/nmi", .measure("test/nmi")),
  ]

  /// Seeds 0, 1 and 2 with their measures 0.5, none and NaN.
  private static func fixture() throws -> (fixture: StoreFixture, runs: [String]) {
    let fixture = try StoreFixture()
    let launch = StoreFixture.launch()
    let jobs = [(1.2, 0.4, 10.0), (1.0, 0.6, .infinity), (1.4, 1.4, 0.0)].enumerated()
      .map { index, values in
        var job = StoreFixture.job(index)
        job.spec.settings["loss.alpha"] = .number(values.0)
        job.spec.settings["loss.margin"] = .number(values.1)
        job.spec.settings["loss.temperature"] = .number(values.2)
        job.spec.settings["loss.name"] = .text(index == 2 ? "it's \"odd\"" : "triplet")
        job.spec.settings["dataset.levels"] = .list([.text("high")])
        job.spec.settings["model.bias"] = .bool(index == 0)
        job.spec.settings["select"] = .text("best")
        job.spec.settings["batch"] = .text("\(6 * (index + 1))x\(index + 2)")
        return job
      }
    let begun = try fixture.store.begin(launch, jobs: jobs)
    for (job, begun) in zip(jobs, begun) {
      let attempt = try fixture.store.claim(
        runID: begun.runID, launchID: launch.id, spec: job.spec, now: StoreFixture.start)
      var outcome = StoreFixture.outcome()
      outcome.finalMetrics = [[:], ["test/nmi": 0.5], ["test/nmi": .nan]][begun.position]
      outcome.finalMetrics["test/recall@1"] = [0.85, 0.5, 0.7][begun.position]
      try fixture.store.takeIn(outcome, runID: begun.runID, attempt: attempt ?? 0)
    }
    try fixture.store.tag([begun[0].runID], add: ["good"], remove: [])
    try fixture.store.tag([begun[2].runID], add: ["good", "paper"], remove: [])
    try fixture.store.end(launch: launch.id, at: StoreFixture.start)
    return (fixture, begun.map(\.runID))
  }

  private static func search(_ condition: String?) -> RunSearch {
    var search = RunSearch(names: names)
    search.condition = condition
    return search
  }

  @Test(arguments: [
    ("loss.alpha >= 1.2", [2, 0]), ("alpha = 1.2", [0]), ("α = 1.2 AND m = 0.4", [0]),
    ("ALPHA = 1.2 and Loss.Margin = 0.4", [0]), ("margin >= loss.alpha", [2]),
    ("\"loss\".\"alpha\" = 1", [1]), ("\"loss.alpha\" = 1", [1]),
    ("\"Loss.Alpha\" > 1 AND loss.alpha < 1.3", [0]), ("T > 1e300", [1]), ("T = inf", [1]),
    ("loss.temperature < inf", [2, 0]), ("batch = '6x2'", [0]), ("P = 18 OR K = 3", [2, 1]),
    ("\"test/recall@1\" > 0.6", [2, 0]), ("\"test/nmi\" IS NULL", [2, 0]),
    ("tag('good')", [2, 0]), ("TAG ( 'paper' ) OR seed = 1", [2, 1]),
    ("run_id = 'tag(' OR tag('paper')", [2]), ("tag('go' || 'od') AND NOT tag('paper')", [0]),
    ("\"select\" = 'best' -- a comment", [2, 1, 0]), ("dataset.levels = '[\"high\"]'", [2, 1, 0]),
    ("loss.name = 'it''s \"odd\"'", [2]), ("bias", [0]), ("alpha IN (1, 1.4)", [2, 1]),
    ("optimizer.name IS NULL", [2, 1, 0]), ("fold = 0", []), ("NULL", []), ("1", [2, 1, 0]),
    ("state = 'completed' AND sweep = 'practice' AND attempts = 1 AND host = 'here'", [2, 1, 0]),
  ])
  func `a condition has SQL's truth`(condition: String, places: [Int]) throws {
    let (fixture, runs) = try Self.fixture()
    let found = try fixture.store.runs(Self.search(condition))
    #expect(found.map(\.id) == places.map { runs[$0] })
    var ofSweep = Self.search(condition)
    ofSweep.selection = .sweep("practice")
    #expect(try fixture.store.runs(ofSweep).map(\.id) == places.sorted().map { runs[$0] })
  }

  @Test func `a condition that does not end is stopped in the time it is given`() throws {
    var search = Self.search(
      "(WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c)")
    search.allowed = .seconds(1)
    let (fixture, _) = try Self.fixture()
    let error = #expect(throws: StoreError.self) { try fixture.store.runs(search) }
    #expect(
      error?.description
        == "the SQL took longer than 1 s and was stopped. Write a simpler expression")
  }

  @Test(arguments: [
    (RunValue.setting("loss.alpha"), false, [1, 0, 2]),
    (.setting("loss.temperature"), true, [1, 0, 2]),
    (.measure("test/recall@1"), true, [0, 2, 1]), (.measure("test/recall@1"), false, [1, 2, 0]),
    (.measure("test/nmi"), true, [1, 2, 0]), (.measure("test/nmi"), false, [1, 2, 0]),
    (.measure("never/measured"), true, [2, 1, 0]), (.field("seed"), true, [2, 1, 0]),
    (.batchItems, false, [0, 1, 2]), (.fold, false, [2, 1, 0]),
  ])
  func `runs are ordered by value with missing ones last`(
    value: RunValue, isDescending: Bool, places: [Int]
  ) throws {
    let (fixture, runs) = try Self.fixture()
    var search = Self.search("seed < 3")
    search.order = RunSearch.Order(by: value, isDescending: isDescending)
    #expect(try fixture.store.runs(search).map(\.id) == places.map { runs[$0] })
    for limit in 1...3 {
      search.limit = limit
      #expect(try fixture.store.runs(search).map(\.id) == places.prefix(limit).map { runs[$0] })
    }
  }

  private static let known = """
    Names are K, P, T, alpha, attempts, batch, dataset.levels, fold, host, loss.alpha, \
    loss.margin, loss.name, loss.temperature, m, model.bias, optimizer.name, run_id, seed, \
    select, state, sweep, test/nmi, test/recall@1, α
    """

  @Test(arguments: [
    ("marign > 1", "'marign' is no known name (Text needs 'single quotes'.) " + known),
    (
      "loss.alhpa > 1",
      "'loss.alhpa' is no known name; did you mean 'loss.alpha'? (Text needs 'single quotes'.) "
        + known
    ),
    ("batch = \"60x3\"", "'60x3' is no known name (Text needs 'single quotes'.) " + known),
    ("settings IS NULL", "'settings' is no known name (Text needs 'single quotes'.) " + known),
    ("name = 'triplet'", "ambiguous column name: name"),
    ("count(*) > 1", "it has one value for all rows; functions such as count are no help here"),
    ("alpha >", "near \")\": syntax error"), ("alpha > 1) --", "near \")\": syntax error"),
    ("1); DROP TABLE run; --", "more than one statement: write an expression without a semicolon"),
  ])
  func `a wrong condition is said with what is allowed`(condition: String, text: String) throws {
    let (fixture, _) = try Self.fixture()
    #expect(storeErrorText { _ = try fixture.store.runs(Self.search(condition)) } == text)
    #expect(try fixture.store.runs().count == 3)
  }

  @Test func `measures are known once a run has them`() throws {
    let fixture = try StoreFixture()
    #expect(try fixture.store.measureNames() == [])
    #expect(try Self.fixture().fixture.store.measureNames() == ["test/nmi", "test/recall@1"])
  }

  @Test func `steps of several runs become durable together or not at all`() throws {
    let fixture = try StoreFixture()
    let (jobs, launch, lock) = try fixture.begin(jobs: 2)
    defer { withExtendedLifetime(lock) {} }
    struct Broken: Error {}
    func finish(_ transaction: StoreTransaction) throws {
      for job in jobs {
        let attempt = try transaction.claim(
          runID: job.runID, launchID: launch.id, spec: StoreFixture.job(job.position).spec,
          now: StoreFixture.start)
        try transaction.takeIn(StoreFixture.outcome(), runID: job.runID, attempt: attempt ?? 0)
      }
    }
    #expect(throws: Broken.self) {
      try fixture.store.transaction { transaction in
        try finish(transaction)
        throw Broken()
      }
    }
    #expect(try fixture.store.runs().map(\.state) == [.pending, .pending])
    try fixture.store.transaction(finish)
    #expect(try fixture.store.runs().map(\.state) == [.completed, .completed])
  }
}
