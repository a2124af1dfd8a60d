import Reports
import Store
import Sweeps
import Testing

/// Folds of a cross-validation are averaged within a seed.
@Suite struct ComparisonFoldTests {
  /// Two settings with two seeds of four folds each. Validation of a fold: its setting's value, its
  /// seed's 0.02 and 0.01 for each fold; test figures 0.05 below and 0.3 above.
  private static let runs = [(1.0, 0.4), (1.2, 0.5)].flatMap { alpha, value in
    (0..<4).flatMap { fold in
      (0..<2).map { seed in
        run(alpha: alpha, fold: fold, seed: seed, value + 0.02 * Double(seed) + 0.01 * Double(fold))
      }
    }
  }

  private static func run(
    alpha: Double, fold: Int, of folds: Int = 4, seed: Int, _ validation: Double
  ) -> RunSummary {
    var run = SampleRuns.run(
      "\(Int(alpha * 10))\(fold)\(seed)", alpha: alpha, seed: seed, validation: validation,
      recall: validation + 0.3, map: validation - 0.05)
    run.settings["dataset.validation"] = .mapping([
      "folds": .number(Double(folds)), "fold": .number(Double(fold)),
    ])
    return run
  }

  private static func comparison(
    _ runs: [RunSummary] = runs, by names: [String] = []
  ) throws -> SweepComparison {
    try SweepComparison(
      sweep: "folded", objective: Objective(), axes: ["loss.alpha"], by: names, runs: runs)
  }

  @Test func `folds are averaged within a seed, and seeds are counted`() throws {
    let comparison = try Self.comparison()
    #expect(comparison.cells.map(\.completed) == [2, 2])
    #expect(comparison.cells.map(\.runs) == [8, 8])
    // The mean over folds adds 0.015; the seeds' means differ by 0.02, so s = 0.02 / √2.
    #expect(
      comparison.settingsText == """
           alpha  n  validation/map@r  test/recall@1     test/map@r
        *    1.2  2     52.50 ± 1.41%  82.50 ± 1.41%  47.50 ± 1.41%
             1    2     42.50 ± 1.41%  72.50 ± 1.41%  37.50 ± 1.41%

        * picked by validation/map@r (mean of 2 seeds): alpha 1.2. On test it scores recall@1 \
        82.50 ± 1.41% and map@r 47.50 ± 1.41%.
        Each value is a mean over 4 folds; n counts seeds.

        """)
    #expect(
      comparison.report.text(as: .jsonl).contains(
        "\"dimension\":null,\"folds\":4,\"n\":2,\"replicates\":2,\"runs\":8,"))
  }

  @Test func `one seed ranks nothing, however many folds it has`() throws {
    let notes = try Self.comparison(Self.runs.filter { $0.seed == 0 }).notes
    #expect(
      notes.contains(
        "With one seed a setting (n = 1) nothing can be ranked: the differences may be those of "
          + "the seeds. Repeat with more seeds."), "\(notes)")
  }

  @Test func `a seed that lacks a fold is incomplete and not counted`() throws {
    var runs = Self.runs
    // Fold 1 of seed 1 of alpha 1.2.
    runs[11].state = .failed
    runs[11].metrics = [:]
    let comparison = try Self.comparison(runs)
    #expect(
      comparison.settingsText == """
           alpha  n       validation/map@r  test/recall@1     test/map@r
        *    1    2          42.50 ± 1.41%  72.50 ± 1.41%  37.50 ± 1.41%
             1.2  1 of 2     51.50%         81.50%         46.50%

        * picked by validation/map@r (mean of 2 seeds): alpha 1. On test it scores recall@1 \
        72.50 ± 1.41% and map@r 37.50 ± 1.41%.
        Each value is a mean over 4 folds; n counts seeds.
        Of 16 runs, 1 failed: 1 of 2 settings lack some of their runs and stand last and are not \
        picked. A seed counts with all its folds only; 1 of 4 do not.

        """)
  }

  @Test func `a fold that nobody ran is missing all the same`() throws {
    var runs = Self.runs
    runs.remove(at: 11)
    let comparison = try Self.comparison(runs)
    #expect(comparison.cells.map(\.completed) == [2, 1])
    #expect(
      comparison.notes.contains(
        "1 of 2 settings lack some of their runs and stand last and are not picked. A seed counts "
          + "with all its folds only; 1 of 4 do not."), "\(comparison.notes)")
  }

  @Test func `a single fold that was asked for is complete and said`() throws {
    let comparison = try Self.comparison(Self.runs.filter { $0.id.dropFirst(2).hasPrefix("2") })
    #expect(comparison.cells.map(\.completed) == [2, 2])
    #expect(
      comparison.notes.contains("Each value is a mean over 1 of 4 folds; n counts seeds."),
      "\(comparison.notes)")
  }

  @Test func `folds can be compared by name`() throws {
    let comparison = try Self.comparison(by: ["fold"])
    #expect(
      comparison.cells.map(\.values) == [[.number(3)], [.number(2)], [.number(1)], [.number(0)]])
    #expect(comparison.cells.map(\.completed) == [4, 4, 4, 4])
    #expect(
      comparison.notes.contains(
        "Each seed of a line is a mean over loss.alpha (2 values); n, deviations and intervals are "
          + "over seeds."), "\(comparison.notes)")
    #expect(!comparison.notes.contains { $0.contains("folds") })
  }

  @Test func `numbers of folds are settings to compare by`() throws {
    let others = (0..<2).flatMap { fold in
      (0..<2).map { Self.run(alpha: 1, fold: fold, of: 2, seed: $0, 0.6) }
    }
    let comparison = try Self.comparison(
      Self.runs.filter { $0.settings["loss.alpha"] == .number(1) } + others,
      by: ["dataset.validation"])
    #expect(
      comparison.cells.map(\.values) == [
        [.mapping(["folds": .number(2)])], [.mapping(["folds": .number(4)])],
      ])
    #expect(comparison.cells.map(\.completed) == [2, 2])
    #expect(comparison.notes.contains("Each value is a mean over 2 or 4 folds; n counts seeds."))
  }

  @Test func `a measure that one fold lacks has no mean`() throws {
    var runs = Self.runs
    runs[0].metrics["test/recall@1"] = nil
    let comparison = try Self.comparison(runs)
    #expect(comparison.cells.map { $0.statistics["test/recall@1"]?.count } == [2, 1])
    #expect(comparison.notes.contains("Some completed runs have no value of test/recall@1."))
  }

  @Test func `a tuned value is judged by its mean over folds and seeds`() throws {
    let comparison = try SweepComparison(
      sweep: "folded", objective: Objective(), axes: ["loss.alpha"], by: [], tuned: ["alpha"],
      runs: Self.runs)
    #expect(comparison.cells.map { $0.tuning?.values } == [[.number(1.2)]])
    #expect(comparison.cells.map(\.completed) == [2])
    #expect(
      comparison.notes.contains(
        "The best alpha (1.2, the largest tried) is at the edge of its axis: widen it."),
      "\(comparison.notes)")
  }

  @Test func `the fold is a column of listings too`() throws {
    let report = try RunListing.report([Self.runs[2]], columnNames: ["fold", "seed"])
    #expect(report.text(as: .csv) == "fold,seed\n1,0\n")
  }
}
