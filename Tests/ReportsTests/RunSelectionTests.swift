import Reports
import Store
import Sweeps
import Testing

@Suite struct RunSelectionTests {
  private static var runs: [RunSummary] {
    SampleRuns.grid + [SampleRuns.run("c0", alpha: 1.4, state: .failed)]
  }

  private static func found(
    _ selection: RunSelection, in sample: SampleStore,
    among candidates: ExperimentStore.Selection = .all
  ) throws -> [String] {
    let columns = try RunColumns(of: sample.store)
    return sample.names(
      of: try sample.store.runs(selection.search(among: candidates, columns: columns)))
  }

  @Test(arguments: [
    (RunSelection(condition: "alpha > 1.1"), ["c0", "b1", "b0"]),
    (RunSelection(condition: "\"test/recall@1\" > 0.84 AND seed = 1"), ["b1"]),
    (RunSelection(condition: "state = 'failed' AND \"test/map@r\" IS NULL"), ["c0"]),
    (RunSelection(condition: "T > 1e300 AND P = 60 AND wall_seconds < 2", limit: 2), ["b1", "b0"]),
    (RunSelection(condition: "K = 3 AND T = inf", limit: 1), ["c0"]),
    (RunSelection(limit: 1), ["c0"]),
    (RunSelection(), ["c0", "b1", "b0", "a1", "a0"]),
  ])
  func `conditions see fields, settings, measures and P and K`(
    selection: RunSelection, ids: [String]
  ) throws {
    let sample = try SampleStore(Self.runs)
    #expect(try Self.found(selection, in: sample) == ids)
    #expect(
      try Set(Self.found(selection, in: sample, among: .sweep("practice"))) == Set(ids)
        || selection.limit != nil)
  }

  @Test(arguments: [
    ("test/map@r", ["b1", "a1", "b0", "a0", "c0"]),
    ("test/map@r:asc", ["a0", "b0", "a1", "b1", "c0"]),
    ("alpha:desc", ["c0", "b1", "b0", "a1", "a0"]),
    ("seed", ["c0", "b0", "a0", "b1", "a1"]),
    ("wall_seconds", ["b1", "b0", "a1", "a0", "c0"]),
    ("P", ["c0", "b1", "b0", "a1", "a0"]),
  ])
  func `measures sort best first, missing ones last, equal ones the newest first`(
    sort: String, ids: [String]
  ) throws {
    let selection = RunSelection(sort: try RunSelection.Sort(sort))
    #expect(try Self.found(selection, in: SampleStore(Self.runs)) == ids)
  }

  @Test(arguments: [
    ("test/map@r", ["b1", "a1", "b0", "a0", "c0"]), ("seed", ["a0", "b0", "c0", "a1", "b1"]),
  ])
  func `equal runs of a sweep are in the order of its jobs`(sort: String, ids: [String]) throws {
    let selection = RunSelection(sort: try RunSelection.Sort(sort))
    #expect(
      try Self.found(selection, in: SampleStore(Self.runs), among: .sweep("practice")) == ids)
  }

  @Test(arguments: 1...6)
  func `a limit counts runs that lack the measure too`(limit: Int) throws {
    let sort = try RunSelection.Sort("test/map@r")
    let found = try Self.found(
      RunSelection(condition: "seed < 2", sort: sort, limit: limit), in: SampleStore(Self.runs))
    #expect(found == Array(["b1", "a1", "b0", "a0", "c0"].prefix(limit)))
  }

  @Test func `a loss sorts from the least`() throws {
    var runs = SampleRuns.grid
    for (position, loss) in [0.5, 0.2, 0.9, 0.4].enumerated() {
      runs[position].metrics["train/loss"] = loss
    }
    let selection = RunSelection(sort: try RunSelection.Sort("train/loss"))
    #expect(try Self.found(selection, in: SampleStore(runs)) == ["a1", "b1", "a0", "b0"])
  }

  @Test func `tags and folds can be asked for`() throws {
    var runs = SampleRuns.grid
    runs[1].tags = ["paper"]
    runs[3].settings["dataset.validation"] = .mapping(["folds": .number(4), "fold": .number(2)])
    let sample = try SampleStore(runs)
    #expect(try Self.found(RunSelection(condition: "tag('paper')"), in: sample) == ["a1"])
    #expect(try Self.found(RunSelection(condition: "fold = 2"), in: sample) == ["b1"])
    #expect(
      try Self.found(
        RunSelection(condition: "NOT Tag ( 'paper' ) AND fold IS NULL"), in: sample) == [
          "b0", "a0",
        ])
  }

  @Test func `a wrong direction is refused`() {
    do {
      _ = try RunSelection.Sort("alpha:up")
      Issue.record("no error was thrown")
    } catch {
      #expect("\(error)" == "'up' is no direction; write alpha:asc or alpha:desc")
    }
  }
}
