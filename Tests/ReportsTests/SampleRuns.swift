import Reports
import Store
import Sweeps

/// Runs as a store would give them.
enum SampleRuns {
  static func run(
    _ id: String, alpha: Double = 1.2, margin: Double = 0.4, seed: Int = 0,
    state: RunState = .completed, validation: Double? = nil, recall: Double? = nil,
    map: Double? = nil
  ) -> RunSummary {
    var metrics: [String: Double] = [:]
    metrics["validation/map@r"] = validation
    metrics["test/recall@1"] = recall
    metrics["test/map@r"] = map
    var run = RunSummary(
      id: id + String(repeating: "0", count: 16 - id.count), sweep: "practice",
      jobKey: "key of \(id)", state: state, seed: seed, createdAt: "2026-01-02T03:04:05.000Z",
      host: "here",
      settings: [
        "loss.alpha": .number(alpha), "loss.margin": .number(margin),
        "loss.temperature": .number(.infinity), "batch": .text("60x3"),
        "seed": .number(Double(seed)), "steps": .number(100), "evaluation.every": .number(50),
        "select": .text("best"), "dataset.levels": .list([.text("high")]),
      ], metrics: metrics)
    run.wallSeconds = state == .completed ? 1.5 : nil
    run.error = state == .failed ? "the loss is not finite at step 7" : nil
    run.dataDigests = ["high": String(repeating: "a", count: 64)]
    return run
  }

  /// Two settings of two seeds each; hand-computed figures are in `ComparisonTests`.
  static let grid = [
    run("a0", alpha: 1.0, seed: 0, validation: 0.40, recall: 0.80, map: 0.42),
    run("a1", alpha: 1.0, seed: 1, validation: 0.44, recall: 0.84, map: 0.46),
    run("b0", alpha: 1.2, seed: 0, validation: 0.50, recall: 0.85, map: 0.45),
    run("b1", alpha: 1.2, seed: 1, validation: 0.52, recall: 0.87, map: 0.47),
  ]
}

extension SweepComparison {
  /// The table of settings with its notes, without those of differences.
  var settingsText: String {
    var report = report
    report.sections = Array(report.sections.prefix(1))
    return report.text(as: .table)
  }
}
