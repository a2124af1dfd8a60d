import Reports
import Store
import Sweeps
import Testing

/// Other test classes would have given other figures.
@Suite struct ClassDoubtTests {
  /// Classes of a run, each of two queries: of every class one is found at once; the other has the
  /// given precision, and a hit at 1 where that is above a half.
  private static func outcomes(_ precisions: [Double]) -> QueryOutcomes {
    QueryOutcomes(
      precisions.flatMap { precision -> [QueryOutcomes.Query] in
        [
          .init(firstHit: 1, averagePrecision: 1),
          .init(firstHit: precision > 0.5 ? 1 : nil, averagePrecision: precision),
        ]
      }, recallAt: [1, 2],
      classes: QueryClasses(
        names: precisions.indices.map { "class \($0)" },
        of: precisions.indices.flatMap { [$0, $0] }))
  }

  private static let good = (0..<16).map { (place: Int) -> Double in Double(place % 5) / 5 + 0.1 }
  /// Worse on every other class.
  private static let bad = good.enumerated().map { $0.isMultiple(of: 2) ? $1 / 2 : $1 }

  /// Of the runs of `SampleRuns.grid`: those of alpha 1.2 are the good ones.
  private static func kept(_ ids: [String]) -> [String: QueryOutcomes] {
    Dictionary(
      uniqueKeysWithValues: ids.map { ($0, outcomes($0.hasPrefix("b") ? good : bad)) })
  }

  /// A numpy 2.4.6 script with the same draws: `np.percentile(figures, [2.5, 97.5])`.
  @Test func `the interval lies between the quantiles of draws of classes`() throws {
    let numerators = (0..<20).map { (place: Int) -> Double in
      let share = Double(7 * place % 11) / 11
      return share + Double(place % 3) * 0.25
    }
    let denominators = (0..<20).map { (place: Int) -> Double in Double(2 + place % 4) }
    let series = ClassBootstrap.Series(numerators: numerators, denominators: denominators)
    let found = try #require(ClassBootstrap.intervals(of: [series, series]).first ?? nil)
    #expect(abs(found.low - 0.15486481828031123) < 1e-12, "\(found)")
    #expect(abs(found.high - 0.240360816976584) < 1e-12, "\(found)")
    let few = ClassBootstrap.Series(
      numerators: Array(numerators.prefix(14)), denominators: Array(denominators.prefix(14)))
    #expect(ClassBootstrap.intervals(of: [few]) == [nil])
    let empty = ClassBootstrap.Series(
      numerators: numerators, denominators: denominators.map { _ in 0 })
    #expect(ClassBootstrap.intervals(of: [empty, series])[1] == found)
    #expect(ClassBootstrap.intervals(of: [empty]) == [nil])
  }

  private static func comparison(
    _ outcomes: ([String]) -> [String: QueryOutcomes]
  ) throws -> SweepComparison {
    try SweepComparison(
      sweep: "practice", objective: Objective(), axes: ["loss.alpha"], by: [],
      runs: SampleRuns.grid, queryOutcomes: outcomes)
  }

