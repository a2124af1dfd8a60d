import Reports
import Store
import Sweeps
import Testing

@Suite struct ComparisonTests {
  private static func comparison(
    _ runs: [RunSummary] = SampleRuns.grid, by names: [String] = [],
    objective: Objective = Objective(), axes: [String] = ["loss.alpha"],
    raw: [String: Double] = ["recall@1": 0.8052, "map@r": 0.3939]
  ) throws -> SweepComparison {
    try SweepComparison(
      sweep: "practice", objective: objective, axes: axes, by: names, runs: runs,
      baselines: [.init(.init(.raw, figures: raw), level: "high", dataDigest: "d")])
  }

  /// Last bits of sums in another order.
  private static let tolerance = 1e-15

  @Test func `mean and standard deviation are those computed by hand`() throws {
    let statistics = try #require(CellStatistics([2, 4, 4, 4, 5, 5, 7, 9]))
    #expect(statistics.mean == 5)
    // Squares of the differences add up to 32, over n − 1 = 7.
    #expect(abs((statistics.deviation ?? 0) - (32.0 / 7).squareRoot()) < Self.tolerance)
    #expect(CellStatistics([3])?.deviation == nil)
    #expect(CellStatistics([3])?.mean == 3)
    #expect(CellStatistics([]) == nil)
    // The mean of three 0.1 is not 0.1 in floating point.
    #expect(CellStatistics([0.1, 0.1, 0.1])?.deviation == 0)
    #expect(CellStatistics([1, .nan])?.mean.isNaN == true)
    // A sum of squares would lose all digits here.
    let shifted = try #require(CellStatistics([1e9 + 1, 1e9 + 2, 1e9 + 3]))
    #expect(shifted.mean == 1e9 + 2)
    #expect(shifted.deviation == 1)
  }

