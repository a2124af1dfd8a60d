import Reports
import Store
import Testing

/// The gate's second question: is a gated measure worse by its margin?
@Suite struct GateMeasureTests {
  private static let usual = GateFixture.usual
  private static let kept = GateFixture.jobs(usual)

  /// The same seeds under other numerics, shifted by these numbers.
  private static func upgraded(
    _ shifts: [Double], alpha: Double = 1.2
  ) -> [(job: SweepResults.Job, result: JobResult?)] {
    GateFixture.jobs(
      alpha: alpha, zip(usual, shifts).map { $0 + $1 }, identity: GateFixture.upgraded)
  }

  private static let noise = [0.0003, -0.0002, 0.0001, -0.0004, 0.0002]

  @Test func `a change of numerics that moves nothing passes by pairs of seeds`() throws {
    let judgement = try GateFixture.judge(Self.upgraded(Self.noise), against: Self.kept)
    #expect(judgement.verdict == .pass)
    #expect(judgement.checks.map(\.measure) == ["test/map@r", "test/recall@1"])
    #expect(judgement.checks.allSatisfy { $0.method == .paired && $0.seeds == 5 })
    #expect(judgement.summary == "none of 2 checks of measures shows a loss of its margin")
  }

  @Test func `a loss of the margin that seeds agree on is a regression`() throws {
    let judgement = try GateFixture.judge(
      Self.upgraded([-0.012, -0.011, -0.013, -0.012, -0.0115]), against: Self.kept)
    #expect(judgement.verdict == .regression)
    #expect(
      judgement.texts == [
        "regression: test/map@r of alpha=1.2 fell by 1.19 points, from 41.60% of the baseline to "
          + "40.41% (interval [-1.26, -1.10] points, margin 0.50, 5 seeds)",
        "regression: test/recall@1 of alpha=1.2 fell by 1.19 points, from 81.60% of the baseline to "
          + "80.41% (interval [-1.26, -1.12] points, margin 1.00, 5 seeds)",
      ])
  }

  @Test func `a loss within the margin passes, however sure it is`() throws {
    let judgement = try GateFixture.judge(
      Self.upgraded([-0.001, -0.0011, -0.001, -0.0012, -0.0011]), against: Self.kept)
    #expect(judgement.verdict == .pass)
  }

  @Test func `what seeds do not agree on cannot be judged, and how many it takes is said`() throws {
    let judgement = try GateFixture.judge(
      Self.upgraded([-0.02, 0.008, -0.015, 0.012, -0.001]), against: Self.kept,
      rules: [GateFixture.rules[1]])
    #expect(
      judgement.texts == [
        "cannot_judge: test/map@r of alpha=1.2 cannot be judged against the baseline: 5 seeds leave "
          + "room for a loss of 1.65 points, where the margin is 0.50 and the difference -0.32; with "
          + "69 seeds an unchanged cell would pass 9 times in 10"
      ])
  }

  @Test func `a loss beyond the margin by chance alone is no regression`() throws {
    let judgement = try GateFixture.judge(
      Self.upgraded([-0.04, 0.02, -0.03, 0.015, -0.01]), against: Self.kept,
      rules: [GateFixture.rules[1]])
    #expect(judgement.checks[0].difference ?? 0 < -0.005)
    #expect(judgement.verdict == .cannotJudge)
  }

  @Test func `a loss in one of many cells must hold for their number`() throws {
    // One-sided p of the last cell is 0.023: enough for one check, not for four.
    let shifts = [-0.012, -0.001, -0.016, -0.008, -0.002]
    let alphas = [1.0, 1.1, 1.2, 1.3]
    let kept = alphas.flatMap { GateFixture.jobs(alpha: $0, Self.usual) }
    func now(_ count: Int) -> [(job: SweepResults.Job, result: JobResult?)] {
      alphas.prefix(count).enumerated().flatMap {
        Self.upgraded($0 == 0 ? shifts : Self.noise, alpha: $1)
      }
    }
    let rules = [GateFixture.rules[1]]
    let alone = try GateFixture.judge(
      now(1), against: Array(kept.prefix(5)), rules: rules)
    #expect(alone.verdict == .regression)
    let among = try GateFixture.judge(now(4), against: kept, rules: rules)
    #expect(among.verdict == .cannotJudge)
    #expect(among.checks[0].high == 0 || (among.checks[0].high ?? 0) > 0)
    let p = try #require(among.checks[0].estimate?.pOfLoss)
    #expect(abs((among.checks[0].correctedP ?? 0) - 4 * p) < 1e-12)
  }

  @Test func `other streams make no pairs, and that is said`() throws {
    let current = GateFixture.jobs(
      [0.418, 0.411, 0.407, 0.425, 0.413], identity: GateFixture.otherStreams)
    let judgement = try GateFixture.judge(
      current, against: Self.kept, rules: [GateFixture.rules[1]])
    #expect(judgement.checks.map(\.method) == [.unpaired])
    #expect(judgement.verdict == .cannotJudge)
    #expect(judgement.checks[0].seedsNeeded == 35)
    #expect(
      judgement.sentences.contains(
        "The random streams changed: a seed is no pair any more, and it takes more seeds to tell."))
  }

  @Test func `an identity that names no streams makes no pairs`() throws {
    let current = GateFixture.jobs(
      zip(Self.usual, Self.noise).map { $0 + $1 }, identity: "unknown")
    #expect(
      try GateFixture.judge(current, against: Self.kept).checks.map(\.method)
        == [.unpaired, .unpaired])
  }

  @Test func `folds are averaged within a seed, which must have them all`() throws {
    func jobs(
      _ shift: Double, identity: String = GateFixture.old, lacking: Int? = nil
    ) -> [(job: SweepResults.Job, result: JobResult?)] {
      Self.usual.indices.flatMap { seed in
        (0..<2).compactMap { fold in
          lacking == seed && fold == 1
            ? nil
            : GateFixture.job(
              seed: seed, fold: fold, map: Self.usual[seed] + shift + (fold == 0 ? 0.1 : -0.1),
              identity: identity)
        }
      }
    }
    let judgement = try GateFixture.judge(
      jobs(0.0001, identity: GateFixture.upgraded, lacking: 4), against: jobs(0))
    #expect(judgement.checks.map(\.seeds) == [4, 4])
    let before = try #require(judgement.checks[0].before)
    #expect(abs(before - Self.usual.prefix(4).reduce(0, +) / 4) < 1e-12)
  }

  @Test func `an improvement asks for a new baseline with the exact command`() throws {
    let judgement = try GateFixture.judge(
      Self.upgraded([0.02, 0.021, 0.019, 0.02, 0.0205]), against: Self.kept)
    #expect(judgement.verdict == .pass)
    #expect(
      judgement.sentences.last
        == "test/map@r of alpha=1.2 is better by 2.01 points. So that this baseline does not hide a "
        + "later loss: rll-report baseline set main nightly --reason 'better test/map@r'")
  }

  @Test func `a slide shows against recent nights where the baseline is too old to see it`() throws
  {
    let better = Self.upgraded([0.02, 0.021, 0.019, 0.02, 0.0205])
    let back = GateFixture.jobs(
      zip(Self.usual, Self.noise).map { $0 + $1 }, identity: GateFixture.upgraded, rate: 0.2)
    let nights = [GateFixture.night(better, day: 8), GateFixture.night(better, day: 7)]
    let judgement = try GateFixture.judge(
      back, against: Self.kept, nights: nights, keptBefore: better)
    #expect(judgement.verdict == .regression)
    let verdicts = judgement.checks.map { "\($0.reference.rawValue) \($0.verdict.rawValue)" }
    #expect(
      verdicts == [
        "baseline pass", "recent_nights regression", "baseline pass", "recent_nights regression",
      ])
    #expect(
      judgement.texts.first
        == "regression: test/map@r of alpha=1.2 fell by 2.01 points, from 43.61% of recent nights to "
        + "41.60% (interval [-2.09, -1.88] points, margin 0.50, 5 seeds)")
  }

  @Test func `recent nights count once for the same bits, and not the night's own`() throws {
    let night = Self.upgraded(Self.noise)
    let another = GateFixture.jobs(
      zip(Self.usual, Self.noise).map { $0 - $1 }, identity: GateFixture.upgraded, rate: 0.3)
    let own = Self.upgraded([0.0001, 0, 0, 0, 0])
    let nights = [
      GateFixture.night(own, day: 9), GateFixture.night(night, day: 8),
      GateFixture.night(night, day: 7), GateFixture.night(another, day: 6),
      GateFixture.night(Self.kept, day: 5),
    ]
    let judgement = try GateFixture.judge(
      own, against: Self.kept, nights: nights, keptBefore: night + another)
    let recent = try #require(judgement.checks.first { $0.reference == .recentNights })
    // The noise of the two distinct nights cancels.
    #expect(abs((recent.before ?? 0) - Self.usual.reduce(0, +) / 5) < 1e-12)
  }

  @Test func `a slide of losses that cannot be shown does not become what is usual`() throws {
    // Each night loses 0.4 points more, with a spread that hides it from its seeds.
    let spread = [0.009, -0.009, 0.008, -0.009, 0.001]
    func slid(_ nights: Double) -> [(job: SweepResults.Job, result: JobResult?)] {
      Self.upgraded(spread.map { $0 * (1 + nights / 100) - 0.004 * nights })
    }
    let nights = [3, 2, 1].map {
      GateFixture.night(slid($0), day: 4 + Int($0), verdict: .cannotJudge)
    }
    let judgement = try GateFixture.judge(
      slid(4), against: Self.kept, nights: nights, keptBefore: slid(3) + slid(2) + slid(1),
      rules: [GateFixture.rules[1]])
    #expect(judgement.checks.map(\.reference) == [.baseline])
    #expect(judgement.verdict == .regression)
    var passed = nights
    passed[0].record.verdict = .pass
    let beside = try GateFixture.judge(
      slid(4), against: Self.kept, nights: passed, keptBefore: slid(3) + slid(2) + slid(1),
      rules: [GateFixture.rules[1]])
    #expect(
      beside.checks.map(\.reference) == [.baseline, .recentNights], "judged again, it passed")
  }

  @Test func `nights of before the baseline, that did not pass and of other data do not count`()
    throws
  {
    let other = Self.upgraded(Self.noise)
    let foreign = GateFixture.jobs([0.1, 0.1, 0.1, 0.1, 0.1], data: "b")
    let nights = [
      GateFixture.night(other, day: 9, verdict: .regression),
      GateFixture.night(other, day: 9, verdict: .cannotJudge),
      GateFixture.night(foreign, day: 8), GateFixture.night(other, day: 0),
    ]
    let judgement = try GateFixture.judge(Self.kept, against: Self.kept, nights: nights)
    #expect(judgement.checks.allSatisfy { $0.reference == .baseline })
  }

  @Test func `nights of too few seeds are no obstacle`() throws {
    let night = [GateFixture.job(seed: 0, map: 0.3, identity: GateFixture.upgraded)]
    let judgement = try GateFixture.judge(
      Self.upgraded(Self.noise), against: Self.kept,
      nights: [GateFixture.night(night, day: 8)], keptBefore: night)
    #expect(judgement.checks.map(\.reference) == [.baseline, .baseline])
  }

  @Test func `cells of one seed are for the bits alone beside cells of several`() throws {
    let single = GateFixture.job(alpha: 3, seed: 0, map: 0.3)
    let moved = GateFixture.job(alpha: 3, seed: 0, map: 0.2, identity: GateFixture.upgraded)
    let judgement = try GateFixture.judge(
      Self.upgraded(Self.noise) + [moved], against: Self.kept + [single])
    #expect(judgement.verdict == .pass)
    #expect(
      judgement.sentences.contains(
        "1 cell of one seed can be judged by bits alone, and the bits are new."))
    let alone = try GateFixture.judge([moved], against: [single], rules: [GateFixture.rules[1]])
    #expect(
      alone.texts == [
        "cannot_judge: test/map@r of alpha=3 cannot be judged against the baseline: one seed cannot "
          + "tell luck from loss"
      ])
  }

  @Test func `seeds that are gone leave the rest to compare, down to two`() throws {
    let two = try GateFixture.judge(
      Array(Self.upgraded(Self.noise).prefix(2)), against: Self.kept)
    #expect(two.checks.allSatisfy { $0.seeds == 2 && $0.method == .paired })
    let one = try GateFixture.judge(
      Array(Self.upgraded(Self.noise).prefix(1)), against: Self.kept)
    #expect(one.verdict == .cannotJudge)
  }
}
