import Reports
import Store
import Sweeps
import TestSupport
import Testing

/// Which setting matters, of full grids.
@Suite struct SensitivityTests {
  private static let tolerance = 1e-12

  /// Two margins, three α, three seeds.
  private static let values = [
    0.61, 0.64, 0.60, 0.70, 0.73, 0.72, 0.66, 0.65, 0.69, 0.58, 0.62, 0.57, 0.71, 0.75, 0.70,
    0.80, 0.77, 0.79,
  ]

  private static func runs(_ values: [Double?] = values, seeds: Int = 3) -> [RunSummary] {
    values.enumerated().map { number, value in
      SampleRuns.run(
        "r\(number)", alpha: [1.0, 1.2, 1.6][number / seeds % 3],
        margin: [0.2, 0.4][number / seeds / 3], seed: number % seeds, validation: value)
    }
  }

  private static func sensitivity(
    _ runs: [RunSummary], axes: [String] = ["loss.margin", "loss.alpha"],
    objective: Objective = Objective()
  ) throws -> SweepSensitivity {
    try SweepSensitivity(sweep: "practice", objective: objective, axes: axes, runs: runs)
  }

  @Test func `a full grid is split as anova_lm of statsmodels 0.15 splits it`() throws {
    let found = try Self.sensitivity(Self.runs())
    #expect(found.method == .anova)
    let expected: [(factors: [Int], share: Double, ratio: Double, p: Double)] = [
      ([1], 0.6694500619740364, 62.57317073170734, 4.487269107661389e-07),
      ([0, 1], 0.2114945528084022, 19.768292682926813, 0.0001593652521755015),
      ([0], 0.054863330941352734, 10.25609756097556, 0.007597008954144599),
    ]
    #expect(found.terms.map(\.factors) == expected.map(\.factors))
    for (term, figures) in zip(found.terms, expected) {
      #expect(abs(term.share / figures.share - 1) < Self.tolerance)
      #expect(abs(try #require(term.ratio) / figures.ratio - 1) < Self.tolerance)
      #expect(abs(try #require(term.p) / figures.p - 1) < 1e-10)
    }
    #expect(abs(try #require(found.noiseShare) - 0.0641920542762085) < Self.tolerance)
    #expect(found.higherShare < Self.tolerance)
  }

  @Test func `what moves together is one setting`() throws {
    var runs = Self.runs()
    for number in runs.indices {
      runs[number].settings["steps"] = .number(number < 9 ? 100 : 200)
    }
    let found = try Self.sensitivity(runs, axes: ["loss.margin", "steps", "loss.alpha"])
    #expect(found.design.factors.map(\.title) == ["margin with steps", "alpha"])
    #expect(found.method == .anova)
  }

