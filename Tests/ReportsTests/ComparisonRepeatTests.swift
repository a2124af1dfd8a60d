import Reports
import Store
import Sweeps
import Testing

/// Repeats of chosen settings are compared alone, with intervals.
@Suite struct ComparisonRepeatTests {
  /// Three settings with two seeds; 1.2 is best on the validation classes, then 1.4.
  private static let search: [RunSummary] = [(1.0, 0.40), (1.2, 0.50), (1.4, 0.48)].flatMap {
    alpha, value in
    (0..<2).map { run("s", alpha: alpha, seed: $0, validation: value, step: 0.02, test: 0) }
  }

  /// The two best ones with three more seeds: 1.4 is better this time.
  private static let repeats: [RunSummary] = [(1.2, 0.45), (1.4, 0.47)].flatMap { alpha, value in
    (2..<5).map { run("r", alpha: alpha, seed: $0, validation: value, step: 0.01, test: 0.01) }
  }

  /// Values grow by a step with the seed; Recall@1 is 0.3 above.
  private static func run(
    _ kind: String, alpha: Double, seed: Int, validation: Double, step: Double, test: Double
  ) -> RunSummary {
    let more = Double(seed)
    return SampleRuns.run(
      "\(kind)\(Int(alpha * 10))\(seed)", alpha: alpha, seed: seed,
      validation: validation + step * more, recall: validation + 0.3 + test * more,
      map: validation)
  }

  /// The same, trained on all classes.
  private static let refits: [RunSummary] = repeats.map { run in
    var run = run
    run.settings["dataset.validation"] = .number(0)
    run.settings["select"] = .text("last")
    run.metrics["validation/map@r"] = nil
    return run
  }

  private static func comparison(
    _ runs: [RunSummary], _ subject: ComparisonSubject, by names: [String] = [],
    tuned: [String] = [], jointFigures: (Replicate) throws -> [String: Double]? = { _ in nil }
  ) throws -> SweepComparison {
    try SweepComparison(
      sweep: "practice", objective: Objective(), axes: ["loss.alpha"], by: names, tuned: tuned,
      runs: runs, subject: subject, jointFigures: jointFigures)
  }

