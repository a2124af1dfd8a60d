import Foundation
import Kernels
import Store
import Sweeps
import Training

/// The model of a stored run at one of its checkpoints.
struct RunModel {
  let summary: RunSummary
  let checkpoint: RunDetail.Checkpoint
  let model: StoredModel

  /// The model of the run of a name. Its weights are checked against their digest.
  init(
    run name: String, kind: CheckpointContent.Kind, in store: ExperimentStore, blas: BLASLibrary
  ) throws {
    let detail = try store.detail(of: try store.runID(named: name))
    summary = detail.summary
    checkpoint = try Self.checkpoint(kind, of: detail)
    let content = try store.checkpoint(of: summary.id, kind: kind) ?? Data()
    guard CheckpointContent.digest(of: content) == checkpoint.sha256 else {
      throw StoreError(
        .damaged,
        "the \(kind.rawValue) weights of run \(summary.id) are not what they were when they were "
          + "stored. Restore a backup of \(store.location.path), or run the job again")
    }
    let spec = JobSpec(
      index: 0, settings: SettingsCatalog.completed(summary.settings), origins: detail.origins)
    let job = try TrainingJob(spec, objective: detail.launch.objective)
    model = try StoredModel(
      WeightsFile(content: content).tensors, configuration: job.configuration,
      levels: job.dataset.levels, blas: blas)
  }

  private static func checkpoint(
    _ kind: CheckpointContent.Kind, of detail: RunDetail
  ) throws -> RunDetail.Checkpoint {
    if let kept = detail.checkpoints.first(where: { $0.kind == kind.rawValue }) { return kept }
    let run = detail.summary
    let reason =
      if let other = detail.checkpoints.first {
        "it kept \(other.kind) only. Give --checkpoint \(other.kind)"
      } else if run.state == .completed {
        "it kept none, as its checkpoint.keep says. Run it again with checkpoint.keep: [best, last]"
      } else {
        "it is \(run.state.rawValue), and only a completed run has weights. Launch \(run.sweep) "
          + "again to complete it"
      }
    throw EmbeddingError(
      .noWeights, "the run \(run.id) has no \(kind.rawValue) weights in the store: \(reason)")
  }
}
