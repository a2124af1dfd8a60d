import Reports
import Store
import Sweeps
import Testing

/// Settings beside the best one, or beside one that the user names.
@Suite struct ComparisonDifferenceTests {
  private static let validation = [
    "ranked_list": [0.501, 0.523, 0.498, 0.517, 0.509, 0.530],
    "triplet": [0.489, 0.515, 0.493, 0.502, 0.496, 0.521],
    "margin": [0.470, 0.481, 0.476, 0.466, 0.485, 0.462],
  ]
  private static let test = [
    "ranked_list": [0.461, 0.470, 0.452, 0.468, 0.459, 0.475],
    "triplet": [0.463, 0.468, 0.455, 0.466, 0.463, 0.474],
    "margin": [0.425, 0.431, 0.440, 0.419, 0.436, 0.417],
  ]
  /// Of 64-bit arithmetic on values of which two digits cancel.
  private static let tolerance = 1e-11

  private static let losses = ["ranked_list", "triplet", "margin"]

  private static func runs(seeds: [Int] = Array(0..<6)) -> [RunSummary] {
    losses.flatMap { loss in
      seeds.map { seed in
        var run = SampleRuns.run(
          "\(loss.prefix(2))\(seed)", seed: seed, validation: validation[loss]?[seed],
          recall: 0.8, map: test[loss]?[seed])
        run.settings["loss.name"] = .text(loss)
        return run
      }
    }
  }

  private static func comparison(
    _ runs: [RunSummary] = runs(), reference: String? = nil, testReadings: Int? = nil,
    by names: [String] = ["loss.name"], objective: Objective = Objective()
  ) throws -> SweepComparison {
    try SweepComparison(
      sweep: "losses", objective: objective, axes: names, by: names, runs: runs,
      reference: reference, testReadings: testReadings)
  }

  private static func difference(
    _ comparison: SweepComparison, of loss: String, in measure: String
  ) throws -> CellDifference {
    let place = try #require(comparison.cells.firstIndex { $0.values == [.text(loss)] })
    let found = try #require(comparison.differences.first { $0.measure == measure })
    return try #require(found.differences[place])
  }

