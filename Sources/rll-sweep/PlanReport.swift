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
      sections: sweeps.map(section), data: data,
      document: documents.count == 1 ? documents[0] : .array(documents))
  }

  private func section(_ planned: PlannedSweep) -> Report.Section {
    Report.Section(
      title: "\(planned.sweep.name): \(Counted(planned.plan.jobs.count, "job")), "
        + "\(planned.toRun.count) to run",
      table: table(planned),
      notes: planned.warnings.map { "warning: \($0)" } + planned.sweep.notes
        + limitNotes(planned) + [estimate(planned)])
  }

  private func limitNotes(_ planned: PlannedSweep) -> [String] {
    let resources = limits.applied(to: planned.sweep.resources).description
    return resources.isEmpty ? [] : ["Each job: \(resources)."]
  }

  private func table(_ planned: PlannedSweep) -> ReportTable {
    let hasFolds = planned.sweep.folds != nil
    let axes = planned.sweep.axes.map(\.name).filter { !hasFolds || $0 != "dataset.validation" }
    let names =
      ["index", "job_key"] + axes + (hasFolds ? ["fold"] : []) + ["seed", "action", "reason"]
    let rows = planned.plan.jobs.map { job -> [ReportCell] in
      let settings = job.spec.settings
      let fold = settings["dataset.validation"]?.mapping?["fold"]
      let shown =
        axes.map { settings[$0] } + (hasFolds ? [fold] : []) + [settings["seed"]]
      let start: [ReportCell] = [.integer(job.spec.index), .text(String(job.key.prefix(12)))]
      return start + shown.map { $0.map(ReportCell.setting) ?? .missing } + [
        .text(job.action.rawValue), .text(job.reason),
      ]
    }
    return ReportTable(columns: names.map { ReportTable.Column($0) }, rows: rows)
  }

  /// All jobs of all files, with the columns that every file has.
  private var data: ReportTable {
    let names = ["sweep", "index", "job_key", "action", "reason", "settings"]
    let rows = sweeps.flatMap { planned in
      planned.plan.jobs.map { job -> [ReportCell] in
        [
          .text(planned.sweep.name), .integer(job.spec.index), .text(job.key),
          .text(job.action.rawValue), .text(job.reason), .setting(.mapping(job.spec.settings)),
        ]
      }
    }
    return ReportTable(columns: names.map { ReportTable.Column($0) }, rows: rows)
  }

  private func document(_ planned: PlannedSweep) -> JSONValue {
    let jobs = planned.plan.jobs.map { job in
      JSONValue.object([
        .init("job_key", .string(job.key)), .init("index", .integer(job.spec.index)),
        .init("settings", .sorted(job.spec.settings, transform: JSONValue.init)),
        .init("action", .string(job.action.rawValue)), .init("reason", .string(job.reason)),
      ])
    }
    return .document([
      .init("sweep", .string(planned.sweep.name)), .init("jobs", .array(jobs)),
      .init("warnings", .array(planned.warnings.map(JSONValue.string))),
      .init("seconds", JSONValue(seconds(planned))),
      .init("bytes", .integer(planned.weightBytes)),
    ])
  }

  /// Mean time of this sweep's completed jobs, for those that are left.
  private func seconds(_ planned: PlannedSweep) -> Double? {
    let times = planned.known.values.compactMap(\.wallSeconds)
    guard !times.isEmpty else { return nil }
    let mean = times.reduce(0, +) / Double(times.count)
    return mean * Double(planned.toRun.count) / Double(max(1, min(workers, planned.toRun.count)))
  }

  private func estimate(_ planned: PlannedSweep) -> String {
    guard !planned.toRun.isEmpty else { return "Nothing is left to run." }
    let space = "\(ReportCell.bytes(planned.weightBytes).shownText) of the store"
    let jobs = Counted(planned.toRun.count, "job")
    guard let time = seconds(planned) else {
      return "\(jobs) would take \(space); the time can be told once one of them has run."
    }
    return "\(jobs) would take about \(ReportCell.seconds(time).shownText) with "
      + "\(Counted(workers, "worker")) and \(space)."
  }
}
