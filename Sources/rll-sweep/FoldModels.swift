import Datasets
import Kernels
import Reports
import Store
import Sweeps
import Training

/// The models of the folds of each repeat judged as one, once for a set of weights.
struct FoldModels {
  let store: ExperimentStore
  let planned: PlannedSweep
  let blas: BLASLibrary

  /// Embeddings of all test rows are held at once; more than this is refused.
  private static let largestBytes = Baselines.copyLimitBytes

  /// A repeat that is complete on all folds, with the weights that these selected.
  private struct Candidate {
    let replicate: Replicate
    let model: JointModel
  }

  /// Judges what the store has no figures of yet; those that are judged stay when it is stopped.
  func keepFigures(progress: ProgressPrinter, isStopped: () -> Bool) throws {
    guard planned.sweep.comparisonProtocol == .realityCheck else { return }
    let open = try candidates()
    guard !open.isEmpty else { return }
    progress.say("joining the models of the folds of \(Counted(open.count, "repeat"))")
    for candidate in open {
      if isStopped() { return }
      guard let figures = try figures(of: candidate, progress: progress) else { return }
      try store.keep(figures, of: candidate.model)
    }
  }

  private func candidates() throws -> [Candidate] {
    let runs = try store.runs(.sweep(planned.sweep.name, role: .repetition))
    let weights = try store.selectedWeights(of: runs.map(\.id))
    return try Replicate.all(of: runs, averagingFolds: true).compactMap { replicate in
      guard let model = replicate.jointModel(weights), try store.figures(of: model) == nil else {
        return nil
      }
      return Candidate(replicate: replicate, model: model)
    }
  }

  /// Nil where it would take too much memory, after a warning.
  private func figures(
    of candidate: Candidate, progress: ProgressPrinter
  ) throws -> [String: Double]? {
    let members = try candidate.replicate.runs.map(member)
    guard let first = members.first else { return nil }
    let bytes = JointEvaluation.bytes(
      rows: first.data.test.rows.count, dimensions: members.map(\.model.dimension))
    guard bytes <= Self.largestBytes else {
      progress.warn([
        "the models of the folds are not joined: their embeddings of "
          + "\(first.data.test.rows.count) test rows take \(ReportCell.bytes(bytes).shownText), "
          + "the limit is \(ReportCell.bytes(Self.largestBytes).shownText)"
      ])
      return nil
    }
    let settings = candidate.replicate.summary.settings
    let recallAt = settings["evaluation.recall_at"]?.list?.compactMap(\.integer) ?? []
    let measures = JointEvaluation.measures(of: members, recallAt: recallAt, blas: blas)
    return Dictionary(
      measures.named("", step: 0).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  private func member(_ run: RunSummary) throws -> (model: StoredModel, data: TrainingData) {
    let job = try TrainingJob(
      JobSpec(index: 0, settings: run.settings, origins: [:]), objective: planned.sweep.objective)
    let levels = job.dataset.levels.compactMap { name in
      planned.levels.first { $0.digest == run.dataDigests[name] }
    }
    guard let first = levels.first, levels.count == run.dataDigests.count,
      let content = try store.checkpoint(of: run.id, kind: .best)
    else {
      throw StoreError(.failed, "run \(run.id) has no weights for data that this sweep uses")
    }
    let data = TrainingData(
      levels.map(\.data), split: try job.dataset.division(of: first.file).split)
    let model = try StoredModel(
      WeightsFile(content: content).tensors, configuration: job.configuration,
      inputs: levels.map { ($0.name, $0.data.level.dimension) },
      classes: data.training.rowsOfClass.count, blas: blas)
    return (model, data)
  }
}
