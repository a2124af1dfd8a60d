import Reports
import Store
import Sweeps
import Testing

/// The unit of a comparison is a seed: what counts as one, and what can be picked by how many.
@Suite struct ComparisonSeedTests {
  private static func comparison(
    _ runs: [RunSummary] = SampleRuns.grid, by names: [String] = [],
    axes: [String] = ["loss.alpha"]
  ) throws -> SweepComparison {
    try SweepComparison(
      sweep: "practice", objective: Objective(), axes: axes, by: names, runs: runs,
      baselines: [
        .init(
          .init(.raw, figures: ["recall@1": 0.8052, "map@r": 0.3939]), level: "high",
          dataDigest: "d")
      ])
  }

  /// Margins 0.4 and 0.6, of which the second scores the same: it is no replicate of the first.
  private static let inert = SampleRuns.grid.flatMap { run -> [RunSummary] in
    var twin = run
    twin.id = "t" + run.id.dropLast()
    twin.settings["loss.margin"] = .number(0.6)
    return [run, twin]
  }

  @Test func `settings that a line averages over are no replicates`() throws {
    let axes = ["loss.alpha", "loss.margin"]
    let pooled = try Self.comparison(Self.inert, by: ["alpha"], axes: axes)
    let plain = try Self.comparison()
    #expect(pooled.cells.map(\.statistics) == plain.cells.map(\.statistics))
    #expect(pooled.cells.map(\.seeds) == [2, 2])
    #expect(
      pooled.notes.prefix(2) == [
        "* picked by validation/map@r (mean of 2 seeds): alpha 1.2. On test it scores recall@1 "
          + "86.00 ± 1.41% (raw features 80.52%) and map@r 46.00 ± 1.41% (raw features 39.39%).",
        "Each seed of a line is a mean over loss.margin (2 values); n, deviations and intervals "
          + "are over seeds.",
      ])
    #expect(pooled.report.text(as: .table).contains("\n*  1.2           2     51.00 ± 1.41% "))
    #expect(pooled.report.text(as: .jsonl).contains("\"n\":2,\"replicates\":2,\"runs\":4,"))
    let line = pooled.report.text(as: .csv).split(separator: "\n")[2]
    #expect(line.hasPrefix("setting,1.2,,2,2,4,0,0,true,"), "\(line)")
    // One seed is one seed, whatever it is averaged over.
    let single = try Self.comparison(
      Self.inert.filter { $0.seed == 0 }, by: ["alpha"], axes: axes)
    #expect(
      single.notes.first == "With one seed a setting (n = 1) nothing can be ranked: the "
        + "differences may be those of the seeds. Repeat with more seeds.")
    #expect(single.cells.map { $0.statistics["validation/map@r"]?.halfWidth } == [nil, nil])
  }

  @Test func `a line that lacks a setting of a seed says of how many`() throws {
    var runs = Self.inert
    runs[1].state = .failed
    runs[1].metrics = [:]
    let text = try Self.comparison(runs, by: ["alpha"], axes: ["loss.alpha", "loss.margin"])
      .settingsText
    #expect(text.contains("\n   1             2 (3 of 4)     42.00 ± 2.83%"), "\(text)")
  }

  @Test func `only a line of several seeds is picked among several`() throws {
    func notes(_ runs: [RunSummary]) throws -> [String] {
      let comparison = try Self.comparison(runs)
      #expect(comparison.picks.isEmpty)
      #expect(!comparison.settingsText.contains("*"))
      return comparison.notes
    }
    var runs = SampleRuns.grid
    runs[3] = SampleRuns.run("b1", alpha: 1.2, seed: 1, state: .pending)
    runs[2] = SampleRuns.run("b0", alpha: 1.2, seed: 0, state: .running)
    #expect(
      try notes(runs).first
        == "Nothing is picked: alpha 1 is the only line with validation/map@r (n = 2). On test it "
        + "scores recall@1 82.00 ± 2.83% (raw features 80.52%) and map@r 44.00 ± 2.83% (raw "
        + "features 39.39%).")
    #expect(
      try notes(Array(SampleRuns.grid.dropLast())).first
        == "Nothing is picked: alpha 1.2, which stands first by validation/map@r, has one run only "
        + "(n = 1).")
    let single = try notes([SampleRuns.grid[0], SampleRuns.grid[2]])
    #expect(single.count { $0.contains("n = 1") } == 1)
    #expect(!single.contains { $0.contains("picked") })
  }

  @Test func `a setting that a job lacks is called as in the table`() throws {
    var runs = SampleRuns.grid
    for place in 2...3 { runs[place].settings["loss.alpha"] = nil }
    let comparison = try Self.comparison(runs, by: ["loss.alpha"])
    #expect(
      comparison.notes[0].hasPrefix("* picked by validation/map@r (mean of 2 runs): alpha –."))
  }

  @Test func `settings and n stay where there is no room for all measures`() throws {
    let text = try Self.comparison().report.text(as: .table, width: 40)
    #expect(
      text.hasPrefix(
        """
           alpha         n  validation/map@r
           raw features                    –
        *  1.2           2     51.00 ± 1.41%
           1             2     42.00 ± 2.83%
        (the terminal is too narrow for test/recall@1, test/map@r; widen it, or see all with \
        --format csv)
        """), "\(text)")
    let narrow = try Self.comparison().report.text(as: .table, width: 20)
    #expect(narrow.hasPrefix("   alpha         n\n"), "\(narrow)")
  }
}
