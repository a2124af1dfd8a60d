import ArgumentParser
import CommandSupport
import Reports
import Runner
import Store

extension SweepCommand {
  struct Collect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes in what Slurm has run, from any host that sees the store.",
      discussion: """
        For launches that were detached or have ended before their jobs in Slurm. Launch and
        status do the same on their way. With --abandon what has left no result is interrupted,
        so that it can be launched again: for a cluster that is gone for good.

        Examples:
          rll-sweep collect
          rll-sweep collect demo
        """)

    @Argument(help: "A sweep by name, id, or latest; all of them if left out.")
    var sweep: String?

    @Flag(help: "Give up what Slurm has and has not finished.")
    var abandon = false

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let store = try ExperimentStore(path: store.path, access: .read)
      let name = try sweep.map { try store.sweep(named: $0).name }
      let collector = SlurmAccess.collector(of: store)
      let look =
        abandon ? try await collector.abandon(name) : try await collector.settle(at: name)
      try store.close()
      try output.print(Self.report(look))
      if look.failure != nil, look.open > 0 { throw CommandExit.failed.exitCode }
    }

    private static func report(_ look: SlurmLook) -> Report {
      let states: [AttemptOutcome.State] = [.completed, .failed, .cancelled, .interrupted]
      let counts = states.map { ReportCell.integer(look.taken.counts[$0, default: 0]) }
      return Report(
        table: ReportTable(
          columns: (states.map(\.rawValue) + ["running", "waiting", "unknown"]).map {
            ReportTable.Column($0)
          },
          rows: [
            counts + [
              .integer(look.running), .integer(look.waiting),
              .integer(look.doubtful + look.unseen),
            ]
          ]),
        notes: look.taken.failures.map {
          "failed: \($0.task.runID.prefix(8))  \($0.outcome.message ?? "")"
        } + SlurmAccess.notes(look))
    }
  }
}
