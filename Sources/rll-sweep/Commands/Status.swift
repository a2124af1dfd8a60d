import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Store

extension SweepCommand {
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows what is running, waiting, done and failed.",
      discussion: """
        With --watch it shows every change, until nothing is running any more.

        Examples:
          rll-sweep status
          rll-sweep status latest
          rll-sweep status latest --watch
        """)

    /// Between two looks with --watch.
    private static let lookMicroseconds: UInt32 = 500_000

    @Argument(help: "A sweep by name, id, or latest; all of them if left out.")
    var sweep: String?

    @Flag(help: "Show every change until nothing is running.")
    var watch = false

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      var report = try look()
      try output.print(report.report)
      while watch, report.isAlive {
        usleep(Self.lookMicroseconds)
        let next = try look()
        if next.states != report.states || !next.isAlive { try show(next) }
        report = next
      }
    }

    /// Every look opens the store anew, which finds out what has died.
    private func look() throws -> StatusReport {
      let store = try ExperimentStore(path: store.path, access: .read)
      let sweeps = try sweep.map { [try store.sweep(named: $0)] } ?? store.sweeps()
      let report = StatusReport(sweeps: try sweeps.map { ($0, try store.runs(.sweep($0.name))) })
      try store.close()
      return report
    }

    private func show(_ report: StatusReport) throws {
      if Terminal.standardOutput.isTerminal { try StandardOutput.write("\u{1B}[H\u{1B}[2J") }
      try output.print(report.report)
    }
  }
}

/// One row for each sweep: how many of its jobs are in which state.
private struct StatusReport {
  let sweeps: [(sweep: SweepSummary, runs: [RunSummary])]

  /// Whether some launch is going on.
  var isAlive: Bool { sweeps.contains { $0.sweep.openLaunches > 0 } }

  var states: [[RunState]] { sweeps.map { $0.runs.map(\.state) } }

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
