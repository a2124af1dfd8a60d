import CommandSupport
import Datasets
import Kernels
import Runner
import Store
import Training

/// A sweep as the store holds it, planned again: what failed, was cancelled or is left runs.
///
/// Nothing but the store and the data is needed. The settings are those that the jobs had, those
/// of the command line included.
struct StoredSweep {
  let launch: LaunchRecord
  let plan: RunPlan

  init(named name: String, in store: ExperimentStore, blas: BLASLibrary) throws {
    let sweep = try store.sweep(named: name)
    launch = sweep.launch
    let jobs = try store.storedJobs(of: sweep)
    let known = try store.knownJobs(keys: jobs.map(\.key))
    var options = RerunOptions()
    options.retriesFailed = true
    options.retriesCancelled = true
    plan = RunPlan(
      jobs: jobs.map {
        RunPlan.Job(
          spec: $0.spec, key: $0.key, canonicalText: $0.canonicalText,
          dataDigests: $0.dataDigests, role: $0.role, isFresh: $0.isOverdue)
      }, known: known, options: options, numericsIdentity: NumericsIdentity(blas).description)
    try checkData()
  }

  /// Files that are gone or changed are missed before anything runs.
  private func checkData() throws {
    let inventory = DataInventory()
    for job in plan.jobs where job.action != .skip {
      let dataset = try TrainingJob(job.spec, objective: launch.objective).dataset
      for level in try inventory.levels(of: dataset)
      where level.digest != job.dataDigests[level.name] {
        throw DatasetError(
          .fileChanged, file: level.file.path, object: level.name,
          "this is no longer the content that the jobs of \(launch.sweepName) were planned with",
          advice: "Put the file back, or launch the sweep file again to use the new content")
      }
    }
  }
}
