import Reports
import Store
import Sweeps
import Testing

/// Each line at its own best value of the tuned settings.
@Suite struct ComparisonTuningTests {
  /// Two losses at three rates with two seeds; validation lies 0.01 around `middle`, the test
  /// figures 0.05 and 0.3 beside it.
  private static let runs =
    loss("ranked_list", [(0.03, 0.41), (0.1, 0.51), (0.3, 0.45)])
    + loss("triplet", [(0.03, 0.31), (0.1, 0.35), (0.3, 0.39)])

  private static func loss(
    _ name: String, _ trials: [(rate: Double, middle: Double)]
  ) -> [RunSummary] {
    trials.flatMap { rate, middle in
      [0, 1].map { seed in
        let validation = middle + (seed == 0 ? -0.01 : 0.01)
        var run = SampleRuns.run(
          "\(name.prefix(1))\(Int(rate * 100))\(seed)", seed: seed, validation: validation,
          recall: validation + 0.3, map: validation - 0.05)
        run.settings["loss.name"] = .text(name)
        run.settings["optimizer.learning_rate"] = .number(rate)
        return run
      }
    }
  }

  private static func comparison(
    _ runs: [RunSummary] = runs, by names: [String] = ["loss.name"],
    tuned: [String] = ["lr"], objective: Objective = Objective(),
    axes: [String] = ["loss.name", "optimizer.learning_rate"]
  ) throws -> SweepComparison {
    try SweepComparison(
      sweep: "losses", objective: objective, axes: axes, by: names, tuned: tuned, runs: runs)
  }

