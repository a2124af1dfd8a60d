import Reports
import Store
import Testing

/// The gate's first question: are the bits those that job and numerics give?
@Suite struct GateBitsTests {
  private static let kept = GateFixture.jobs(GateFixture.usual)

  @Test func `the same bits pass`() throws {
    let judgement = try GateFixture.judge(Self.kept, against: Self.kept)
    #expect(judgement.verdict == .pass)
    #expect(judgement.bits.compared == 5 && judgement.bits.unknown == 0)
    #expect(judgement.checks.allSatisfy { $0.method == .identical && $0.difference == 0 })
    #expect(judgement.summary == "5 of 5 jobs as before, bit for bit")
  }

  @Test func `other bits under one identity are a regression that names step and measure`() throws {
    var current = Self.kept
    current[3] = GateFixture.job(seed: 3, map: GateFixture.usual[3], loss: 0.3125)
    let judgement = try GateFixture.judge(current, against: Self.kept)
    #expect(
      judgement.texts == [
        "regression: the job of alpha=1.2, seed 3 has other bits than in the baseline 'main', under "
          + "the same numerics identity: train/loss at step 100 was 0.408 and is 0.3125"
      ])
    #expect(judgement.bits.differences.map(\.seed) == [3])
    #expect(judgement.bits.differences[0].reference == "the baseline 'main'")
  }

  @Test func `final values and weights are bits too`() throws {
    var current = Self.kept
    current[0] = GateFixture.job(seed: 0, map: 0.42, weights: "v")
    current[1] = GateFixture.job(seed: 1, map: 0.41, loss: GateFixture.usual[1])
    let texts = try GateFixture.judge(current, against: Self.kept).texts
    #expect(texts.count == 2)
    #expect(texts[0].hasSuffix("every measure is the same, the weights 'best' are not"))
    #expect(texts[1].hasSuffix("test/map@r was 0.409 and is 0.41"))
  }

  @Test func `many differences are counted, not listed`() throws {
    let kept = GateFixture.jobs(Array(repeating: 0.4, count: 8))
    let current = (0..<8).map { GateFixture.job(seed: $0, map: 0.4, loss: 0.25) }
    let judgement = try GateFixture.judge(current, against: kept)
    #expect(judgement.findings.count == 6)
    #expect(judgement.texts.last == "regression: 3 more jobs have other bits")
  }

  @Test func `without the identity in the baseline the last good night of it counts`() throws {
    let first = GateFixture.jobs(GateFixture.usual, identity: GateFixture.upgraded)
    var bad = first
    bad[2] = GateFixture.job(
      seed: 2, map: GateFixture.usual[2], identity: GateFixture.upgraded, loss: 0.125)
    let nights = [
      GateFixture.night(bad, day: 9, verdict: .regression), GateFixture.night(first, day: 8),
    ]
    let good = try GateFixture.judge(
      first, against: Self.kept, nights: nights, keptBefore: first + bad)
    #expect(good.verdict == .pass)
    #expect(good.bits.compared == 5)
    let worse = try GateFixture.judge(
      bad, against: Self.kept, nights: nights, keptBefore: first + bad)
    #expect(
      worse.texts == [
        "regression: the job of alpha=1.2, seed 2 has other bits than in the night of "
          + "\(GateFixture.moment(8)), under the same numerics identity: train/loss at step 100 was "
          + "0.424 and is 0.125"
      ])
  }

  @Test func `a night that could not be judged is a witness of its bits all the same`() throws {
    let first = GateFixture.jobs(GateFixture.usual, identity: GateFixture.upgraded)
    let judgement = try GateFixture.judge(
      first, against: Self.kept,
      nights: [GateFixture.night(first, day: 8, verdict: .cannotJudge)], keptBefore: first)
    #expect(judgement.bits.compared == 5)
  }

  @Test func `the first night of new numerics says what changed`() throws {
    let current = GateFixture.jobs(GateFixture.usual, identity: GateFixture.upgraded)
    let judgement = try GateFixture.judge(current, against: Self.kept)
    #expect(judgement.verdict == .pass)
    #expect(judgement.bits.compared == 0 && judgement.bits.unknown == 5)
    #expect(
      judgement.sentences.contains(
        "The first night of new numerics: OpenBLAS 0.3.21 is now OpenBLAS 0.3.26."))
    let second = try GateFixture.judge(
      current, against: Self.kept, nights: [GateFixture.night(current, day: 9)],
      keptBefore: current)
    #expect(!second.sentences.contains { $0.hasPrefix("The first night") })
    #expect(second.bits.compared == 5)
  }

  @Test func `a sweep without gated measures is judged by bits alone`() throws {
    let same = try GateFixture.judge(Self.kept, against: Self.kept, rules: [])
    #expect(same.verdict == .pass && same.checks.isEmpty)
    let new = try GateFixture.judge(
      GateFixture.jobs(GateFixture.usual, identity: GateFixture.upgraded), against: Self.kept,
      rules: [])
    #expect(
      new.said == [
        "cannot judge: 5 jobs can be compared with nothing: their bits are new, and the sweep file "
          + "gates no measure; if they are right: rll-report baseline set main nightly --reason "
          + "'other numerics'"
      ])
  }

  @Test func `the digest of a result depends on each of its parts`() {
    let (_, whole) = GateFixture.job(seed: 0, map: 0.4)
    guard let whole else { return }
    var changed: [JobResult] = []
    func change(_ body: (inout JobResult) -> Void) {
      var other = whole
      body(&other)
      changed.append(other)
    }
    change { $0.jobKey = "k" }
    change { $0.numericsIdentity = "i" }
    change { $0.measures["test/map@r"] = 0.4.nextUp }
    change { $0.measures["test/nmi"] = nil }
    change { $0.histories["train/loss"]?[0].step = 51 }
    change { $0.histories["train/loss"]?[1].value = .nan }
    change { $0.weights["best"]?.sha256 = "x" }
    change { $0.weights["best"]?.step = 7 }
    #expect(Set(changed.map(\.digest) + [whole.digest]).count == changed.count + 1)
    var noughts = whole
    noughts.measures["test/nmi"] = 0
    var minus = whole
    minus.measures["test/nmi"] = -0.0
    #expect(noughts.digest == minus.digest)
  }
}
