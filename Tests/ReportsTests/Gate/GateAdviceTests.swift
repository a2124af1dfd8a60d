import Reports
import Store
import Testing

/// What the gate says is to be done: commands that can be pasted, and that do not refuse.
@Suite struct GateAdviceTests {
  private static let kept = GateFixture.jobs(GateFixture.usual)

  private static func withFailure() -> [(job: SweepResults.Job, result: JobResult?)] {
    Array(kept.dropFirst()) + [GateFixture.job(seed: 0, map: nil, state: .failed)]
  }

  @Test func `without a baseline nothing can be judged, and the command is said`() throws {
    let judgement = try GateFixture.judge(Self.kept, against: nil)
    #expect(
      judgement.said == [
        "cannot judge: the sweep has no baseline; if these results are good: rll-report baseline "
          + "set main nightly"
      ])
    #expect(judgement.summary == "the sweep has no baseline")
  }

  @Test func `a name of a baseline that is in use is not said to a sweep that has none`() throws {
    let judgement = try GateFixture.judge(Self.kept, against: nil) {
      $0.newBaselineName = "nightly"
    }
    #expect(
      judgement.said == [
        "cannot judge: the sweep has no baseline; if these results are good: rll-report baseline "
          + "set nightly nightly"
      ])
  }

  @Test func `what is not complete is no baseline before it was retried`() throws {
    let judgement = try GateFixture.judge(Self.withFailure(), against: nil)
    #expect(
      judgement.sentences == [
        "REGRESSION: the job of alpha=1.2, seed 0 failed: the loss is not finite.",
        "cannot judge: the sweep has no baseline; it can have one when all jobs are completed: "
          + "rll-sweep retry nightly && rll-report baseline set main nightly",
        "rll-report runs --sweep nightly --where \"state = 'failed'\" lists the jobs that failed, "
          + "rll-report logs ID says more, and rll-sweep retry nightly runs them again.",
      ])
    let lacking = try GateFixture.judge(
      Self.kept.dropLast() + [GateFixture.job(seed: 4, map: nil)], against: nil,
      rules: [GateFixture.rules[1]])
    #expect(
      lacking.sentences == [
        "REGRESSION: test/map@r of alpha=1.2, seed 4 is missing.",
        "cannot judge: the sweep has no baseline.",
      ])
  }

  @Test func `after a job that failed no baseline is advised`() throws {
    let judgement = try GateFixture.judge(Self.withFailure(), against: Self.kept)
    #expect(!judgement.sentences.contains { $0.contains("baseline set") })
    #expect(
      judgement.sentences.last
        == "rll-report runs --sweep nightly --where \"state = 'failed'\" lists the jobs that failed, "
        + "rll-report logs ID says more, and rll-sweep retry nightly runs them again.")
  }

  @Test func `a regression says how a wanted change is accepted`() throws {
    let shifts = [-0.1, -0.101, -0.099, -0.1, -0.102]
    let judgement = try GateFixture.judge(
      GateFixture.jobs(zip(GateFixture.usual, shifts).map { $0 + $1 }, rate: 0.2),
      against: Self.kept)
    #expect(
      judgement.sentences.last
        == "If a change that is wanted did this: rll-report baseline set main nightly --reason '…' "
        + "makes it what later nights are judged by.")
  }

  @Test func `jobs that did not end can be gone on with`() throws {
    var current = Self.kept
    current[2] = GateFixture.job(seed: 2, map: nil, state: .interrupted)
    let judgement = try GateFixture.judge(current, against: Self.kept)
    #expect(
      judgement.said == [
        "cannot judge: 1 of 5 jobs did not end, the first of them alpha=1.2, seed 2, which is "
          + "interrupted; to go on with them and judge again: rll-sweep retry nightly && rll-report "
          + "gate nightly --record"
      ])
  }

  @Test func `too few seeds to compare say how there are more`() throws {
    let moved = GateFixture.jobs(GateFixture.usual.map { $0 + 0.0001 }, rate: 0.2)
    let one = try GateFixture.judge(
      Array(moved.prefix(1)), against: Self.kept, rules: [GateFixture.rules[1]])
    #expect(
      one.said == [
        "cannot judge: test/map@r of alpha=1.2 cannot be judged against the baseline: one seed "
          + "cannot tell luck from loss; with more in the sweep file (seeds: 10), after a launch: "
          + "rll-report baseline set main nightly --reason 'more seeds'"
      ])
    let others = try GateFixture.judge(
      Array(moved.suffix(3)), against: Array(Self.kept.prefix(2)), rules: [GateFixture.rules[1]])
    #expect(
      others.said == [
        "cannot judge: test/map@r of alpha=1.2 cannot be judged against the baseline: no seed has a "
          + "value on both sides; put the baseline's seeds back, or accept these: rll-report "
          + "baseline set main nightly --reason 'other seeds'"
      ])
  }

  @Test func `every command names the store, and the launch where it is not the last`() throws {
    let commands = try GateFixture.judge(Self.kept, against: nil) {
      $0.storePath = "/home/o'neil/a b.sqlite"
      $0.launchName = "4f2a"
    }.commands
    let store = "--store '/home/o'\\''neil/a b.sqlite'"
    #expect(commands.gate == "rll-report gate nightly --launch 4f2a \(store)")
    #expect(commands.runs == "rll-report runs --sweep nightly \(store)")
    #expect(commands.logs(of: "12345678") == "rll-report logs 12345678 \(store)")
    #expect(commands.retry == "rll-sweep retry nightly \(store)")
    #expect(
      commands.setBaseline(reason: "it's new")
        == "rll-report baseline set main nightly --launch 4f2a --reason 'it'\\''s new' \(store)")
    var open = Self.kept
    open[0] = GateFixture.job(seed: 0, map: nil, state: .pending)
    let named = try GateFixture.judge(open, against: Self.kept) { $0.isBaselineNamed = true }
    #expect(named.commands.gate == "rll-report gate nightly --baseline main")
    #expect(
      named.findings[0].advice
        == "to go on with them and judge again: rll-sweep retry nightly && rll-report gate nightly "
        + "--baseline main --record")
  }
}
