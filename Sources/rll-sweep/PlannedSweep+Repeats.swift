import Runner
import Store
import Sweeps
import Training

/// The second round of a sweep, compared with the store.
struct PlannedRepeats {
  let plan: RunPlan
  let warnings: [String]
  /// Bytes of the weights that the jobs to be run leave in the store.
  let weightBytes: Int

  var toRun: [PlannedJob] { plan.jobs.filter { $0.action != .skip } }
}

extension PlannedSweep {
  /// What the search chose; nil where the sweep repeats nothing, or where some job of the search
  /// is neither completed nor failed.
  func repeats(in store: ExperimentStore) throws -> PlannedRepeats? {
    guard let repetition = sweep.repetition, try unsettledJobs(in: store) == 0 else { return nil }
    let round = repetition.round(
      after: plan.jobs.map(\.spec), values: try objectives(in: store), objective: sweep.objective,
      firstIndex: sweep.jobs.count)
    let searched = Dictionary(uniqueKeysWithValues: plan.jobs.map { ($0.spec.index, $0) })
    var jobs: [RunPlan.Job] = []
    var bytes: [String: Int] = [:]
    for (spec, original) in zip(round.jobs, round.originals) {
      guard let original = searched[original] else { continue }
      let job = try Self.job(spec, like: original, objective: sweep.objective, in: store)
      bytes[job.key] = bytesOfKey[original.key]
      jobs.append(job)
    }
    let known = try store.knownJobs(keys: jobs.map(\.key))
    let plan = RunPlan(
      jobs: jobs, known: known, options: options, numericsIdentity: identity.description)
    return PlannedRepeats(
      plan: plan, warnings: round.warnings + plan.warnings,
      weightBytes: plan.jobs.filter { $0.action != .skip }.reduce(0) { $0 + (bytes[$1.key] ?? 0) })
  }

  /// Jobs of the search without which nothing can be chosen.
  func unsettledJobs(in store: ExperimentStore) throws -> Int {
    let known = try store.knownJobs(keys: plan.jobs.map(\.key))
    return plan.jobs.count { job in
      known[job.key].map { $0.state != .completed && $0.state != .failed } ?? true
    }
  }

  /// The objective of each completed job of the search, under its index.
  private func objectives(in store: ExperimentStore) throws -> [Int: Double] {
    let known = try store.knownJobs(keys: plan.jobs.map(\.key))
      .filter { $0.value.state == .completed }
    let runs = try store.runs(.runs(known.values.map(\.runID)))
    let values = Dictionary(
      uniqueKeysWithValues: runs.map { ($0.jobKey, $0.metrics[sweep.objective.metric]) })
    var objectives: [Int: Double] = [:]
    for job in plan.jobs { objectives[job.spec.index] = values[job.key] ?? nil }
    return objectives
  }

  /// A job that differs from one of the search in settings that say nothing about its data.
  private static func job(
    _ spec: JobSpec, like original: PlannedJob, objective: Objective, in store: ExperimentStore
  ) throws -> RunPlan.Job {
    var spec = spec
    let initial = try initialWeights(of: &spec, in: store)
    return RunPlan.Job(
      spec: spec,
      key: JobKey.hash(
        of: spec, dataDigests: original.dataDigests, objective: objective, initialWeights: initial),
      canonicalText: JobKey.canonicalText(
        of: spec, dataDigests: original.dataDigests, objective: objective, initialWeights: initial),
      dataDigests: original.dataDigests, role: .repetition)
  }
}
