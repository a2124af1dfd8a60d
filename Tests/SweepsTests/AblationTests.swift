import Sweeps
import Testing

/// `ablate` and `folds`.
@Suite struct AblationTests {
  private func rows(_ sweep: ExpandedSweep, _ settings: String...) -> [String] {
    sweep.jobs.map { job in
      settings.map { job.settings[$0]?.display ?? "-" }.joined(separator: " ")
    }
  }

  @Test func `each axis is tried alone around base, whose own job comes once`() throws {
    let sweep = try SweepFixture.expand(
      """
      name: demo
      base: {dataset: d.h5, T: 10}
      ablate:
        - {m: [0, 0.4]}
        - T: [0, 10]
        - {alpha: [1.1, 1.3], lambda: [0.4, 0.6]}
      seeds: 2

      """)
    #expect(
      rows(sweep, "loss.margin", "loss.temperature", "loss.alpha", "loss.lambda", "seed") == [
        "0.4 10 1.2 0.5 0", "0.4 10 1.2 0.5 1", "0 10 1.2 0.5 0", "0 10 1.2 0.5 1",
        "0.4 0 1.2 0.5 0", "0.4 0 1.2 0.5 1", "0.4 10 1.1 0.4 0", "0.4 10 1.1 0.4 1",
        "0.4 10 1.3 0.6 0", "0.4 10 1.3 0.6 1",
      ])
    #expect(sweep.warnings == [])
    #expect(
      sweep.axes.map(\.name) == [
        "loss.margin", "loss.temperature", "loss.alpha", "loss.lambda",
      ])
    #expect(sweep.axes[0].values == [.number(0), .number(0.4)])
  }

  @Test func `beside a sweep every combination of the grid is ablated`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep(
        "ablate: [{m: [0.2, 0.4]}, {T: [5]}]\nsweep: {lr: [0.1, 0.3]}\nseeds: [4]\n"))
    #expect(
      rows(sweep, "loss.margin", "loss.temperature", "optimizer.learning_rate") == [
        "0.4 10 0.1", "0.4 10 0.3", "0.2 10 0.1", "0.2 10 0.3", "0.4 5 0.1", "0.4 5 0.3",
      ])
    #expect(
      sweep.axes.map(\.name) == ["optimizer.learning_rate", "loss.margin", "loss.temperature"])
    #expect(sweep.warnings == [])
  }

  @Test func `an ablated setting goes over its axis, and what the grid has is merged`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("ablate: [{m: [0.2, 0.4]}]\nsweep: {m: [0.4, 0.6], T: [1, 10]}\n"))
    #expect(
      rows(sweep, "loss.margin", "loss.temperature") == [
        "0.4 1", "0.4 10", "0.6 1", "0.6 10", "0.2 1", "0.2 10",
      ])
    #expect(sweep.axes.first?.values == [.number(0.4), .number(0.6), .number(0.2)])
  }

  @Test func `an ablated loss takes the settings of the grid that it has`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("ablate: [{loss: [triplet], m: [0.1]}]\nsweep: {alpha: [1, 1.2]}\n"))
    #expect(
      rows(sweep, "loss.name", "loss.alpha", "loss.margin") == [
        "ranked_list 1 0.4", "ranked_list 1.2 0.4", "triplet - 0.1",
      ])
  }

  @Test func `what is excluded is not ablated either`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("ablate: [{m: [0.2, 1.3]}]\nexclude: [margin > alpha]\n"),
      exclusion: ExclusionTests.evaluator)
    #expect(rows(sweep, "loss.margin") == ["0.4", "0.2"])
    #expect(sweep.warnings == [])
  }

  @Test func `folds are an axis between the others and the seeds`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("sweep: {T: [1, 2]}\nfolds: 2\nseeds: 2\ninclude: [{T: 3}]\n"))
    #expect(
      rows(sweep, "loss.temperature", "dataset.validation", "seed") == [
        "1 {\"fold\":0,\"folds\":2} 0", "1 {\"fold\":0,\"folds\":2} 1",
        "1 {\"fold\":1,\"folds\":2} 0", "1 {\"fold\":1,\"folds\":2} 1",
        "2 {\"fold\":0,\"folds\":2} 0", "2 {\"fold\":0,\"folds\":2} 1",
        "2 {\"fold\":1,\"folds\":2} 0", "2 {\"fold\":1,\"folds\":2} 1",
        "3 {\"fold\":0,\"folds\":2} 0", "3 {\"fold\":0,\"folds\":2} 1",
        "3 {\"fold\":1,\"folds\":2} 0", "3 {\"fold\":1,\"folds\":2} 1",
      ])
    #expect(sweep.folds == 2)
    #expect(sweep.axes.map(\.name) == ["loss.temperature"])
    #expect(sweep.jobs[0].origins["dataset.validation"] == .line(4))
  }

  @Test func `an override of the validation takes the place of the folds`() throws {
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("folds: 4\n"), overrides: ["dataset.validation=0.3"])
    #expect(rows(sweep, "dataset.validation") == ["0.3"])
    #expect(sweep.folds == nil)
  }

  @Test(arguments: cases) func `the whole message is as written here`(_ row: MessageCase) {
    #expect(SweepFixture.message(row.text) == row.message)
  }

  private static let cases: [MessageCase] = [
    MessageCase(
      "ablations that are none",
      """
      name: demo
      base: {dataset: d.h5}
      ablate: [m, {T: 3}, {alpha: [1.1], m: [0.1, 0.2]}, {m: [x]}]

      """,
      """
      sweeps/demo.yaml:3:10: ablate cannot have 'm'
        3 | ablate: [m, {T: 3}, {alpha: [1.1], m: [0.1, 0.2]}, {m: [x]}]
          |          ^
        allowed: axes that are tried one at a time, as {m: [0, 0.2]}
      sweeps/demo.yaml:3:17: the axis loss.temperature is no list: '3'
        3 | ablate: [m, {T: 3}, {alpha: [1.1], m: [0.1, 0.2]}, {m: [x]}]
          |                 ^
        allowed: a list, as [3], a range, linspace or logspace; one value for all jobs belongs under base
      sweeps/demo.yaml:3:21: axes that move together have different lengths: alpha has 1, m has 2
        3 | ablate: [m, {T: 3}, {alpha: [1.1], m: [0.1, 0.2]}, {m: [x]}]
          |                     ^
        allowed: lists of one length
      sweeps/demo.yaml:3:57: loss.margin cannot be 'x'
        3 | ablate: [m, {T: 3}, {alpha: [1.1], m: [0.1, 0.2]}, {m: [x]}]
          |                                                         ^
        allowed: a number from 0 to alpha
      """),
    MessageCase(
      "an ablation that is no list",
      """
      name: demo
      base: {dataset: d.h5}
      ablate: {m: [0, 0.2]}

      """,
      """
      sweeps/demo.yaml:3:9: ablate cannot be '{m: [0, 0.2]}'
        3 | ablate: {m: [0, 0.2]}
          |         ^
        allowed: a list of axes that are tried one at a time, as [{m: [0, 0.2]}]
      """),
    MessageCase(
      "a single fold",
      """
      name: demo
      base: {dataset: d.h5}
      folds: 1

      """,
      """
      sweeps/demo.yaml:3:8: folds cannot be '1'
        3 | folds: 1
          |        ^
        allowed: a whole number from 2 to 1000
      """),
    MessageCase(
      "folds beside a validation",
      """
      name: demo
      base: {dataset: {path: d.h5, validation: 0.3}}
      folds: 4

      """,
      """
      sweeps/demo.yaml:3:8: folds and dataset.validation exclude each other: line 2 gives validation
        3 | folds: 4
          |        ^
        allowed: folds, or dataset.validation
      """),
  ]
}