  @Test func `all lines stand beside the best, in the objective and on test`() throws {
    let text = try Self.comparison(testReadings: 18).report.text(as: .table)
    #expect(
      text == """
           loss.name    n  validation/map@r  test/recall@1     test/map@r
        *  ranked_list  6     51.30 ± 1.26%  80.00 ± 0.00%  46.42 ± 0.84%
           triplet      6     50.27 ± 1.28%  80.00 ± 0.00%  46.48 ± 0.63%
           margin       6     47.33 ± 0.89%  80.00 ± 0.00%  42.80 ± 0.93%

        * picked by validation/map@r (mean of 6 runs): loss.name ranked_list. On test it scores \
        recall@1 80.00 ± 0.00% and map@r 46.42 ± 0.84%.
        Best test/map@r of all lines: 46.48 ± 0.63% (triplet); to take it would be to choose by \
        the test classes.
        The test classes of this data were evaluated by 18 runs of this store.

        Differences in validation/map@r to the best, ranked_list
        loss.name  n             difference  p       p best  p Holm  p flips      r  least
        triplet    6  -1.03 [-1.42, -0.65]%  <0.001  0.096    0.002    0.031   0.96  0.53%
        margin     6  -3.97 [-5.83, -2.11]%  0.003   <0.001   0.003    0.031  -0.34  2.54%

        Differences, 95 % intervals and p by Student's t over pairs of one seed, r their \
        correlation; p best is the chance of a best line to fall so far behind (Hsu). least: what \
        such seeds show in 80 % of all cases.
        The best by validation/map@r may be any of ranked_list, triplet (Hsu, 95 %).
        p flips: the exact test by flips of signs, which so few pairs leave at 0.031 or more.
        Where seeds pair nothing (r below 0.2, or no common seeds), unpaired by Welch: margin \
        -3.97 [-5.39, -2.54]%, p <0.001.

        Differences in test/map@r to the best, triplet
        loss.name    n             difference      p  p best  p Holm  p flips      r  least
        ranked_list  6  -0.07 [-0.35, 0.21]%   0.566  0.616    0.566    0.656   0.97  0.38%
        margin       6  -3.68 [-5.23, -2.14]%  0.002  <0.001   0.003    0.031  -0.78  2.11%

        The best by test/map@r may be any of ranked_list, triplet (Hsu, 95 %). It is best on the \
        test classes themselves: no choice to report as unseen.
        p flips: the exact test by flips of signs, which so few pairs leave at 0.031 or more.
        Where seeds pair nothing (r below 0.2, or no common seeds), unpaired by Welch: margin \
        -3.68 [-4.72, -2.65]%, p <0.001.
        Some lines vary 2.4 times as much as others, while p best takes one error for all: go by p \
        Holm.

        """, "\(text)")
  }

  /// scipy 1.17.1: `ttest_rel` with its `confidence_interval`, `pearsonr`, and for Hsu's p the
  /// double integral of the one-sided Dunnett distribution by `scipy.integrate.quad`.
  @Test(arguments: [
    (
      "triplet", "validation/map@r",
      [
        -0.010333333333333306, -0.014184442807942333, -0.006482223858724351, 0.0009811218154076459,
        0.09614898544684303, 0.9581056220829866,
      ]
    ),
    (
      "margin", "validation/map@r",
      [
        -0.03966666666666663, -0.058258764959637936, -0.02107456837369543, 0.0027491441902444892,
        5.2391684324581966e-05, -0.34356266738840513,
      ]
    ),
    (
      "ranked_list", "test/map@r",
      [
        -0.0006666666666665932, -0.003456402701994416, 0.002123069368661063, 0.565892909244011,
        0.6164063353680862, 0.9736876333615574,
      ]
    ),
  ])
  func `differences to the best are those computed outside`(
    loss: String, measure: String, expected: [Double]
  ) throws {
    let difference = try Self.difference(Self.comparison(), of: loss, in: measure)
    let paired = try #require(difference.paired)
    let interval = try #require(paired.statistics.interval)
    let found = [
      paired.statistics.mean, interval.low, interval.high, paired.p ?? 0,
      difference.simultaneous?.p ?? 0, paired.correlation ?? 0,
    ]
    for (value, wanted) in zip(found, expected) {
      #expect(abs(value - wanted) < Self.tolerance, "\(found)")
    }
  }

  @Test func `lines that average over different numbers of settings are paired by seed means`()
    throws
  {
    let shifts = [0.4: -0.01, 0.5: 0, 0.6: 0.01]
    let runs = Self.runs().flatMap { run in
      guard run.settings["loss.name"] == .text("ranked_list") else { return [run] }
      return shifts.sorted { $0.key < $1.key }.map { margin, shift in
        var run = run
        run.id = "\(Int(margin * 10))" + run.id.dropLast()
        run.settings["loss.margin"] = .number(margin)
        for name in run.metrics.keys { run.metrics[name]? += shift }
        return run
      }
    }
    let comparison = try Self.comparison(runs)
    #expect(comparison.cells.map(\.seeds) == [6, 6, 6])
    let found = try Self.difference(comparison, of: "triplet", in: "validation/map@r")
    let plain = try Self.difference(Self.comparison(), of: "triplet", in: "validation/map@r")
    let (own, its) = (try #require(found.paired), try #require(plain.paired))
    #expect(own.statistics.count == 6)
    #expect(abs(own.statistics.mean - its.statistics.mean) < Self.tolerance)
    #expect(abs((own.p ?? 1) - (its.p ?? 0)) < Self.tolerance)
    #expect(abs((own.correlation ?? 2) - (its.correlation ?? 0)) < Self.tolerance)
    #expect(abs((found.simultaneous?.p ?? 2) - (plain.simultaneous?.p ?? 0)) < Self.tolerance)
    // Without one of its margins a seed is no pair: what is missing is no difference of the lines.
    let partial = try Self.comparison(runs.filter { !$0.id.hasPrefix("6ra3") })
    let rest = try Self.difference(partial, of: "triplet", in: "validation/map@r")
    #expect(rest.paired?.statistics.count == 5)
    #expect(
      partial.notes.contains(
        "Each seed of a line is a mean over loss.margin (3 values); n, deviations and intervals are "
          + "over seeds. Not every seed has the same of them, which widens its line's deviation."),
      "\(partial.notes)")
  }

  @Test(arguments: [
    (
      nil, [0, 1, 2, 3, 4], [3, 4, 5], 2, "p best is over the 2 seeds that all lines share."
    ),
    (
      "triplet", [0, 1, 2, 3, 4], [3, 4, 5], 2,
      "p Dunnett is over the 2 seeds that all lines share."
    ),
    (
      nil, [0, 1, 2, 3, 4], [4, 5], 1,
      "There is no p best, as the lines share one seed only: go by p Holm."
    ),
    (
      "triplet", [0, 1, 2], [4, 5], 0,
      "There is no p Dunnett, as the lines share no seed: go by p Holm."
    ),
  ])
  func `seeds that not all lines have leave the others to compare by`(
    reference: String?, triplet: [Int], margin: [Int], shared: Int, note: String
  ) throws {
    let runs = Self.runs().filter { run in
      switch run.settings["loss.name"]?.text {
      case "triplet": triplet.contains(run.seed)
      case "margin": margin.contains(run.seed)
      default: true
      }
    }
    let comparison = try Self.comparison(runs, reference: reference)
    let found = try #require(
      comparison.differences.first { $0.measure == "validation/map@r" })
    #expect(found.sharedSeeds == shared)
    #expect(found.differences.values.allSatisfy { ($0.simultaneous == nil) == (shared < 2) })
    let section = try #require(
      comparison.report.sections.first { $0.title?.contains("in validation/map@r to") == true })
    #expect(section.notes.contains(note), "\(section.notes)")
    let whole = try Self.comparison().report.sections.flatMap(\.notes)
    #expect(!whole.contains { $0.contains("lines share") })
  }

  @Test func `two lines without common seeds have no p Holm to go by`() throws {
    let runs = Self.runs().filter { run in
      switch run.settings["loss.name"]?.text {
      case "ranked_list": run.seed < 3
      case "margin": run.seed > 2
      default: false
      }
    }
    let notes = try Self.comparison(runs).report.sections.flatMap(\.notes)
    #expect(
      notes.contains("There is no p best, as the lines share no seed."), "\(notes)")
  }

  @Test func `a small correlation has two decimals like any other`() throws {
    let values = [[0.1, 0.2, 0.3, 0.4], [0.11, 0.0902, 0.09, 0.1098]]
    let runs = zip(Self.losses, values).flatMap { loss, values in
      values.enumerated().map { seed, value in
        var run = SampleRuns.run("\(loss.prefix(2))\(seed)", seed: seed, validation: value)
        run.settings["loss.name"] = .text(loss)
        return run
      }
    }
    let lines = try Self.comparison(runs).report.text(as: .table).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("triplet    4  ") && $0.contains(" -0.01 ") }, "\(lines)")
  }

  @Test(arguments: ["triplet", "loss.name=triplet"])
  func `a reference is named by its values`(name: String) throws {
    let comparison = try Self.comparison(reference: name)
    let text = comparison.report.text(as: .table)
    #expect(
      text == """
           loss.name    n  validation/map@r  test/recall@1     test/map@r
        *  ranked_list  6     51.30 ± 1.26%  80.00 ± 0.00%  46.42 ± 0.84%
           triplet      6     50.27 ± 1.28%  80.00 ± 0.00%  46.48 ± 0.63%
           margin       6     47.33 ± 0.89%  80.00 ± 0.00%  42.80 ± 0.93%

        * picked by validation/map@r (mean of 6 runs): loss.name ranked_list. On test it scores \
        recall@1 80.00 ± 0.00% and map@r 46.42 ± 0.84%.
        Best test/map@r of all lines: 46.48 ± 0.63% (triplet); to take it would be to choose by \
        the test classes.

        Differences in validation/map@r to triplet
        loss.name    n             difference  p       p Dunnett  p Holm  p flips      r  least
        ranked_list  6   1.03 [0.65, 1.42]%    <0.001      0.191   0.002    0.031   0.96  0.53%
        margin       6  -2.93 [-4.78, -1.09]%  0.009       0.001   0.009    0.031  -0.29  2.52%

        Differences, 95 % intervals and p by Student's t over pairs of one seed, r their \
        correlation; p Dunnett is corrected for all lines at once. least: what such seeds show in \
        80 % of all cases.
        p flips: the exact test by flips of signs, which so few pairs leave at 0.031 or more.
        Where seeds pair nothing (r below 0.2, or no common seeds), unpaired by Welch: margin \
        -2.93 [-4.37, -1.50]%, p 0.001.

        Differences in test/map@r to triplet
        loss.name    n             difference      p  p Dunnett  p Holm  p flips      r  least
        ranked_list  6  -0.07 [-0.35, 0.21]%   0.566  0.988       0.566    0.656   0.97  0.38%
        margin       6  -3.68 [-5.23, -2.14]%  0.002  <0.001      0.003    0.031  -0.78  2.11%

        p flips: the exact test by flips of signs, which so few pairs leave at 0.031 or more.
        Where seeds pair nothing (r below 0.2, or no common seeds), unpaired by Welch: margin \
        -3.68 [-4.72, -2.65]%, p <0.001.
        Some lines vary 2.4 times as much as others, while p Dunnett takes one error for all: go \
        by p Holm.

        """, "\(text)")
  }

  @Test func `a reference that is no line is refused with the lines`() {
    #expect(throws: ReportError.self) { try Self.comparison(reference: "tripplet") }
    do {
      _ = try Self.comparison(reference: "tripplet")
    } catch {
      #expect(
        "\(error)" == "--reference 'tripplet' names no line. Lines are loss.name=ranked_list; "
          + "loss.name=triplet; loss.name=margin")
    }
  }
}