  @Test func `repeats are ranked by their own validation classes, with intervals`() throws {
    let comparison = try Self.comparison(Self.repeats, .repeats(search: Self.search))
    // s = 0.01 and n = 3: the half width is 4.302652… · 0.01 / √3 = 0.02484.
    #expect(
      comparison.settingsText == """
           alpha  n       validation/map@r          test/recall@1             test/map@r
        *    1.4  3  50.00 [47.52, 52.48]%  80.00 [77.52, 82.48]%  47.00 [47.00, 47.00]%
             1.2  3  48.00 [45.52, 50.48]%  78.00 [75.52, 80.48]%  45.00 [45.00, 45.00]%

        These are repeats, with seeds of their own, of settings chosen among 3 settings of the \
        search, which --search shows.
        * picked by validation/map@r (mean of 3 runs): alpha 1.4. On test it scores recall@1 \
        80.00 [77.52, 82.48]% and map@r 47.00 [47.00, 47.00]%.
        In brackets are 95 % intervals of the mean by Student's t over the seeds.

        """)
    #expect(comparison.report.text(as: .jsonl).contains("\"subject\":\"repeats\""))
  }

  @Test func `the search is shown alone and says so`() throws {
    let notes = try Self.comparison(Self.search, .search).notes
    #expect(
      notes.first
        == "These are the trials of the search, whose best figures owe a part to luck; the repeats "
        + "of what it chose are shown without --search.")
    #expect(try !Self.comparison(Self.search, .everything).notes.contains { $0.contains("search") })
  }

  @Test
  func `repeats without validation classes are ranked by the search, not by the test classes`()
    throws
  {
    let comparison = try Self.comparison(Self.refits, .repeats(search: Self.search))
    #expect(comparison.cells.map(\.values) == [[.number(1.2)], [.number(1.4)]])
    #expect(comparison.isSelectedOnValidation)
    let best = comparison.cells[0].statistics
    // The mean over the two seeds of the search; the test figures are those of the repeats.
    #expect(abs((best["validation/map@r"]?.mean ?? 0) - 0.51) < 1e-12)
    #expect(best["validation/map@r"]?.count == 2)
    #expect(best["test/map@r"]?.count == 3)
    #expect(
      comparison.notes.contains(
        "validation/map@r is that of the search: the repeats train on all training classes."))
  }

  @Test func `repeats that are still to run have no objective, of the search or otherwise`() throws
  {
    let runs = Self.repeats.map { run in
      var run = run
      run.state = .pending
      run.metrics = [:]
      return run
    }
    let comparison = try Self.comparison(runs, .repeats(search: Self.search))
    #expect(comparison.picks.isEmpty)
    #expect(comparison.cells.allSatisfy { $0.statistics.isEmpty })
    #expect(
      comparison.notes.dropFirst().first
        == "No completed run has validation/map@r; nothing is picked.")
  }

  @Test func `settings to tune are chosen by the search too`() throws {
    let comparison = try Self.comparison(
      Self.refits, .repeats(search: Self.search), tuned: ["alpha"])
    #expect(comparison.cells.map { $0.tuning?.values } == [[.number(1.2)]])
    #expect(abs((comparison.cells[0].statistics["validation/map@r"]?.mean ?? 0) - 0.51) < 1e-12)
  }

  @Test func `one repeat has no interval`() throws {
    let runs = Self.repeats.filter { $0.seed == 2 }
    let comparison = try Self.comparison(runs, .repeats(search: Self.search))
    #expect(
      comparison.report.text(as: .table).contains("  1.4  1            49.00%         79.00%"),
      "\(comparison.report.text(as: .table))")
    #expect(!comparison.notes.contains { $0.contains("brackets") })
  }

  @Test func `the models of the folds have figures as one, a mean over the seeds`() throws {
    let runs = Self.repeats.flatMap { run in
      (0..<4).map { fold -> RunSummary in
        var run = run
        run.id = run.id.prefix(6) + "\(fold)00000000000"
        run.settings["dataset.validation"] = .mapping([
          "folds": .number(4), "fold": .number(Double(3 - fold)),
        ])
        return run
      }
    }
    var asked: [[Int]] = []
    let comparison = try Self.comparison(runs, .repeats(search: [])) { replicate in
      asked.append(
        replicate.runs.compactMap { run in
          run.settings["dataset.validation"]?.mapping?["fold"]?.integer
        })
      return ["recall@1": 0.8 + 0.01 * Double(replicate.seed), "map@r": 0.5]
    }
    #expect(asked == Array(repeating: [0, 1, 2, 3], count: 6))
    let joint = try #require(comparison.cells[0].statistics["concatenated/recall@1"])
    #expect(joint.count == 3)
    #expect(abs(joint.mean - 0.83) < 1e-12)
    #expect(
      comparison.report.text(as: .markdown).contains(
        "test/map@r | concatenated/recall@1 | concatenated/map@r |"),
      "\(comparison.report.text(as: .markdown))")
    #expect(
      comparison.notes.contains(
        "concatenated: the models of all folds of a seed as one, their embeddings of a row side by "
          + "side at unit length."))
  }

  @Test func `a joint model has the weights of all folds in their order`() throws {
    let runs = [1, 0].map { fold in
      var run = SampleRuns.run("f\(fold)", validation: 0.5)
      run.settings["dataset.validation"] = .mapping([
        "folds": .number(2), "fold": .number(Double(fold)),
      ])
      return run
    }
    let replicate = try #require(Replicate.all(of: runs, averagingFolds: true).first)
    let weights = Dictionary(uniqueKeysWithValues: runs.map { ($0.id, "of \($0.id.prefix(2))") })
    #expect(replicate.jointModel(weights)?.weights == ["of f0", "of f1"])
    #expect(replicate.jointModel([:]) == nil)
    let alone = try #require(Replicate.all(of: Self.search, averagingFolds: true).first)
    #expect(alone.jointModel([alone.runs[0].id: "weights"]) == nil)
  }
}
