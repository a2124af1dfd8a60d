import Reports
import Store
import Sweeps
import Testing

/// A sweep file that asks for less than when its baseline was set.
@Suite struct GateWeakeningTests {
  private static let kept = GateFixture.jobs(GateFixture.usual)

  private static func judge(
    _ current: [(job: SweepResults.Job, result: JobResult?)] = kept, rules: [GateRule],
    was: [GateRule]?
  ) throws -> GateJudgement {
    try GateFixture.judge(current, against: kept, rules: rules) { $0.baseline?.record.gate = was }
  }

  @Test func `a measure that is gated no more cannot be judged`() throws {
    let one = try Self.judge(rules: [GateFixture.rules[1]], was: GateFixture.rules)
    #expect(one.verdict == .cannotJudge)
    #expect(
      one.said == [
        "cannot judge: 1 measure of the baseline's gate is not in the sweep's any more: test/recall@1 "
          + "(margin 0.01); put it back, or accept this: rll-report baseline set main nightly "
          + "--reason 'a smaller gate'"
      ])
    let none = try Self.judge(rules: [], was: GateFixture.rules)
    #expect(
      none.said == [
        "cannot judge: 2 measures of the baseline's gate are not in the sweep's any more: "
          + "test/recall@1 (margin 0.01), test/map@r (margin 0.005); put them back, or accept this: "
          + "rll-report baseline set main nightly --reason 'a smaller gate'"
      ])
  }

  @Test func `a margin that is wider passes, and is said`() throws {
    let wider = [
      GateRule(measure: "test/recall@1", margin: 0.005),
      GateRule(measure: "test/map@r", margin: 0.07),
    ]
    let judgement = try Self.judge(rules: wider, was: GateFixture.rules)
    #expect(judgement.verdict == .pass && judgement.isRemarkable)
    #expect(
      judgement.sentences.last
        == "Margins that are wider than the baseline's: test/map@r 0.005 is now 0.07. To accept this: "
        + "rll-report baseline set main nightly --reason 'wider margins'")
  }

  @Test func `fewer seeds in a cell pass, and are said`() throws {
    let judgement = try Self.judge(
      Array(Self.kept.prefix(3)), rules: GateFixture.rules, was: GateFixture.rules)
    #expect(judgement.verdict == .pass && judgement.isRemarkable)
    #expect(
      judgement.sentences.last
        == "Cells with fewer seeds than in the baseline: alpha=1.2 has 3 instead of 5. To accept this: "
        + "rll-report baseline set main nightly --reason 'fewer seeds'")
  }

  @Test func `many cells of fewer seeds are counted, not listed`() throws {
    let alphas = (1...8).map(Double.init)
    func jobs(_ seeds: Int) -> [(job: SweepResults.Job, result: JobResult?)] {
      alphas.flatMap { GateFixture.jobs(alpha: $0, Array(GateFixture.usual.prefix(seeds))) }
    }
    let judgement = try GateFixture.judge(jobs(3), against: jobs(4))
    #expect(judgement.sentences.last?.contains("alpha=5 has 3 instead of 4 and 3 more. To") == true)
  }

  @Test func `what is as it was, or stricter, says nothing`() throws {
    let same = try Self.judge(rules: GateFixture.rules, was: GateFixture.rules)
    #expect(same.verdict == .pass && !same.isRemarkable)
    let stricter = [GateRule(measure: "test/recall@1", margin: 0.02)]
    let more = try Self.judge(
      Self.kept + [GateFixture.job(seed: 5, map: 0.41)], rules: GateFixture.rules, was: stricter)
    #expect(more.verdict == .pass && !more.isRemarkable)
  }

  @Test func `nothing is said of a baseline of which is not known what gated it`() throws {
    let judgement = try Self.judge(rules: [GateFixture.rules[1]], was: nil)
    #expect(judgement.verdict == .pass && !judgement.isRemarkable)
  }
}
