import Foundation
import Store
import Testing

/// How often the gate is right, over simulated nights of 4 cells, 2 measures and 10 seeds.
///
/// RLL_GATE_NIGHTS says how many of each kind; what they came to is printed, and stands in
/// `docs/gate.md`.
@Suite struct GateCalibrationTests {
  #if DEBUG
  private static let usualNights = 100
  #else
  private static let usualNights = 1_000
  #endif
  private static let nights =
    ProcessInfo.processInfo.environment["RLL_GATE_NIGHTS"].flatMap(Int.init) ?? usualNights

  /// Omniglot, 10 seeds: see docs/gate.md.
  private static let omniglot = [
    "test/map@r": NightSimulation.Figures(
      seedDeviation: 0.0050, roundingDeviation: 0.0003, margin: 0.005),
    "test/recall@1": NightSimulation.Figures(
      seedDeviation: 0.0074, roundingDeviation: 0.0015, margin: 0.01),
  ]
  /// Numerics that move each value by so many margins. By 2: as much as the seeds do, the hardest
  /// case for false alarms. By 1: nights pass by luck, and those are what is usual.
  private static func noisy(_ margins: Double) -> [String: NightSimulation.Figures] {
    omniglot.mapValues {
      NightSimulation.Figures(
        seedDeviation: $0.seedDeviation, roundingDeviation: margins * $0.margin, margin: $0.margin)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var simulation: @Sendable () -> NightSimulation
    var verdict: GateVerdict
    /// Limits of the true rate.
    var least = 0.0
    var most = 1.0
  }

  private static let cases: [Case] = [
    Case(
      testDescription: "other numerics, nothing lost: alarms",
      simulation: { NightSimulation(figures: omniglot, change: .numerics) }, verdict: .regression,
      most: 0.05),
    Case(
      testDescription: "other numerics, nothing lost: passes",
      simulation: { NightSimulation(figures: omniglot, change: .numerics) }, verdict: .pass,
      least: 0.99),
    Case(
      testDescription: "other numerics beside 5 recent nights, nothing lost: passes",
      simulation: { NightSimulation(figures: omniglot, change: .numerics, recentNights: 5) },
      verdict: .pass, least: 0.99),
    Case(
      testDescription: "other streams, nothing lost: alarms",
      simulation: { NightSimulation(figures: omniglot, change: .streams) }, verdict: .regression,
      most: 0.05),
    Case(
      testDescription: "noise of twice the margin, nothing lost: alarms",
      simulation: { NightSimulation(figures: noisy(2), change: .numerics) }, verdict: .regression,
      most: 0.05),
    Case(
      testDescription: "noise of twice the margin beside 5 recent nights: alarms",
      simulation: { NightSimulation(figures: noisy(2), change: .numerics, recentNights: 5) },
      verdict: .regression, most: 0.05),
    Case(
      testDescription: "noise of the margin beside 5 recent nights: alarms",
      simulation: { NightSimulation(figures: noisy(1), change: .numerics, recentNights: 5) },
      verdict: .regression, most: 0.05),
    Case(
      testDescription: "other numerics, one cell lost its margin: passes",
      simulation: { NightSimulation(figures: omniglot, change: .numerics, loss: 1) },
      verdict: .pass, most: 0.05),
    Case(
      testDescription: "other numerics, one cell lost twice its margin: caught",
      simulation: { NightSimulation(figures: omniglot, change: .numerics, loss: 2) },
      verdict: .regression, least: 0.95),
    Case(
      testDescription: "other streams, one cell lost twice its margin: caught",
      simulation: { NightSimulation(figures: omniglot, change: .streams, loss: 2) },
      verdict: .regression, least: 0.95),
  ]

  @Test(arguments: cases)
  func `verdicts are as often right as is said`(_ row: Case) throws {
    let seed: UInt64 = 1
    let outcome = try row.simulation().run(nights: Self.nights, seed: seed)
    let rates = [GateVerdict.pass, .regression, .cannotJudge].map {
      "\($0.rawValue) \(String(format: "%.1f", 100 * outcome.rate($0))) %"
    }
    print(
      "\(row.testDescription): \(outcome.nights) nights, seed \(seed): "
        + rates.joined(separator: ", "))
    let rate = outcome.rate(row.verdict)
    // Three standard deviations of a count of so many nights.
    func slack(_ rate: Double) -> Double {
      3 * (rate * (1 - rate) / Double(outcome.nights)).squareRoot()
    }
    #expect(
      rate <= row.most + slack(row.most) && rate >= row.least - slack(row.least),
      "seed \(seed): \(rate)")
  }

  @Test func `a sweep of 10 seeds says how many it takes after a change of streams`() throws {
    var simulation = NightSimulation(figures: Self.omniglot, change: .streams)
    simulation.seeds = 32
    let outcome = try simulation.run(nights: Self.nights, seed: 2)
    print("other streams, nothing lost, 32 seeds: pass \(100 * outcome.rate(.pass)) %")
    #expect(outcome.rate(.pass) > 0.9)
  }
}
