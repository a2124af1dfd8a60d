import Foundation
import Reports
import Store
import Sweeps
import TestSupport

/// Nights of a sweep of 4 cells and 10 seeds, gated by two measures, whose values are drawn.
///
/// Standard deviations are those of Recall@1 and MAP@R on Omniglot and the practice set; see
/// `docs/gate.md` for where each figure comes from.
struct NightSimulation {
  /// How the values of a night come about.
  enum Change: String, CaseIterable {
    /// One unit in the last place of a product: each seed moves a little.
    case numerics
    /// Each seed is another draw.
    case streams
  }

  struct Figures {
    /// Of the values of a cell over its seeds.
    var seedDeviation: Double
    /// Of what one unit in the last place moves a value by.
    var roundingDeviation: Double
    var margin: Double
  }

  struct Outcome {
    var nights = 0
    var verdicts: [GateVerdict: Int] = [:]

    func rate(_ verdict: GateVerdict) -> Double { Double(verdicts[verdict] ?? 0) / Double(nights) }
  }

  static let measures = ["test/map@r", "test/recall@1"]
  static let alphas = [1.0, 1.2, 1.4, 1.6]

  var figures: [String: Figures]
  var change: Change
  /// What the first cell truly loses, in margins of each measure.
  var loss = 0.0
  var seeds = 10
  /// Earlier nights of other bits since the baseline, each judged when it came.
  var recentNights = 0

  /// Judges so many nights, each against a baseline of its own.
  func run(nights: Int, seed: UInt64) throws -> Outcome {
    var random = NormalDraws(seed: seed)
    var outcome = Outcome(nights: nights)
    for _ in 0..<nights {
      let verdict = try judgeOne(&random).verdict
      outcome.verdicts[verdict, default: 0] += 1
    }
    return outcome
  }

  private func judgeOne(_ random: inout NormalDraws) throws -> GateJudgement {
    let before = values { deviation, _ in 0.5 + deviation * random.next() }
    let baseline = jobs(before, identity: GateFixture.old)
    let rules = Self.measures.map { GateRule(measure: $0, margin: figures[$0]?.margin ?? 0) }
    var nights: [GateInput.Night] = []
    for day in 2..<(2 + recentNights) {
      let night = jobs(
        moved(before, by: .numerics, losing: 0, &random), identity: GateFixture.upgraded)
      let verdict = try GateFixture.judge(
        night, against: baseline, nights: nights, rules: rules
      ).verdict
      nights.insert(GateFixture.night(night, day: day, verdict: verdict), at: 0)
    }
    let identity = change == .numerics ? GateFixture.upgraded : GateFixture.otherStreams
    let current = jobs(moved(before, by: change, losing: loss, &random), identity: identity)
    return try GateFixture.judge(current, against: baseline, nights: nights, rules: rules)
  }

  /// By cell and seed, by measure.
  private typealias Values = [[[String: Double]]]

  private func values(_ draw: (Double, Double) -> Double) -> Values {
    Self.alphas.map { _ in
      (0..<seeds).map { _ in
        // In one order: that of a dictionary is another one in each process.
        let drawn = Self.measures.compactMap { measure in
          figures[measure].map { (measure, draw($0.seedDeviation, $0.roundingDeviation)) }
        }
        return Dictionary(uniqueKeysWithValues: drawn)
      }
    }
  }

  private func moved(
    _ before: Values, by change: Change, losing loss: Double, _ random: inout NormalDraws
  ) -> Values {
    var now = before
    for cell in now.indices {
      for seed in now[cell].indices {
        for measure in Self.measures {
          guard let own = figures[measure], let old = before[cell][seed][measure] else { continue }
          let value =
            change == .numerics
            ? old + own.roundingDeviation * random.next() : 0.5 + own.seedDeviation * random.next()
          now[cell][seed][measure] = value - (cell == 0 ? loss * own.margin : 0)
        }
      }
    }
    return now
  }

  private func jobs(
    _ values: Values, identity: String
  ) -> [(job: SweepResults.Job, result: JobResult?)] {
    values.enumerated().flatMap { cell, seeds in
      seeds.enumerated().map { seed, measures in
        let key = String(repeating: "0", count: 60) + String(1_000 + 100 * cell + seed)
        let result = JobResult(jobKey: key, numericsIdentity: identity, measures: measures)
        let job = SweepResults.Job(
          jobKey: key, state: .completed, seed: seed,
          settings: ["loss.alpha": .number(Self.alphas[cell])], dataDigests: ["high": "a"],
          result: result)
        return (job, result)
      }
    }
  }
}

/// Standard normal numbers by the polar form of Box and Muller's method: Marsaglia and Bray, "A
/// convenient method for generating normal variables", SIAM Review 6, 1964.
struct NormalDraws {
  private var generator: SplitMix
  private var spare: Double?

  init(seed: UInt64) { generator = SplitMix(seed: seed) }

  mutating func next() -> Double {
    if let spare {
      self.spare = nil
      return spare
    }
    while true {
      let (x, y) = (
        Double.random(in: -1..<1, using: &generator), Double.random(in: -1..<1, using: &generator)
      )
      let square = x * x + y * y
      guard square > 0, square < 1 else { continue }
      let factor = (-2 * log(square) / square).squareRoot()
      spare = y * factor
      return x * factor
    }
  }
}
