import Foundation
import Reports
import Runner
import Store
import Sweeps

/// What `plan` prints.
struct PlanReport {
  let sweeps: [PlannedSweep]
  let workers: Int
  /// What the command line says of the jobs' limits.
  let limits: ResourceOptions

  var report: Report {
    let documents = sweeps.map(document)
    return Report(
      sections: sweeps.flatMap(sections), data: data,
      document: documents.count == 1 ? documents[0] : .array(documents))
  }

  /// The jobs of the file, and below them those of the second round where these are known.
  private func sections(_ planned: PlannedSweep) -> [Report.Section] {
    let first = Report.Section(
      title: title(planned.sweep.name, planned.plan.jobs, toRun: planned.toRun),
      table: table(planned.plan.jobs, of: planned.sweep),
      notes: planned.warnings.map { "warning: \($0)" } + planned.sweep.notes
        + limitNotes(planned)
        + [estimate(planned.toRun, bytes: planned.weightBytes, known: planned.known)]
        + [comingRepeats(planned)].compactMap(\.self))
    guard let repeats = planned.repeats else { return [first] }
    let second = Report.Section(
      title: title(planned.sweep.name + ", repeats", repeats.plan.jobs, toRun: repeats.toRun),
      table: table(repeats.plan.jobs, of: planned.sweep),
      notes: repeats.warnings.map { "warning: \($0)" }
        + [estimate(repeats.toRun, bytes: repeats.weightBytes, known: planned.known)])
    return [first, second]
  }

  private func limitNotes(_ planned: PlannedSweep) -> [String] {
    let resources = limits.applied(to: planned.sweep.resources).description
    return resources.isEmpty ? [] : ["Each job: \(resources)."]
  }

  private func title(_ name: String, _ jobs: [PlannedJob], toRun: [PlannedJob]) -> String {
    "\(name): \(Counted(jobs.count, "job")), \(toRun.count) to run"
  }

  private func table(_ jobs: [PlannedJob], of sweep: ExpandedSweep) -> ReportTable {
    let hasFolds = jobs.contains { $0.fold != nil } && sweep.folds != nil
    let axes = sweep.axes.map(\.name).filter { sweep.folds == nil || $0 != "dataset.validation" }
    let names =
      ["index", "job_key"] + axes + (hasFolds ? ["fold"] : []) + ["seed", "action", "reason"]
    let rows = jobs.map { job -> [ReportCell] in
      let settings = job.spec.settings
      let shown = axes.map { settings[$0] } + (hasFolds ? [job.fold] : []) + [settings["seed"]]
      let start: [ReportCell] = [.integer(job.spec.index), .text(String(job.key.prefix(12)))]
      return start + shown.map { $0.map(ReportCell.setting) ?? .missing } + [
        .text(job.action.rawValue), .text(job.reason),
      ]
    }
    return ReportTable(columns: names.map { ReportTable.Column($0) }, rows: rows)
  }

  /// All jobs of all files, with the columns that every file has.
  private var data: ReportTable {
    let names = ["sweep", "index", "job_key", "action", "reason", "settings", "role"]
    let rows = sweeps.flatMap { planned in
      planned.jobs.map { job -> [ReportCell] in
        [
          .text(planned.sweep.name), .integer(job.spec.index), .text(job.key),
          .text(job.action.rawValue), .text(job.reason), .setting(.mapping(job.spec.settings)),
          .text(job.role.rawValue),
        ]
      }
    }
    return ReportTable(columns: names.map { ReportTable.Column($0) }, rows: rows)
  }