  @Test func `each line is taken at its own best learning rate`() throws {
    #expect(
      try Self.comparison().settingsText == """
           loss.name    learning_rate (tuned)  n  validation/map@r  test/recall@1     test/map@r
        *  ranked_list                    0.1  2     51.00 ± 1.41%  81.00 ± 1.41%  46.00 ± 1.41%
           triplet                        0.3  2     39.00 ± 1.41%  69.00 ± 1.41%  34.00 ± 1.41%

        * picked by validation/map@r (mean of 2 runs): loss.name ranked_list, learning_rate 0.1. \
        On test it scores recall@1 81.00 ± 1.41% and map@r 46.00 ± 1.41%.
        Each line is taken at its best learning_rate by validation/map@r, out of 3 values.
        The best learning_rate of triplet (0.3, the largest tried) is at the edge of its axis: \
        widen it.

        """)
  }

  @Test func `without names the axes that are not tuned tell lines apart`() throws {
    #expect(try Self.comparison(by: []).settings == [.setting("loss.name")])
  }

  @Test func `without tuning the rates are averaged and that is said`() throws {
    #expect(
      try Self.comparison(tuned: []).settingsText == """
           loss.name    n  validation/map@r  test/recall@1     test/map@r
        *  ranked_list  2     45.67 ± 1.41%  75.67 ± 1.41%  40.67 ± 1.41%
           triplet      2     35.00 ± 1.41%  65.00 ± 1.41%  30.00 ± 1.41%

        * picked by validation/map@r (mean of 2 seeds): loss.name ranked_list. On test it scores \
        recall@1 75.67 ± 1.41% and map@r 40.67 ± 1.41%.
        Each seed of a line is a mean over optimizer.learning_rate (3 values); n, deviations and \
        intervals are over seeds.

        """)
  }

  @Test func `JSON and CSV have the tuned values of each line`() throws {
    let report = try Self.comparison().report
    let json = report.text(as: .jsonl)
    #expect(json.contains("\"by\":[\"loss.name\"],\"tuned\":[\"optimizer.learning_rate\"],"))
    #expect(
      json.contains(
        """
        {"settings":{"loss.name":"triplet"},"tuned":{"optimizer.learning_rate":0.3},"tried":3,\
        "dimension":null,"folds":null,"n":2,"replicates":2,"runs":2,"failed":0,"unfinished":0,\
        "picked":false,
        """), "\(json)")
    let lines = report.text(as: .csv).split(separator: "\n")
    #expect(lines[0].hasPrefix("row,loss.name,optimizer.learning_rate,dimension,n,replicates,"))
    #expect(lines[1].hasPrefix("setting,ranked_list,0.1,,2,2,2,0,0,true,"))
    #expect(lines[2].hasPrefix("setting,triplet,0.3,,2,2,2,0,0,false,"))
  }

  @Test func `of equal values the first in sweep order is taken`() throws {
    let runs = Self.loss("triplet", [(0.3, 0.35), (0.03, 0.39), (0.1, 0.39), (1, 0.2)])
    let comparison = try Self.comparison(runs)
    #expect(comparison.cells.first?.tuning?.values == [.number(0.03)])
    #expect(
      try Self.comparison(runs.reversed()).cells.first?.tuning?.values == [.number(0.1)])
  }

  @Test func `an objective to minimize takes the value with the least mean`() throws {
    let objective = Objective(metric: "validation/map@r", goal: .minimize)
    #expect(
      try Self.comparison(objective: objective).cells.map { $0.tuning?.values } == [
        [.number(0.03)], [.number(0.03)],
      ])
  }

  @Test func `different numbers of trials are said`() throws {
    let runs = Self.runs.filter {
      $0.settings["loss.name"] != .text("triplet")
        || $0.settings["optimizer.learning_rate"] != .number(0.03)
    }
    #expect(
      try Self.comparison(runs).notes.contains(
        "Each line is taken at its best learning_rate by validation/map@r. The lines had "
          + "different numbers of values to choose from, which favours those with more: "
          + "ranked_list 3, triplet 2."))
  }

  @Test func `one value for all is no choice`() throws {
    let runs = Self.runs.filter { $0.settings["optimizer.learning_rate"] == .number(0.1) }
    let notes = try Self.comparison(runs).notes
    #expect(
      notes.contains(
        "Each line is taken at its best learning_rate by validation/map@r, out of 1 "
          + "value: nothing was tuned."), "\(notes)")
    #expect(!notes.contains { $0.contains("edge") })
  }

  @Test func `a value that lacks runs is chosen only where there is nothing else`() throws {
    var runs = Self.runs
    // The best rate of ranked_list lost a seed; of triplet every rate did.
    for index in [2, 6, 8, 10] {
      runs[index].state = .failed
      runs[index].metrics = [:]
    }
    let comparison = try Self.comparison(runs)
    #expect(comparison.cells.map { $0.tuning?.values } == [[.number(0.3)], [.number(0.3)]])
    #expect(comparison.cells.map(\.completed) == [2, 1])
    #expect(
      comparison.notes.contains(
        "Chosen only where there is nothing else, as runs or validation/map@r are missing: 1 of "
          + "the 3 of ranked_list, 3 of the 3 of triplet."), "\(comparison.notes)")
    #expect(
      comparison.notes.contains(
        "Of 4 runs, 1 failed: 1 of 2 settings lack some of their runs and stand last and are not "
          + "picked."), "\(comparison.notes)")
  }

  @Test func `several settings are tuned together, each with its own edge`() throws {
    let runs = Self.runs.map { run in
      var run = run
      // Moves against the rate, so that each pair occurs once.
      let rate = run.settings["optimizer.learning_rate"]?.number ?? 0
      run.settings["optimizer.momentum"] = .number(rate == 0.3 ? 0 : rate == 0.1 ? 0.2 : 0.4)
      return run
    }
    let comparison = try Self.comparison(runs, tuned: ["lr", "momentum"])
    #expect(
      comparison.cells.map { $0.tuning?.values } == [
        [.number(0.1), .number(0.2)], [.number(0.3), .number(0)],
      ])
    #expect(
      comparison.notes.contains(
        "Each line is taken at its best learning_rate and momentum by "
          + "validation/map@r, out of 3 combinations."), "\(comparison.notes)")
    // A momentum of 0 cannot be widened.
    #expect(
      comparison.notes.contains(
        "The best learning_rate of triplet (0.3, the largest tried) is at the edge of its axis: "
          + "widen it."), "\(comparison.notes)")
  }

  @Test func `many lines at the edge are counted, not named`() throws {
    let names = ["ranked_list", "triplet", "margin", "contrastive", "group", "n_pair"]
    let runs = names.flatMap { Self.loss($0, [(0.1, 0.4), (0.3, $0 == "group" ? 0.3 : 0.5)]) }
    #expect(
      try Self.comparison(runs).notes.contains(
        "The best learning_rate of 6 of the 6 lines is at the edge of its axis: widen it."))
  }

  @Test func `a choice without order has no edge`() throws {
    let runs = Self.runs.map { run in
      var run = run
      let rate = run.settings["optimizer.learning_rate"]?.number ?? 0
      run.settings["loss.gradient"] = .text("form \(rate)")
      return run
    }
    let comparison = try Self.comparison(runs, tuned: ["loss.gradient"])
    #expect(comparison.cells.map { $0.tuning?.values.first?.text } == ["form 0.1", "form 0.3"])
    #expect(!comparison.notes.contains { $0.contains("edge") })
  }

  @Test func `a line is called by its setting and number`() throws {
    let runs = Self.runs.map { run in
      var run = run
      run.settings["optimizer.momentum"] = .number(
        run.settings["loss.name"] == .text("triplet") ? 0.9 : 0.5)
      return run
    }
    #expect(
      try Self.comparison(runs, by: ["momentum", "loss.name"]).notes.contains(
        "The best learning_rate of momentum 0.9, triplet (0.3, the largest tried) is at the edge "
          + "of its axis: widen it."))
  }

  @Test func `tuning on the test classes is marked`() throws {
    let runs = Self.runs.map { run in
      var run = run
      run.metrics["validation/map@r"] = nil
      return run
    }
    let notes = try Self.comparison(runs).notes
    #expect(notes.contains { $0.hasSuffix("the figures of the best are too good.") })
    #expect(
      notes.contains(
        "Each line is taken at its best learning_rate by test/map@r, out of 3 values."))
  }

  @Test(arguments: [
    ("seed", "'seed' cannot be tuned; name a setting that the sweep varies"),
    ("fold", "'fold' cannot be tuned; name a setting that the sweep varies"),
    ("test/map@r", "'test/map@r' cannot be tuned; name a setting that the sweep varies"),
    ("loss.name", "loss.name is compared by and tuned; it can be only one of the two"),
  ])
  func `what cannot be tuned is refused`(name: String, message: String) {
    do {
      _ = try Self.comparison(tuned: [name])
      Issue.record("no error was thrown")
    } catch {
      #expect("\(error)" == message)
    }
  }
}