  @Test func `numbers that are drawn for each setting do not move together`() throws {
    let rates = [0.03, 0.2, 0.01, 0.4, 0.05, 0.3, 0.02, 0.1, 0.08]
    let runs = rates.enumerated().map { number, rate in
      var run = SampleRuns.run(
        "d\(number)", margin: 0.1 + Double(number) / 10, validation: 0.5 + rate / 10)
      run.settings["optimizer.learning_rate"] = .number(rate)
      return run
    }
    let axes = ["optimizer.learning_rate", "loss.margin"]
    let found = try Self.sensitivity(runs, axes: axes)
    #expect(found.design.factors.map(\.title) == ["learning_rate", "margin"])
    #expect(found.terms.filter { $0.factors.count == 1 }.count == 2)
    // A zip alone is as distinct, and goes one way.
    var zipped = runs
    for number in runs.indices {
      zipped[number].settings["loss.margin"] = .number(2 - rates[number])
    }
    #expect(
      try Self.sensitivity(zipped, axes: axes).design.factors.map(\.title)
        == ["learning_rate with margin"])
  }

  @Test func `pairs too small to show are one line, so that shares add up`() throws {
    let noise = [0, 0.004, -0.003]
    let values = (0..<18).map { (number: Int) -> Double in
      let means = number / 9 == 0 ? [0.5, 0.55, 0.6] : [0.6, 0.65, 0.704]
      return means[number / 3 % 3] + noise[number % 3]
    }
    let found = try Self.sensitivity(Self.runs(values))
    let text = found.report.text(as: .table)
    #expect(!text.contains("margin × alpha") && text.contains("smaller ones together"))
    let shares = text.split(separator: "\n").prefix { !$0.hasPrefix("Analysis") }.dropFirst()
      .compactMap { line in line.firstMatch(of: /(\d+\.\d+)%/).flatMap { Double($0.1) } }
    #expect(abs(shares.prefix(4).reduce(0, +) - 100) < 0.03, "\(text)")
  }

  @Test(arguments: [
    (
      forestRuns() + [SampleRuns.run("x", margin: 0.4, validation: 0.6)],
      "No shares: practice has 5 settings with validation/map@r, and not every combination with the "
        + "same seeds; a forest needs 8 or more."
    ),
    (
      runs(Array(repeating: 0.5, count: 18)),
      "No shares: validation/map@r is the same in all runs of practice."
    ),
  ])
  func `means of values need no shares`(runs: [RunSummary], reason: String) throws {
    let found = try Self.sensitivity(runs)
    #expect(found.method == nil && found.terms.isEmpty && found.effects.count == 2)
    let text = found.report.text(as: .table)
    #expect(text.contains(reason), "\(text)")
    #expect(text.contains("Best values"))
    #expect(found.report.text(as: .jsonl).contains("\"method\":null"))
    #expect(BoxPicture(found).picture.text.contains("<circle"))
    #expect(try HeatMapPicture(found).picture.title.contains("by margin and alpha"))
  }

  @Test func `the mean of a value is over seeds, each the mean over the other settings`() throws {
    let effect = try #require(try Self.sensitivity(Self.runs()).effects.first)
    #expect(effect.factor.title == "margin" && effect.best == 1)
    let first = effect.levels[0].statistics
    #expect(first.count == 3)
    let means = [1.97 / 3, 2.02 / 3, 2.01 / 3]
    #expect(abs(first.mean - 6.0 / 9) < Self.tolerance)
    let spread = means.reduce(0) { $0 + ($1 - 6.0 / 9) * ($1 - 6.0 / 9) } / 2
    #expect(abs(try #require(first.deviation) - spread.squareRoot()) < Self.tolerance)
  }

  @Test func `of what is to be small the least is best`() throws {
    let found = try Self.sensitivity(
      Self.runs(), objective: Objective(metric: "validation/map@r", goal: .minimize))
    #expect(found.effects.map(\.best) == [0, 0])
  }

  @Test func `a report has shares, chances and best values`() throws {
    let text = try Self.sensitivity(Self.runs()).report.text(as: .table)
    #expect(
      text == """
        setting          share  by chance  p
        alpha           66.95%      1.07%  <0.0001
        margin × alpha  21.15%      1.07%  0.0002
        margin           5.49%      0.53%  0.0076
        noise (seeds)    6.42%          –  –

        Analysis of variance of validation/map@r over the full grid of 6 settings with 3 seeds.
        By chance is the share that noise alone would give on average; p is that of the F test \
        against the noise, for each line by itself.

        Best values
        setting  value  n       validation/map@r
        margin   0.2    3  66.67 [64.48, 68.86]%
                 0.4    3  69.89 [66.54, 73.24]%  best
        alpha    1      3  60.33 [54.46, 66.20]%
                 1.2    3  71.83 [67.13, 76.54]%
                 1.6    3  72.67 [68.87, 76.46]%  best

        Means with intervals of 95 % over seeds, each the mean over all other settings. Each best \
        is by itself: see compare for the best together.
        Holds for margin 0.2, 0.4; alpha 1, 1.2, 1.6.

        """)
  }

  @Test func `with one seed there is no noise, and it says so`() throws {
    let found = try Self.sensitivity(
      Self.runs([0.61, 0.70, 0.66, 0.58, 0.71, 0.80], seeds: 1))
    #expect(found.method == .anova && found.noiseShare == nil)
    #expect(found.terms.allSatisfy { $0.p == nil && $0.chanceShare == nil })
    #expect(abs(found.terms.reduce(0) { $0 + $1.share } - 1) < Self.tolerance)
    #expect(
      found.report.text(as: .table).contains(
        "With one seed noise cannot be told from interactions; run it with seeds: 3 or more.\n"))
  }

  @Test func `without validation the test classes stand for it, and it says so`() throws {
    var runs = Self.runs()
    for number in runs.indices {
      runs[number].metrics = ["test/map@r": Self.values[number]]
    }
    let found = try Self.sensitivity(runs)
    #expect(found.objective.metric == "test/map@r")
    #expect(
      found.report.text(as: .table).contains(
        "There was no validation: the figures are those of the test classes.\n"))
  }

  @Test func `a figure of the test classes is marked as such`() throws {
    var runs = Self.runs()
    for number in runs.indices { runs[number].metrics["test/recall@1"] = Self.values[number] }
    let found = try Self.sensitivity(runs, objective: Objective(metric: "test/recall@1"))
    #expect(
      found.report.text(as: .table).contains(
        "These are test figures: settings chosen by them look better than they are.\n"))
  }

  @Test func `runs that failed are left out and counted`() throws {
    var values: [Double?] = Self.values
    values[4] = nil
    let found = try Self.sensitivity(Self.runs(values) + Self.forestRuns())
    #expect(found.leftOut == 1 && found.method == .fanova)
    #expect(
      found.report.text(as: .table).contains(
        "1 run left out: not completed, or without a finite validation/map@r.\n"))
  }

  private static func forestRuns() -> [RunSummary] {
    (0..<4).map {
      SampleRuns.run(
        "f\($0)", alpha: 2 + Double($0), margin: 0.2, validation: 0.5 + Double($0) / 10)
    }
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let runs: [RunSummary]
    let axes: [String]
    let message: String
  }

  @Test(arguments: [
    Refusal(
      testDescription: "no runs", runs: [], axes: ["loss.margin"],
      message: "the sweep practice has no runs to analyse"),
    Refusal(
      testDescription: "no such measure", runs: [SampleRuns.run("a", recall: 0.5)],
      axes: ["loss.margin"],
      message: "no completed run of practice has validation/map@r. There are test/recall@1"),
    Refusal(
      testDescription: "nothing done", runs: [SampleRuns.run("a", state: .pending)],
      axes: ["loss.margin"],
      message: "no completed run of practice has validation/map@r. None is completed yet"),
    Refusal(
      testDescription: "seeds only", runs: SampleRuns.grid, axes: ["seed"],
      message: "the completed runs of practice differ in no setting but the seed"),
  ])
  func `what cannot be analysed says why`(refusal: Refusal) {
    var message = "nothing was refused"
    do {
      _ = try Self.sensitivity(refusal.runs, axes: refusal.axes)
    } catch {
      message = "\(error)"
    }
    #expect(message == refusal.message)
  }
}
