import CommandSupport
import Datasets
import Foundation
import Kernels
import Runner
import Store
import Sweeps
import Training

/// A sweep file expanded, checked against its data and compared with the store.
struct PlannedSweep {
  let file: String
  let sweep: ExpandedSweep
  let plan: RunPlan
  let known: [String: KnownJob]
  let options: RerunOptions
  let identity: NumericsIdentity
  /// What is evaluated untrained for comparison, one for each digest.
  let levels: [DataInventory.Level]
  /// Bytes of the weights that the jobs to be run leave in the store.
  let weightBytes: Int
  /// Bytes of the weights that a job of each key leaves.
  let bytesOfKey: [String: Int]
  /// The second round, where nothing of the first is left to run.
  private(set) var repeats: PlannedRepeats?

  var warnings: [String] { sweep.warnings + plan.warnings }

  /// Jobs that will run, first attempts and retries alike.
  var toRun: [PlannedJob] { plan.jobs.filter { $0.action != .skip } }

  init(
    file: String, overrides: [String], store: ExperimentStore?, options: RerunOptions,
    blas: BLASLibrary
  ) throws {
    self.file = file
    self.options = options
    sweep = try SweepExpansion.expand(
      text: try Self.text(of: file), file: file, overrides: overrides,
      environment: ProcessInfo.processInfo.environment, exclusion: ExpressionTable.exclusion,
      derivation: ExpressionTable.derivation, reader: { try Self.text(of: $0) })
    identity = NumericsIdentity(blas)
    let inventory = DataInventory()
    var levels: [String: DataInventory.Level] = [:]
    var jobs: [RunPlan.Job] = []
    var bytesOfKey: [String: Int] = [:]
    var divisions: [TrainingJob.DatasetChoice: ClassDivision] = [:]
    for spec in sweep.jobs {
      let job = try TrainingJob(spec, objective: sweep.objective)
      let used = try inventory.levels(of: job.dataset)
      for level in used { levels[level.digest] = level }
      if divisions[job.dataset] == nil {
        try sweep.checkGatedEpisodes(
          on: used[0].data.test, file: job.dataset.source.description)
      }
      let division = try divisions[job.dataset] ?? job.dataset.division(of: used[0].file)
      divisions[job.dataset] = division
      try Self.check(job, split: division.split, level: used[0])
      try used.forEach { try Self.checkComponents(job, split: division.split, level: $0) }
      var named = spec
      named.settings = named.settings.withAbsolutePaths()
      division.record(in: &named.settings)
      named.settings["dataset.levels"] = .list(used.map { .text($0.name) })
      named.origins["dataset.levels"] = named.origins["dataset.levels"] ?? .defaults
      let digests = Dictionary(used.map { ($0.name, $0.digest) }) { first, _ in first }
      let initial = try Self.initialWeights(of: &named, in: store)
      let text = JobKey.canonicalText(
        of: named, dataDigests: digests, objective: sweep.objective, initialWeights: initial)
      let key = JobKey.hash(
        of: named, dataDigests: digests, objective: sweep.objective, initialWeights: initial)
      bytesOfKey[key] =
        used.reduce(0) {
          $0 + job.configuration.network.weightCount(inputs: $1.data.level.dimension)
        } * MemoryLayout<Float>.stride
        * (spec.settings["checkpoint.keep"]?.list?.count ?? 0)
      jobs.append(
        RunPlan.Job(spec: named, key: key, canonicalText: text, dataDigests: digests))
    }
    known = try store?.knownJobs(keys: jobs.map(\.key)) ?? [:]
    let plan = RunPlan(
      jobs: jobs, known: known, options: options, numericsIdentity: identity.description)
    self.plan = plan
    self.bytesOfKey = bytesOfKey
    self.levels = levels.sorted { $0.key < $1.key }.map(\.value)
    weightBytes = plan.jobs.filter { $0.action != .skip }.reduce(0) {
      $0 + (bytesOfKey[$1.key] ?? 0)
    }
    if let store, toRun.isEmpty { repeats = try repeats(in: store) }
  }

  /// The digest of the weights that a job starts from; its setting then names their run in full.
  static func initialWeights(
    of spec: inout JobSpec, in store: ExperimentStore?
  ) throws -> String? {
    guard let name = spec.settings["initial"]?.text else { return nil }
    guard let store else {
      throw SettingsError(
        description: "initial is \(name), but there is no store yet to find that run in")
    }
    let run = try store.runID(named: name)
    let kept = try store.detail(of: run).checkpoints
    guard let best = kept.first(where: { $0.kind == "best" }) else {
      throw SettingsError(
        description: "initial names the run \(run), which has no weights in the store")
    }
    spec.settings["initial"] = .text(run)
    return best.sha256
  }

  private static func text(of file: String) throws -> String {
    do {
      return try String(contentsOfFile: file, encoding: .utf8)
    } catch {
      let isThere = FileManager.default.fileExists(atPath: file)
      throw SweepFileUnreadable(
        description: isThere
          ? "\(file) cannot be read as UTF-8 text" : "there is no sweep file \(file)")
    }
  }

  /// What preprocessing asks for must be there at each of its steps.
  private static func checkComponents(
    _ job: TrainingJob, split: ClassSplit, level: DataInventory.Level
  ) throws {
    var columns = level.data.level.dimension
    for step in job.configuration.preprocessing {
      guard let asked = step.components else { continue }
      let rows = level.data.train.restricted(to: split.training).count
      let available = max(min(columns, rows - 1), 0)
      guard asked <= available else {
        throw DatasetError(
          .wrongSetting, file: job.dataset.source.description, object: level.name,
          "dataset.preprocess asks \(step.name) for \(asked) components, but \(rows) training "
            + "rows of \(columns) values have at most \(available)",
          advice: "Lower it")
      }
      columns = asked
    }
  }

  private static func check(
    _ job: TrainingJob, split: ClassSplit, level: DataInventory.Level
  ) throws {
    let needed = job.configuration.classesPerBatch
    guard split.training.count < needed else { return }
    let heldOut = split.validation.count
    throw DatasetError(
      .tooFewClasses, file: job.dataset.source.description, object: level.name,
      "a batch \(needed)x\(job.configuration.itemsPerClass) needs \(needed) training classes, "
        + "but there are \(split.training.count)"
        + (heldOut > 0 ? " after \(heldOut) are held out for validation" : ""),
      advice: "Lower P in batch" + (heldOut > 0 ? ", or dataset.validation" : ""))
  }
}

/// A sweep file that is not there.
struct SweepFileUnreadable: ExitCoded, CustomStringConvertible {
  let description: String
  var commandExit: CommandExit { .usage }
}
