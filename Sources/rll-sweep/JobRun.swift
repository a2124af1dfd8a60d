import CommandSupport
import Datasets
import Foundation
import Kernels
import Runner
import Store
import Sweeps
import Training

/// Carries out the job of a run folder and writes what became of it there.
struct JobRun {
  let folder: RunFolder
  /// Asked at every step.
  let isCancelled: () -> Bool

  /// Writes the folder's report, and gives how it ended. Throws only where that itself is
  /// impossible.
  func run() throws -> JobReport.Ending {
    let request = try folder.request()
    var report = JobReport(jobKey: request.jobKey, ending: .failed)
    let progress = JobProgress(folder: folder, request: request)
    do {
      let blas = try BLASLibrary.load(request.usesNativeBLAS ? .native : .pinned)
      let identity = NumericsIdentity(blas).description
      report.environment = [
        "numerics_identity": identity, "openblas": blas.version,
        "openblas_core": blas.coreName, "hdf5": HDF5Library.version,
        "sqlite": SQLiteLibrary.version,
      ]
      try train(request, blas: blas, identity: identity, progress: progress, report: &report)
    } catch {
      report.record(error)
      if StopRequest.isNotice { report.recordTimeLimit() }
    }
    if let message = report.message { print(message) }
    report.beginning = progress.beginning
    report.environment.merge(RunEnvironment.current()) { own, _ in own }
    report.environment["program_version"] = ProgramVersion.text
    report.environment["program_commit"] = ProgramVersion.commit
    try progress.keepHistory()
    report.historyBytes = progress.historyEnd.bytes
    report.historyDigest = progress.historyEnd.digest
    report.cost = progress.cost
    try folder.write(report)
    return report.ending
  }

  private func train(
    _ request: JobRequest, blas: BLASLibrary, identity: String, progress: JobProgress,
    report: inout JobReport
  ) throws {
    let job = try TrainingJob(request.spec, objective: request.objective)
    let (data, file) = try load(job.dataset, request)
    let names = try file.namesOfTestClasses()
    let initial = try folder.initialWeights().map { try WeightsFile(content: $0).tensors } ?? []
    guard initial.isEmpty == (request.spec.settings["initial"] == nil) else {
      throw SettingsError(description: "the weights that initial names are not in the run folder")
    }
    let trainer = try progress.begin(numericsIdentity: identity) { state in
      try Trainer(
        configuration: job.configuration, data: data, blas: blas, initial: initial,
        resuming: state)
    }
    let outcome = try run(trainer, of: job, on: file, progress: progress)
    try file.checkUnchanged()
    progress.record(outcome.test)

    report.selectedStep = outcome.selected.step
    report.finalMetrics = Dictionary(
      progress.history.filter { $0.step == outcome.selected.step }.map { ($0.name, $0.value) },
      uniquingKeysWith: { $1 })
    report.checkpoints = try writeCheckpoints(of: outcome, request: request)
    try folder.write(
      QueryOutcomes(
        outcome.queries, of: data.test, names: names,
        recallAt: job.configuration.measures.recallAt))
    report.hasQueries = true
    report.ending = .completed
  }

  /// Trains, with a checkpoint at the steps that the job asks for and where it is told to stop.
  private func run(
    _ trainer: Trainer, of job: TrainingJob, on file: FeatureFile, progress: JobProgress
  ) throws -> TrainingOutcome {
    do {
      return try trainer.run(
        observe: { measures in
          try file.checkUnchanged()
          progress.record(measures)
        },
        progress: { step in
          // Nothing is to go on from what was computed with other features.
          if job.isCheckpointDue(after: step), file.change == nil { progress.keep(trainer.state) }
        }, isCancelled: isCancelled)
    } catch let error as TrainingError {
      if case .cancelled = error.code {
        try file.checkUnchanged()
        progress.keep(trainer.state)
      }
      throw error
    }
  }

  private func load(
    _ choice: TrainingJob.DatasetChoice, _ request: JobRequest
  ) throws -> (TrainingData, FeatureFile) {
    let file = try FeatureFile(choice.source)
    let digests = request.dataDigests
    let names = choice.levels.isEmpty ? [try file.level(named: nil).name] : choice.levels
    let levels = try names.map { name in
      let level = try file.level(named: name)
      let digest = try DataDigest(of: level, in: file).description
      guard digest == digests[level.name] else {
        throw DatasetError(
          .fileChanged, file: file.path, object: level.name,
          "this is no longer the content that the job was planned with: its digest is "
            + "\(digest.prefix(12))…, not \(digests[level.name]?.prefix(12) ?? "none")…",
          advice: "Launch the sweep file again to use the new content")
      }
      return try file.load(level: level.name)
    }
    let division = try choice.division(of: file)
    try division.check(against: request.spec.settings, of: file)
    return (TrainingData(levels, split: division.split), file)
  }

  private func writeCheckpoints(
    of outcome: TrainingOutcome, request: JobRequest
  ) throws -> [JobReport.Checkpoint] {
    let settings = request.spec.settings
    let kept = settings["checkpoint.keep"]?.list?.compactMap(\.text) ?? []
    let candidates = [("best", outcome.selected), ("last", outcome.last)]
    return try candidates.filter { kept.contains($0.0) }.map { kind, snapshot in
      let content = WeightsFile(
        tensors: snapshot.tensors,
        metadata: [
          "preprocess": settings["dataset.preprocess"]?.canonicalJSON ?? "[]",
          "levels": settings["dataset.levels"]?.canonicalJSON ?? "[]",
          "concatenation": settings["model.concatenation"]?.text ?? "raw",
          "job_key": request.jobKey, "step": String(snapshot.step), "schema": "1",
        ]
      ).content
      let file = kind + ".safetensors"
      try folder.write(checkpoint: content, file: file)
      return JobReport.Checkpoint(
        kind: kind, step: snapshot.step, file: file,
        digest: CheckpointContent.digest(of: content))
    }
  }
}
