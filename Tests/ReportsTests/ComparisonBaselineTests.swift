import Reports
import Store
import Sweeps
import Testing

/// Rows of untrained features, and embeddings that differ in length.
@Suite struct ComparisonBaselineTests {
  private static func kept(_ digest: String) -> [FeatureBaseline] {
    let shift = digest == "of low" ? 0.0 : 0.1
    return [
      FeatureBaseline(.raw, figures: ["recall@1": 0.5 + shift, "map@r": 0.2 + shift]),
      FeatureBaseline(.lda, figures: ["recall@1": 0.6 + shift]),
    ]
  }

  private static func comparison(
    _ runs: [RunSummary], baselines: [ComparisonBaseline], by: [String] = ["loss.alpha"],
    allowsMixedDimensions: Bool = false
  ) throws -> SweepComparison {
    try SweepComparison(
      sweep: "practice", objective: Objective(), axes: ["loss.alpha"], by: by, runs: runs,
      baselines: baselines, allowsMixedDimensions: allowsMixedDimensions)
  }

  @Test func `every kind of baseline that is kept stands above the settings`() throws {
    let figures = [0.8052, 0.82, 0.83, 0.84]
    let baselines = zip(FeatureBaseline.Kind.allCases, figures).map { kind, value in
      ComparisonBaseline(
        FeatureBaseline(kind, figures: ["recall@1": value]), level: "high", dataDigest: "d")
    }
    let comparison = try Self.comparison(SampleRuns.grid, baselines: baselines)
    #expect(
      comparison.settingsText == """
           alpha                  n  validation/map@r  test/recall@1     test/map@r
           raw features                             –  80.52%                     –
           centred features                         –  82.00%                     –
           PCA-whitened features                    –  83.00%                     –
           LDA features                             –  84.00%                     –
        *  1.2                    2     51.00 ± 1.41%  86.00 ± 1.41%  46.00 ± 1.41%
           1                      2     42.00 ± 2.83%  82.00 ± 2.83%  44.00 ± 2.83%

        * picked by validation/map@r (mean of 2 runs): alpha 1.2. On test it scores recall@1 \
        86.00 ± 1.41% (raw features 80.52%) and map@r 46.00 ± 1.41%.

        """)
    #expect(
      comparison.report.text(as: .jsonl).contains(
        """
        "baselines":[{"kind":"raw","level":"high","data_digest":"d","metrics":{"test/recall@1":\
        0.8052}},{"kind":"centered","level":"high","data_digest":"d","metrics":\
        {"test/recall@1":0.82}},{"kind":"whitened","level":"high","data_digest":"d","metrics":\
        {"test/recall@1":0.83}},{"kind":"lda","level":"high","data_digest":"d","metrics":\
        {"test/recall@1":0.84}}],
        """))
  }

  @Test func `with several levels each baseline has its level's name`() throws {
    var runs = SampleRuns.grid
    for index in runs.indices {
      runs[index].settings["dataset.levels"] = .list([.text("low"), .text("high")])
      runs[index].dataDigests = ["high": "of high", "low": "of low"]
    }
    let baselines = ComparisonBaseline.all(of: runs, figures: Self.kept)
    let comparison = try Self.comparison(runs, baselines: baselines)
    #expect(
      comparison.settingsText == """
           alpha                n  validation/map@r  test/recall@1     test/map@r
           raw features (low)                     –  50.00%         20.00%
           raw features (high)                    –  60.00%         30.00%
           LDA features (low)                     –  60.00%                     –
           LDA features (high)                    –  70.00%                     –
        *  1.2                  2     51.00 ± 1.41%  86.00 ± 1.41%  46.00 ± 1.41%
           1                    2     42.00 ± 2.83%  82.00 ± 2.83%  44.00 ± 2.83%

        * picked by validation/map@r (mean of 2 runs): alpha 1.2. On test it scores recall@1 \
        86.00 ± 1.41% and map@r 46.00 ± 1.41%.

        """)
    let lines = comparison.report.text(as: .csv).split(separator: "\n")
    let noDifferences = String(repeating: ",", count: 15)
    #expect(lines[1] == "raw features low,,,,,,,,,0.2,,,,0.5,,,,,,," + noDifferences)
    #expect(lines[4] == "LDA features high,,,,,,,,,,,,,0.7,,,,,,," + noDifferences)
  }

  @Test func `embeddings that differ in dimension show it`() throws {
    var runs = SampleRuns.grid
    for index in runs.indices { runs[index].settings["model.embedding"] = .number(64) }
    for index in [2, 3] {
      runs[index].settings["dataset.levels"] = .list([.text("low"), .text("mid"), .text("high")])
      runs[index].dataDigests = ["low": "l", "mid": "m", "high": "h"]
    }
    let apart = try Self.comparison(runs, baselines: [], by: ["dataset.levels"])
    #expect(apart.picks.isEmpty)
    #expect(apart.report.sections.count == 1)
    #expect(
      apart.notes == [
        "Nothing is picked: no two lines have embeddings of one length.",
        "The dimensions of the embeddings differ (64, 192): a longer one may score higher for that "
          + "alone. Each is ranked for itself; --allow-mixed-dimension ranks all together.",
        "The runs have 2 different sets of data.",
      ])
    let comparison = try Self.comparison(
      runs, baselines: [], by: ["dataset.levels"], allowsMixedDimensions: true)
    #expect(
      comparison.settingsText == """
           levels                dimension  n  validation/map@r  test/recall@1     test/map@r
        *  ["low","mid","high"]        192  2     51.00 ± 1.41%  86.00 ± 1.41%  46.00 ± 1.41%
           ["high"]                     64  2     42.00 ± 2.83%  82.00 ± 2.83%  44.00 ± 2.83%

        * picked by validation/map@r (mean of 2 runs): levels ["low","mid","high"]. On test it \
        scores recall@1 86.00 ± 1.41% and map@r 46.00 ± 1.41%.
        The dimensions of the embeddings differ (64, 192): a longer one may score higher for that \
        alone.
        The runs have 2 different sets of data.

        """)
    #expect(comparison.report.text(as: .jsonl).contains("\"dimension\":192,\"folds\":null,"))
    #expect(comparison.report.text(as: .csv).contains("\",192,2,2,2,0,0,true,"))
  }

  @Test func `one dimension needs no column`() throws {
    let runs = SampleRuns.grid.map { run in
      var run = run
      run.settings["model.embedding"] = .number(512)
      return run
    }
    let report = try Self.comparison(runs, baselines: []).report
    #expect(!report.text(as: .table).contains("dimension"))
    #expect(report.text(as: .jsonl).contains("\"dimension\":512,"))
  }

  @Test func `a line that averages over dimensions names them all`() throws {
    let runs = zip(SampleRuns.grid, [64.0, 64, 64, 512]).map { run, width in
      var run = run
      run.settings["model.embedding"] = .number(width)
      return run
    }
    let report = try Self.comparison(runs, baselines: []).report
    #expect(report.text(as: .table).contains("64, 512"))
    #expect(report.text(as: .jsonl).contains("\"dimension\":null,"))
  }

  @Test func `measures of one level are not missed where there is another`() throws {
    var runs = SampleRuns.grid
    for index in [2, 3] { runs[index].metrics["test/low/recall@1"] = 0.5 }
    #expect(try !Self.comparison(runs, baselines: []).notes.contains { $0.contains("no value") })
  }
}