  private func document(_ planned: PlannedSweep) -> JSONValue {
    let jobs = planned.jobs.map { job in
      JSONValue.object([
        .init("job_key", .string(job.key)), .init("index", .integer(job.spec.index)),
        .init("settings", .sorted(job.spec.settings, transform: JSONValue.init)),
        .init("action", .string(job.action.rawValue)), .init("reason", .string(job.reason)),
        .init("role", .string(job.role.rawValue)),
      ])
    }
    let toRun = planned.toRun + (planned.repeats?.toRun ?? [])
    return .document([
      .init("sweep", .string(planned.sweep.name)), .init("jobs", .array(jobs)),
      .init("repeat", repetition(planned)),
      .init("warnings", .array(planned.allWarnings.map(JSONValue.string))),
      .init("seconds", JSONValue(seconds(toRun, known: planned.known))),
      .init("bytes", .integer(planned.weightBytes + (planned.repeats?.weightBytes ?? 0))),
    ])
  }

  // MARK: The second round

  private func repetition(_ planned: PlannedSweep) -> JSONValue {
    guard let repetition = planned.sweep.repetition else { return .null }
    return [
      "best": .integer(repetition.best), "per_loss": .bool(repetition.isPerLoss),
      "seeds": .array(repetition.seeds(beside: planned.sweep.jobs).map(JSONValue.integer)),
      "refit": .bool(repetition.refits), "is_chosen": .bool(planned.repeats != nil),
    ]
  }

  /// What the second round will be, while the search has jobs to run.
  private func comingRepeats(_ planned: PlannedSweep) -> String? {
    guard let repetition = planned.sweep.repetition, planned.repeats == nil else { return nil }
    let seeds = repetition.seeds(beside: planned.sweep.jobs)
    let list = Self.list(seeds)
    let which =
      repetition.best == 1 ? "the best setting" : "the \(repetition.best) best settings"
    let place =
      repetition.refits
      ? "on all training classes for all steps" : planned.sweep.folds == nil ? "" : "on every fold"
    return
      "When these are completed or failed, \(which)\(repetition.isPerLoss ? " of each loss" : "")"
      + " by \(planned.sweep.objective.metric) \(repetition.best == 1 ? "is" : "are") repeated with "
      + "\(seeds.count == 1 ? "seed" : "seeds") \(list)\(place.isEmpty ? "" : " " + place)."
  }

  private static func list(_ seeds: [Int]) -> String {
    let isRun = zip(seeds, seeds.dropFirst()).allSatisfy { $0 + 1 == $1 }
    if isRun, seeds.count > 2, let first = seeds.first, let last = seeds.last {
      return "\(first) to \(last)"
    }
    return seeds.map(String.init).joined(separator: ", ")
  }

  // MARK: Cost

  /// Mean time of this sweep's completed jobs, for those that are left.
  private func seconds(_ toRun: [PlannedJob], known: [String: KnownJob]) -> Double? {
    let times = known.values.compactMap(\.wallSeconds)
    guard !times.isEmpty else { return nil }
    let mean = times.reduce(0, +) / Double(times.count)
    return mean * Double(toRun.count) / Double(max(1, min(workers, toRun.count)))
  }

  private func estimate(
    _ toRun: [PlannedJob], bytes: Int, known: [String: KnownJob]
  ) -> String {
    guard !toRun.isEmpty else { return "Nothing is left to run." }
    let space = "\(ReportCell.bytes(bytes).shownText) of the store"
    let jobs = Counted(toRun.count, "job")
    guard let time = seconds(toRun, known: known) else {
      return "\(jobs) would take \(space); the time can be told once one of them has run."
    }
    return "\(jobs) would take about \(ReportCell.seconds(time).shownText) with "
      + "\(Counted(workers, "worker")) and \(space)."
  }
}

extension PlannedSweep {
  /// Of both rounds, as far as they are known.
  fileprivate var jobs: [PlannedJob] { plan.jobs + (repeats?.plan.jobs ?? []) }

  fileprivate var allWarnings: [String] { warnings + (repeats?.warnings ?? []) }
}

extension PlannedJob {
  /// Which fold of a cross-validation is held out.
  fileprivate var fold: SettingValue? { spec.settings["dataset.validation"]?.mapping?["fold"] }
}
