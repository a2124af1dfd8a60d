import CommandSupport
import Datasets
import Foundation
import Store
import Training

/// The weights of a run with where they come from.
struct ExportedWeights {
  /// As the store has them, in safetensors form.
  let content: Data
  let arrays: ArrayFile

  init(of name: String, kind: CheckpointContent.Kind, in store: ExperimentStore) throws {
    let detail = try store.detail(of: try store.runID(named: name))
    let run = detail.summary
    guard let kept = detail.checkpoints.first(where: { $0.kind == kind.rawValue }) else {
      throw Self.none(kind, of: detail)
    }
    content = try store.checkpoint(of: run.id, kind: kind) ?? Data()
    guard CheckpointContent.digest(of: content) == kept.sha256 else {
      throw StoreError(
        .damaged,
        "the \(kind.rawValue) weights of run \(run.id) are not what they were when they were "
          + "stored. Restore a backup of \(store.location.path), or run the job again")
    }
    let file = try WeightsFile(content: content)
    let origin = [
      ("run_id", run.id), ("job_key", run.jobKey), ("sweep", run.sweep),
      ("checkpoint", kept.kind), ("checkpoint_step", "\(kept.step)"),
      ("checkpoint_sha256", kept.sha256), ("program", "rll-report \(ProgramVersion.text)"),
    ]
    arrays = ArrayFile(
      entries: file.tensors.map {
        ArrayFile.Entry(name: $0.name, shape: $0.shape, values: $0.values)
      },
      attributes: origin
        + file.metadata.filter { name, _ in !origin.contains { $0.0 == name } }
        .sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  private static func none(_ kind: CheckpointContent.Kind, of detail: RunDetail) -> ExportError {
    let run = detail.summary
    let others = detail.checkpoints.map(\.kind)
    let way =
      if let other = others.first {
        "it kept \(other) only. Give --checkpoint \(other)"
      } else if run.state == .completed {
        "it kept none, as its checkpoint.keep says. Run it again with checkpoint.keep: [best, last]"
      } else {
        "it is \(run.state.rawValue), and only a completed run has weights"
      }
    return ExportError(
      .noWeights, "the run \(run.id) has no \(kind.rawValue) weights in the store: \(way)")
  }
}