  @Test func `both intervals stand beside each other`() throws {
    let report = try Self.comparison(Self.kept).report
    let sections = report.sections.suffix(1)
    let text = Report(
      sections: Array(sections), data: report.data, document: report.document
    ).text(as: .table)
    #expect(
      text == """
        Two sources of doubt in test/map@r
        alpha             over seeds     over classes  difference over classes
          1.2  46.00 [33.29, 58.71]%  [66.88, 80.63]%                        –
          1    44.00 [18.59, 69.41]%  [61.87, 73.44]%         [-10.63, -2.50]%

        95 % intervals: over seeds by Student's t, over the test classes by a bootstrap of whole \
        classes (1999 draws, SplitMix64 of seed 0). A figure is as sure as the wider one.

        """, "\(text)")
    let latex = report.text(as: .latex)
    #expect(latex.contains("alpha & over seeds (\\%) & over classes (\\%) & "), "\(latex)")
    #expect(latex.contains("& [61.87, 73.44] & [$-$10.63, $-$2.50] \\\\"), "\(latex)")
    #expect(report.text(as: .jsonl).contains("\"over_classes\":{\"test/map@r\":{\"low\":"))
  }

  @Test func `without outcomes of every run of a line it has no interval over classes`() throws {
    #expect(
      try Self.comparison { _ in [:] }.report.sections.count
        == Self.comparison(Self.kept).report.sections.count - 1)
    let some = try Self.comparison { ids in Self.kept(ids.filter { !$0.hasPrefix("a1") }) }
    #expect(some.report.sections.last?.table.rows.count == 1)
    let other = try Self.comparison { ids in
      Self.kept(ids).merging(
        [ids[0]: Self.outcomes(Self.good.reversed() + [0.5])], uniquingKeysWith: { $1 })
    }
    #expect(other.report.sections.last?.table.rows.count == 1)
  }

  // MARK: Two runs on each class

  private static func pair(
    _ outcomes: [String: QueryOutcomes]? = nil
  ) throws -> RunClasses {
    let runs = [SampleRuns.grid[0], SampleRuns.grid[2]]
    return try RunClasses(runs, outcomes: outcomes ?? kept(runs.map(\.id)))
  }

  @Test func `two runs differ most on the classes that stand first`() throws {
    let text = try Self.pair().report.text(as: .table)
    #expect(
      text == """
        class     queries  R@1 a0000000  R@1 b0000000  MAP@R a0000000  MAP@R b0000000  difference
        class 4         2        50.00%       100.00%          72.50%          95.00%     -22.50%
        class 14        2        50.00%       100.00%          72.50%          95.00%     -22.50%
        class 8         2        50.00%       100.00%          67.50%          85.00%     -17.50%
        class 2         2        50.00%        50.00%          62.50%          75.00%     -12.50%
        class 12        2        50.00%        50.00%          62.50%          75.00%     -12.50%
        class 6         2        50.00%        50.00%          57.50%          65.00%      -7.50%
        class 0         2        50.00%        50.00%          52.50%          55.00%      -2.50%
        class 10        2        50.00%        50.00%          52.50%          55.00%      -2.50%
        class 1         2        50.00%        50.00%          65.00%          65.00%       0.00%
        class 3         2       100.00%       100.00%          85.00%          85.00%       0.00%
        class 5         2        50.00%        50.00%          55.00%          55.00%       0.00%
        class 7         2        50.00%        50.00%          75.00%          75.00%       0.00%
        class 9         2       100.00%       100.00%          95.00%          95.00%       0.00%
        class 11        2        50.00%        50.00%          65.00%          65.00%       0.00%
        class 13        2       100.00%       100.00%          85.00%          85.00%       0.00%
        class 15        2        50.00%        50.00%          55.00%          55.00%       0.00%

        By MAP@R a0000000 is better on 0 of 16 classes, b0000000 on 8; the mean difference is \
        -6.25%, over the test classes -10.63% to -2.50% (95 %, bootstrap of classes).

        """, "\(text)")
    let csv = try Self.pair().report.text(as: .csv).split(separator: "\n")
    #expect(csv.count == 17)
    #expect(
      csv[0] == "class,queries,recall@1 a0000000,recall@1 b0000000,map@r a0000000,"
        + "map@r b0000000,difference")
  }

  private static func text(_ body: () throws -> RunClasses) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func `runs whose classes do not compare are refused with the reason`() {
    let runs = [SampleRuns.grid[0], SampleRuns.grid[2]]
    let ids = runs.map(\.id)
    #expect(
      Self.text { try Self.pair([:]) }
        == "the store has no outcomes of queries of run a0000000, which was computed before they "
        + "were kept. Run its job again with rll-sweep launch --fresh")
    var failed = runs
    failed[0].state = .failed
    #expect(
      Self.text { try RunClasses(failed, outcomes: [:]) }
        == "the store has no outcomes of queries of run a0000000, which is failed")
    #expect(
      Self.text {
        try Self.pair([ids[0]: Self.outcomes(Self.good), ids[1]: Self.outcomes([0.5])])
      } == "the two runs were tested on other queries; their classes do not compare")
    #expect(
      Self.text { try RunClasses(SampleRuns.grid, outcomes: [:]) }
        == "--per-class compares two runs, not 4; name two of them")
  }
}
