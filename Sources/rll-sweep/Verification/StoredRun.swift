import Foundation
import Kernels
import Store
import Sweeps

/// A completed run as the store holds it: all that is needed to run it again.
struct StoredRun: Sendable {
  let id: String
  let sweep: String
  let jobKey: String
  /// With every setting that the job has in this version of the program.
  let spec: JobSpec
  let objective: Objective
  let dataDigests: [String: String]
  let environment: [String: String]

  init(id: String, in store: ExperimentStore) throws {
    let detail = try store.detail(of: id)
    let summary = detail.summary
    guard summary.state == .completed else {
      throw VerificationError(
        .notCompleted,
        "the run \(id) is \(summary.state.rawValue), and only a completed run has results to "
          + "compare. Launch \(summary.sweep) again to complete it")
    }
    self.id = id
    sweep = summary.sweep
    jobKey = summary.jobKey
    spec = JobSpec(
      index: 0, settings: SettingsCatalog.completed(summary.settings), origins: detail.origins)
    objective = detail.launch.objective
    dataDigests = summary.dataDigests
    environment = detail.environment
  }

  /// What the run was computed with; runs that do not say were computed with the pinned one.
  var coreType: BLASLibrary.CoreType {
    environment["openblas_core"].map(BLASLibrary.CoreType.init(ofCoreName:)) ?? .pinned
  }
}

/// What a completed run gave, as the store holds it.
struct StoredResults: Sendable {
  /// Weights that were kept, a file in safetensors form.
  struct Weights: Sendable {
    let kind: CheckpointContent.Kind
    let step: Int
    let content: Data
  }

  let selectedStep: Int?
  let history: [MetricPoint]
  let finalMetrics: [String: Double]
  let weights: [Weights]
  /// Nil for runs of before these were kept.
  let queries: QueryOutcomes?

  init(of id: String, in store: ExperimentStore) throws {
    let detail = try store.detail(of: id)
    selectedStep = detail.summary.selectedStep
    history = try store.history(of: id)
    finalMetrics = detail.summary.metrics
    queries = try store.queryOutcomes(of: [id])[id]
    weights = try detail.checkpoints.compactMap { kept in
      guard let kind = CheckpointContent.Kind(rawValue: kept.kind) else { return nil }
      let content = try store.checkpoint(of: id, kind: kind)
      return Weights(kind: kind, step: kept.step, content: content ?? Data())
    }
  }
}
