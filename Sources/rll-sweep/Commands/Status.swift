import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Runner
import Store

extension SweepCommand {
  struct Status: AsyncParsableCommand {
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
    private static let lookInterval = Duration.milliseconds(500)

    @Argument(help: "A sweep by name, id, or latest; all of them if left out.")
    var sweep: String?

    @Flag(help: "Show every change until nothing is running.")
    var watch = false

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      var slurm = SlurmRounds()
      var report = try await look(&slurm)
      try output.print(report.report)
      while watch, report.isAlive {
        try await Task.sleep(for: Self.lookInterval)
        let next = try await look(&slurm)
        if next.states != report.states || !next.isAlive { try show(next) }
        report = next
      }
    }

    /// Every look opens the store anew, which finds out what has died.
    private func look(_ slurm: inout SlurmRounds) async throws -> StatusReport {
      let store = try ExperimentStore(path: store.path, access: .read)
      let notes = try await slurm.notes(of: store)
      let sweeps = try sweep.map { [try store.sweep(named: $0)] } ?? store.sweeps()
      let report = StatusReport(
        sweeps: try sweeps.map { ($0, try store.runs(.sweep($0.name))) }, notes: notes)
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
  /// About Slurm.
  let notes: [String]

  /// Whether some launch is going on, or Slurm has jobs.
  var isAlive: Bool {
    sweeps.contains { sweep, runs in
      sweep.openLaunches > 0 || runs.contains { $0.state == .running }
    }
  }

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
      notes: failures.prefix(10).map { "failed: \($0.id.prefix(8))  \($0.error ?? "")" } + notes)
  }
}

/// Looks at Slurm for a command that shows the store again and again: less and less often.
private struct SlurmRounds {
  private var pace = SlurmPace()
  private var next = ContinuousClock.now
  private var last: [String] = []

  mutating func notes(of store: ExperimentStore) async throws -> [String] {
    guard store.isWritable, ContinuousClock.now >= next else { return last }
    let look = try await SlurmAccess.collector(of: store).settle()
    next = .now + pace.pause(after: look.open, isNews: !look.taken.counts.isEmpty)
    last = SlurmAccess.notes(look)
    return last
  }
}
