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

  /// Writes the folder's report. Throws only where that itself is impossible.
  func run() throws {
    let request = try folder.request()
    let clock = ContinuousClock()
    let start = clock.now
    var history: [MetricPoint] = []
    var report = JobReport(jobKey: request.jobKey, ending: .failed)
    do {
      let blas = try BLASLibrary.load(request.usesNativeBLAS ? .native : .pinned)
      report.environment = [
        "numerics_identity": NumericsIdentity(blas).description, "openblas": blas.version,
        "openblas_core": blas.coreName, "hdf5": HDF5Library.version,
      ]
      try train(request, blas: blas, history: &history, report: &report)
    } catch {
      report.record(error)
    }
    if let message = report.message { print(message) }
    report.environment.merge(RunEnvironment.current()) { own, _ in own }
    report.environment["program_version"] = ProgramVersion.text
    report.environment["program_commit"] = ProgramVersion.commit
    report.wallSeconds = (clock.now - start) / .seconds(1)
    (report.processorSeconds, report.peakMemoryBytes) = RunEnvironment.resourceUse()
    try folder.write(history: history)
    try folder.write(report)
  }

  private func train(
    _ request: JobRequest, blas: BLASLibrary, history: inout [MetricPoint],
    report: inout JobReport
  ) throws {
    let job = try TrainingJob(request.spec, objective: request.objective)
    let (data, file) = try load(job.dataset, digests: request.dataDigests)
    let initial = try folder.initialWeights.map { try WeightsFile(content: $0).tensors } ?? []
    guard initial.isEmpty == (request.spec.settings["initial"] == nil) else {
      throw SettingsError(description: "the weights that initial names are not in the run folder")
    }
    let trainer = try Trainer(
      configuration: job.configuration, data: data, blas: blas, initial: initial)
    let outcome = try trainer.run(
      observe: { measures in
        try file.checkUnchanged()
        history += measures.map { MetricPoint(name: $0.name, step: $0.step, value: $0.value) }
        print(Self.line(measures))
      }, isCancelled: isCancelled)
    try file.checkUnchanged()
    history += outcome.test.map { MetricPoint(name: $0.name, step: $0.step, value: $0.value) }
    print(Self.line(outcome.test))

    report.selectedStep = outcome.selected.step
    report.finalMetrics = Dictionary(
      history.filter { $0.step == outcome.selected.step }.map { ($0.name, $0.value) },
      uniquingKeysWith: { $1 })
    report.checkpoints = try writeCheckpoints(of: outcome, request: request)
    report.ending = .completed
  }

  private func load(
    _ choice: TrainingJob.DatasetChoice, digests: [String: String]
  ) throws -> (TrainingData, FeatureFile) {
    let file = try FeatureFile(path: choice.path)
    let names = choice.levels.isEmpty ? [try file.level(named: nil).name] : choice.levels
    let levels = try names.map { name in
      let level = try file.level(named: name)
      let digest = try DataDigest(of: level, in: file).description
      guard digest == digests[level.name] else {
        throw DatasetError(
          .fileChanged, file: choice.path, object: level.name,
          "this is no longer the content that the job was planned with: its digest is "
            + "\(digest.prefix(12))…, not \(digests[level.name]?.prefix(12) ?? "none")…",
          advice: "Launch the sweep file again to use the new content")
      }
      return try file.load(level: level.name)
    }
    return (TrainingData(levels, split: try choice.classSplit(of: levels[0])), file)
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
      try folder.write(checkpoint: content, file: kind + ".safetensors")
      return JobReport.Checkpoint(kind: kind, step: snapshot.step, file: kind + ".safetensors")
    }
  }

  private static func line(_ measures: [MeasuredValue]) -> String {
    let step = measures.first.map { "step \($0.step)" } ?? ""
    return step
      + measures.map { "  \($0.name) \(String(format: "%.4f", $0.value))" }.joined()
  }
}
