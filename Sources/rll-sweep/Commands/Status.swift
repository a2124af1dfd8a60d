import ArgumentParser
import CommandSupport
import Reports
import Store

extension SweepCommand {
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows what is running, waiting, done and failed.",
      discussion: """
        Examples:
          rll-sweep status
          rll-sweep status latest
        """)

    @Argument(help: "A sweep by name, id, or latest; all of them if left out.")
    var sweep: String?

    @Flag(help: .hidden) var watch = false
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if watch { throw ValidationError("--watch is not built yet; repeat the command") }
    }

    func run() throws {
      let store = try ExperimentStore(path: store.path, access: .read)
      let sweeps = try sweep.map { [try store.sweep(named: $0)] } ?? store.sweeps()
      let report = try StatusReport(sweeps: sweeps.map { ($0, try store.runs(.sweep($0.name))) })
      try store.close()
      try output.print(report.report)
    }
  }
}

/// One row for each sweep: how many of its jobs are in which state.
private struct StatusReport {
  let sweeps: [(sweep: SweepSummary, runs: [RunSummary])]

  var report: Report {
    let states = RunState.allCases
    let columns =
      [ReportTable.Column("sweep"), ReportTable.Column("sweep_id"), ReportTable.Column("jobs")]
      + states.map { ReportTable.Column($0.rawValue) }
      + [ReportTable.Column("launched_at", title: "launched")]
    let rows = sweeps.map { sweep, runs -> [ReportCell] in
      let counts = states.map { state in
        ReportCell.integer(runs.count { $0.state == state })
      }
      let start: [ReportCell] = [
        .text(sweep.name), .text(sweep.id), .integer(sweep.jobs),
      ]
      return start + counts + [.text(sweep.launch.startedAt.description)]
    }
    let failures = sweeps.flatMap(\.runs).filter { $0.state == .failed }
    return Report(
      table: ReportTable(columns: columns, rows: rows),
      notes: failures.prefix(10).map { "failed: \($0.id.prefix(8))  \($0.error ?? "")" })
  }
}
