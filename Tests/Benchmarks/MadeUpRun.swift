import Foundation
import Kernels
import Store
import Sweeps

/// A run as a sweep of one's own would leave it, with random measures.
struct MadeUpRun {
  /// What is swept comes first.
  static let settingNames = [
    "loss.alpha", "loss.margin", "loss.temperature", "loss.lambda", "optimizer.learning_rate",
    "batch", "seed", "dataset.path", "dataset.levels", "loss.name", "loss.gradient",
    "loss.positive_temperature", "loss.query_weighting", "model.embedding", "model.bias",
    "optimizer.name", "optimizer.momentum", "optimizer.weight_decay", "schedule", "steps", "select",
    "evaluation.every", "evaluation.recall_at", "evaluation.clustering", "model.concatenation",
  ]
  static let measureNames = [
    "validation/map@r", "test/map@r", "test/recall@1", "test/recall@2", "test/recall@4",
    "test/recall@8", "test/nmi", "test/f1", "validation/recall@1", "train/loss",
    "test/r_precision", "validation/r_precision", "validation/recall@2", "validation/recall@4",
    "validation/recall@8", "train/nontrivial_positives",
  ]

  private static let options = RerunOptions()
  private static let dataDigest = String(repeating: "5eed", count: 16)
  private static let stream = RandomStream(seed: 5, stream: .synthesis)

  /// Place among all runs of the store.
  let number: Int

  private static let fixed: [String: SettingValue] = [
    "dataset.path": .text("data/features.h5"), "dataset.levels": .list([.text("high")]),
    "loss.name": .text("ranked_list"), "loss.gradient": .text("query_only"),
    "loss.positive_temperature": .number(0), "loss.query_weighting": .text("uniform"),
    "model.embedding": .number(512), "model.bias": .bool(false),
    "optimizer.name": .text("sgd"), "optimizer.momentum": .number(0.9),
    "optimizer.weight_decay": .number(2e-5), "schedule": .text("cosine"),
    "steps": .number(1_000), "select": .text("best"), "evaluation.every": .number(50),
    "evaluation.recall_at": .list([1, 2, 4, 8].map(SettingValue.number)),
    "evaluation.clustering": .bool(true), "model.concatenation": .text("raw"),
  ]

  /// Five values of each of five axes, then the seeds.
  private func swept(_ name: String) -> SettingValue {
    func digit(_ place: Int) -> Double {
      Double((0..<place).reduce(number) { rest, _ in rest / 5 } % 5)
    }
    return switch name {
    case "loss.alpha": .number((10 + digit(0)) / 10)
    case "loss.margin": .number((2 + digit(1)) / 10)
    case "loss.temperature": .number(digit(2) == 4 ? .infinity : digit(2) * 5)
    case "loss.lambda": .number((3 + digit(3)) / 10)
    case "optimizer.learning_rate": .number((1 + digit(4)) / 100)
    case "batch": .text(number / 3_125 % 2 == 0 ? "60x3" : "30x6")
    default: .number(Double(number / 6_250))
    }
  }

  func job(settings count: Int, index: Int) -> PlannedJob {
    let names = Self.settingNames.prefix(count)
    var spec = JobSpec(index: index, settings: [:], origins: [:])
    for (place, name) in names.enumerated() {
      spec.settings[name] = Self.fixed[name] ?? swept(name)
      spec.origins[name] = Self.fixed[name] == nil ? .line(place + 5) : .defaults
    }
    // Without the later settings two runs would be one job.
    var told = spec
    told.settings["made_up"] = .number(Double(number))
    let digests = ["high": Self.dataDigest]
    return PlannedJob(
      spec: spec,
      key: JobKey.hash(of: told, dataDigests: digests, objective: Objective()),
      canonicalText: JobKey.canonicalText(of: told, dataDigests: digests, objective: Objective()),
      dataDigests: digests, decision: JobDecision(about: nil, options: Self.options),
      options: Self.options)
  }

  func outcome(measures count: Int, steps: Int) -> AttemptOutcome {
    let names = Self.measureNames.prefix(count)
    var outcome = AttemptOutcome(state: .completed, finishedAt: Timestamp(Date()))
    outcome.exitStatus = "exit 0"
    outcome.cost = RunCost(
      wallSeconds: 4.5, processorSeconds: 4.4, peakMemoryBytes: 200 << 20)
    outcome.selectedStep = 1_000
    outcome.environment = ["host": "made up", "numerics_identity": "1"]
    outcome.history.reserveCapacity(count * steps)
    for step in 0..<steps {
      for (place, name) in names.enumerated() {
        let value = Self.stream.uniform(
          at: UInt32(step), tag: UInt64(number) << 8 | UInt64(place))
        outcome.history.append(
          MetricPoint(name: name, step: (step + 1) * 50, value: Double(value)))
      }
    }
    for (place, name) in names.enumerated() {
      outcome.finalMetrics[name] = Double(
        Self.stream.uniform(at: .max, tag: UInt64(number) << 8 | UInt64(place)))
    }
    return outcome
  }
}