  @Test func `the settings of a sweep are compared over their seeds`() throws {
    let comparison = try Self.comparison()
    #expect(comparison.cells.map(\.values) == [[.number(1.2)], [.number(1)]])
    #expect(comparison.picks == [0])
    let best = comparison.cells[0].statistics["test/recall@1"]
    #expect(abs((best?.mean ?? 0) - 0.86) < Self.tolerance)
    #expect(abs((best?.deviation ?? 0) - 0.02 / 2.0.squareRoot()) < Self.tolerance)
    #expect(
      comparison.settingsText == """
           alpha         n  validation/map@r  test/recall@1     test/map@r
           raw features                    –  80.52%         39.39%
        *  1.2           2     51.00 ± 1.41%  86.00 ± 1.41%  46.00 ± 1.41%
           1             2     42.00 ± 2.83%  82.00 ± 2.83%  44.00 ± 2.83%

        * picked by validation/map@r (mean of 2 runs): alpha 1.2. On test it scores recall@1 \
        86.00 ± 1.41% (raw features 80.52%) and map@r 46.00 ± 1.41% (raw features 39.39%).

        """)
  }

  @Test func `a comparison as JSON has the documented names`() throws {
    let text = try Self.comparison().report.text(as: .jsonl)
    #expect(
      text.hasPrefix(
        """
        {"schema":1,"sweep":"practice","subject":"search","objective":"validation/map@r","goal":"maximize",\
        "selected_on_validation":true,"by":["loss.alpha"],"tuned":[],"reference":null,\
        "test_readings":null,"baselines":[\
        {"kind":"raw","level":"high","data_digest":"d",\
        "metrics":{"test/map@r":0.3939,"test/recall@1":0.8052}}],\
        "cells":[{"settings":{"loss.alpha":1.2},"tuned":{},"tried":1,"dimension":null,\
        "folds":null,"n":2,"replicates":2,"runs":2,"failed":0,"unfinished":0,\
        "picked":true,"metrics":{"test/map@r":{"mean":0.45999999999999996,"sd":
        """.replacing("\n", with: "")), "\(text)")
  }

  /// Five columns for each of three measures.
  private static let noDifferences = String(repeating: ",", count: 15)

  @Test func `a comparison as CSV has means, deviations and intervals in columns of their own`()
    throws
  {
    let lines = try Self.comparison().report.text(as: .csv).split(separator: "\n")
    #expect(
      lines[0] == """
        row,loss.alpha,dimension,n,replicates,runs,failed,unfinished,picked,\
        test/map@r_mean,test/map@r_sd,test/map@r_low,test/map@r_high,test/recall@1_mean,\
        test/recall@1_sd,test/recall@1_low,test/recall@1_high,validation/map@r_mean,\
        validation/map@r_sd,validation/map@r_low,validation/map@r_high,\
        validation/map@r_difference,validation/map@r_difference_low,\
        validation/map@r_difference_high,validation/map@r_difference_p,\
        validation/map@r_difference_p_corrected,\
        test/recall@1_difference,test/recall@1_difference_low,test/recall@1_difference_high,\
        test/recall@1_difference_p,test/recall@1_difference_p_corrected,\
        test/map@r_difference,test/map@r_difference_low,test/map@r_difference_high,\
        test/map@r_difference_p,test/map@r_difference_p_corrected
        """)
    #expect(
      lines[1] == "raw features high,,,,,,,,,0.3939,,,,0.8052,,,,,,," + Self.noDifferences)
    #expect(lines[2].hasPrefix("setting,1.2,,2,2,2,0,0,true,"))
    #expect(lines.count == 4)
  }

  @Test(arguments: ["α", "alpha", "loss.alpha"])
  func `settings are accepted under each of their names`(name: String) throws {
    #expect(try Self.comparison(by: [name]).settings == [.setting("loss.alpha")])
  }

  @Test func `P and K are settings to compare by`() throws {
    var runs = SampleRuns.grid
    runs[0].settings["batch"] = .text("30x6")
    let comparison = try Self.comparison(runs, by: ["K", "P"])
    #expect(
      Set(comparison.cells.map(\.values)) == [
        [.number(6), .number(30)], [.number(3), .number(60)],
      ])
  }

  @Test func `an unknown setting is refused with the nearest spelling`() {
    do {
      _ = try Self.comparison(by: ["lambdaa"])
      Issue.record("no error was thrown")
    } catch {
      #expect(
        "\(error)".hasPrefix(
          "'lambdaa' is no column; did you mean 'lambda'? Columns are run_id, sweep, "), "\(error)")
    }
  }

  @Test func `an incomplete setting is counted, stands last and is not picked`() throws {
    var runs = SampleRuns.grid
    runs[2] = SampleRuns.run("b0", alpha: 1.2, seed: 0, state: .failed)
    runs.append(SampleRuns.run("c0", alpha: 1.4, seed: 0, state: .pending))
    let comparison = try Self.comparison(runs)
    #expect(comparison.cells.map(\.values) == [[.number(1)], [.number(1.2)], [.number(1.4)]])
    #expect(comparison.cells.map(\.completed) == [2, 1, 0])
    #expect(comparison.cells.map(\.failed) == [0, 1, 0])
    #expect(comparison.cells.map(\.unfinished) == [0, 0, 1])
    #expect(comparison.picks == [0])
    #expect(
      comparison.notes.contains(
        "Of 5 runs, 1 failed and 1 not finished: 2 of 3 settings lack some of their runs and "
          + "stand last and are not picked."), "\(comparison.notes)")
    #expect(comparison.report.text(as: .table).contains("1 of 2"))
  }

  @Test func `where no setting is complete they are compared all the same`() throws {
    let runs = [
      SampleRuns.run("a", alpha: 1, validation: 0.5), SampleRuns.run("b", alpha: 1, state: .failed),
      SampleRuns.run("c", alpha: 2, validation: 0.6), SampleRuns.run("d", alpha: 2, state: .failed),
    ]
    let comparison = try Self.comparison(runs)
    #expect(comparison.cells[0].values == [.number(2)])
    #expect(
      comparison.notes.contains { $0.hasSuffix("compared all the same, as none is complete.") })
  }

  @Test func `one run a setting ranks nothing`() throws {
    let notes = try Self.comparison([SampleRuns.grid[0], SampleRuns.grid[2]]).notes
    #expect(
      notes.contains(
        "With one run a setting (n = 1) nothing can be ranked: the differences may be those of "
          + "the seeds. Repeat with more seeds."), "\(notes)")
    #expect(try !Self.comparison().notes.contains { $0.contains("n = 1") })
  }

  @Test func `an objective on the test classes is marked`() throws {
    let comparison = try Self.comparison(objective: Objective(metric: "test/recall@1"))
    #expect(!comparison.isSelectedOnValidation)
    #expect(
      comparison.notes == [
        "* picked by test/recall@1 (mean of 2 runs): alpha 1.2.",
        "The objective test/recall@1 is a measure on the test classes: not selected on "
          + "validation, the figures of the best are too good.",
      ])
  }

  @Test func `without validation the test measure takes its place and is marked`() throws {
    let runs = SampleRuns.grid.map { run in
      var run = run
      run.metrics["validation/map@r"] = nil
      return run
    }
    let comparison = try Self.comparison(runs)
    #expect(comparison.objective.metric == "test/map@r")
    #expect(
      comparison.notes.contains(
        "There are no validation measures, so test/map@r ranks: not selected on validation, the "
          + "figures of the best are too good."), "\(comparison.notes)")
  }

  @Test func `an objective to minimize puts the least first`() throws {
    let comparison = try Self.comparison(
      objective: Objective(metric: "validation/map@r", goal: .minimize))
    #expect(comparison.cells.map(\.values) == [[.number(1)], [.number(1.2)]])
  }

  @Test func `averaging over another swept setting is said`() throws {
    var runs = SampleRuns.grid
    runs[1].settings["loss.margin"] = .number(0.6)
    let comparison = try Self.comparison(runs, axes: ["loss.alpha", "loss.margin"])
    #expect(comparison.cells.count == 3)
    let pooled = try Self.comparison(runs, by: ["alpha"], axes: ["loss.alpha", "loss.margin"])
    #expect(
      pooled.notes.contains(
        "Each seed of a line is a mean over loss.margin (2 values); n, deviations and intervals are "
          + "over seeds. Not every seed has the same of them, which widens its line's deviation."),
      "\(pooled.notes)")
  }

  @Test func `a selection at the first or last evaluation is said`() throws {
    var runs = SampleRuns.grid
    for (index, step) in [25, 100, 100, 75].enumerated() {
      runs[index].settings["evaluation.every"] = .number(25)
      runs[index].selectedStep = step
    }
    #expect(
      try Self.comparison(runs).notes.contains(
        "Of 4 runs the selected evaluation is the first in 1 (evaluate more often, or learn more "
          + "slowly) and the last in 2 (train for more steps)."))
    // Of two evaluations one is the first and one is the last.
    for index in runs.indices { runs[index].settings["evaluation.every"] = .number(50) }
    #expect(try !Self.comparison(runs).notes.contains { $0.contains("selected evaluation") })
  }

  @Test func `a measure that some runs lack is said`() throws {
    var runs = SampleRuns.grid
    runs[0].metrics["test/recall@1"] = nil
    runs[3].metrics["test/map@r"] = .nan
    #expect(
      try Self.comparison(runs).notes.contains(
        "Some completed runs have no value of test/map@r, test/recall@1."))
  }

  @Test func `a sweep without runs has nothing to compare`() {
    #expect(throws: ReportError.self) { try Self.comparison([]) }
  }

  @Test func `runs are compared in what differs, then in their measures`() throws {
    let runs = [SampleRuns.grid[0], SampleRuns.grid[3]]
    let comparison = try RunComparison(runs)
    #expect(comparison.differingSettings == ["loss.alpha", "seed"])
    #expect(
      comparison.report.text(as: .table) == """
                          a0000000  b1000000
        loss.alpha           1         1.2
        seed                 0         1
        test/map@r          42.00%    47.00%
        test/recall@1       80.00%    87.00%
        validation/map@r    40.00%    52.00%

        7 more settings are equal.

        """)
    #expect(throws: ReportError.self) { try RunComparison([runs[0]]) }
  }

  @Test func `runs on different data or without an end are said`() throws {
    var other = SampleRuns.run("c", state: .failed)
    other.dataDigests = ["high": "other"]
    let notes = try RunComparison([SampleRuns.grid[2], other]).report.sections[0].notes
    #expect(
      notes == [
        "All 9 settings are equal.", "The runs have different data; their measures do not compare.",
        "Not all runs are completed: c0000000 is failed.",
      ])
  }
}
