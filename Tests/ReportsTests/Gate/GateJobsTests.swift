import Reports
import Store
import Testing

/// What the gate says before anything is compared.
@Suite struct GateJobsTests {
  private static let kept = GateFixture.jobs(GateFixture.usual)

  @Test func `a job that failed is a regression, and goes before what cannot be judged`() throws {
    var current = Self.kept
    current[1] = GateFixture.job(seed: 1, map: nil, state: .failed)
    current[2] = GateFixture.job(seed: 2, map: nil, state: .interrupted)
    let judgement = try GateFixture.judge(current, against: Self.kept)
    #expect(
      judgement.texts == [
        "regression: the job of alpha=1.2, seed 1 failed: the loss is not finite",
        "cannot_judge: 1 of 5 jobs did not end, the first of them alpha=1.2, seed 2, which is "
          + "interrupted",
      ])
    #expect(judgement.verdict == .regression)
    #expect(judgement.summary == "the job of alpha=1.2, seed 1 failed: the loss is not finite")
  }

  @Test func `a gated measure that is missing or not finite is a regression`() throws {
    var current = Self.kept
    current[0] = GateFixture.job(seed: 0, map: .nan, rate: 0.2)
    current[1] = GateFixture.job(seed: 1, map: nil, rate: 0.2)
    current[2] = GateFixture.job(seed: 2, map: .infinity, rate: 0.2)
    let judgement = try GateFixture.judge(
      current, against: Self.kept, rules: [GateFixture.rules[1]])
    #expect(
      judgement.texts == [
        "regression: test/map@r of alpha=1.2, seed 0 is not a number",
        "regression: test/map@r of alpha=1.2, seed 1 is missing",
        "regression: test/map@r of alpha=1.2, seed 2 is infinite",
      ])
  }

  @Test func `other data cannot be judged`() throws {
    let judgement = try GateFixture.judge(
      GateFixture.jobs(GateFixture.usual, data: "b"), against: Self.kept)
    #expect(
      judgement.said == [
        "cannot judge: the data is not that of the baseline, so its figures do not compare: 1 of 1 "
          + "cell, the first is alpha=1.2; put the data back, or accept the new: rll-report baseline "
          + "set main nightly --reason 'other data'"
      ])
    #expect(judgement.checks.isEmpty)
  }

  @Test func `a cell that is gone cannot be judged, and a new one is listed`() throws {
    let judgement = try GateFixture.judge(
      Self.kept + GateFixture.jobs(alpha: 1.4, GateFixture.usual),
      against: Self.kept + GateFixture.jobs(alpha: 1.6, GateFixture.usual))
    #expect(
      judgement.said == [
        "cannot judge: 1 cell of the baseline is not in the sweep any more: alpha=1.6; put it back, "
          + "or accept this: rll-report baseline set main nightly --reason 'fewer cells'"
      ])
    #expect(judgement.goneCells.map(\.label) == ["alpha=1.6"])
    #expect(
      judgement.sentences.contains("New cells, which the baseline cannot judge: alpha=1.4."))
  }

  @Test func `changed settings of all jobs are listed and judged all the same`() throws {
    let judgement = try GateFixture.judge(
      GateFixture.jobs(GateFixture.usual, rate: 0.05), against: Self.kept)
    #expect(judgement.verdict == .pass)
    #expect(judgement.bits.compared == 0)
    #expect(
      judgement.sentences.contains(
        "Settings that are not those of the baseline: optimizer.learning_rate 0.1 is now 0.05."))
  }

  @Test func `jobs that the axes do not tell apart are told apart by what differs`() throws {
    let jobs = Self.kept + GateFixture.jobs([0.1, 0.2, 0.3, 0.2, 0.1], rate: 0.5)
    let judgement = try GateFixture.judge(jobs, against: jobs)
    #expect(
      Set(judgement.checks.map(\.cell.label))
        == ["alpha=1.2 learning_rate=0.1", "alpha=1.2 learning_rate=0.5"])
  }

  @Test func `a night that costs more is warned of, and passes`() throws {
    func cost(_ seconds: Double, _ bytes: Int) -> NightCost {
      NightCost(processorSeconds: seconds, steps: 1_000, peakMemoryBytes: bytes)
    }
    let nights = [10.0, 30, 11, 12].enumerated().map {
      GateFixture.night(Self.kept, day: 9 - $0, cost: cost($1, 1 << 30))
    }
    let elsewhere = (0..<5).map {
      GateFixture.night(Self.kept, day: 9 - $0, cost: cost(1, 1), host: "there")
    }
    let judgement = try GateFixture.judge(
      Self.kept, against: Self.kept, nights: elsewhere + nights, cost: cost(16, 1 << 29))
    #expect(judgement.verdict == .pass)
    #expect(judgement.cost.map(\.median) == [0.0115, Double(1 << 30)])
    #expect(
      judgement.sentences.last
        == "warning: a step takes 16.00 ms of a processor, 39 % more than the median of the last 4 "
        + "nights on this host (11.50 ms).")
    let large = try GateFixture.judge(
      Self.kept, against: Self.kept, nights: nights, cost: cost(12, 2 << 30))
    #expect(
      large.sentences.last
        == "warning: a job takes up to 2.0 GiB, 100 % more than the median of the last 4 nights on "
        + "this host (1.0 GiB).")
    let few = try GateFixture.judge(
      Self.kept, against: Self.kept, nights: Array(nights.prefix(2)), cost: cost(100, 1))
    #expect(few.cost.allSatisfy { $0.median == nil && !$0.isWarning })
  }
}
