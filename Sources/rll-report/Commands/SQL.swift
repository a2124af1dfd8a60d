import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct SQL: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs one statement that reads, over the store's documented views.",
      discussion: """
        Views: runs, params (run_id, name, value), final_metrics (run_id, name, value), \
        metric_history (run_id, name, step, value), checkpoints (run_id, step, kind, bytes, \
        sha256), environments (run_id, name, value).

        Example:
          rll-report sql "SELECT state, count(*) AS n FROM runs GROUP BY state"
        """)

    @Argument(help: "SELECT, WITH, VALUES or EXPLAIN.")
    var query: String
    @Option(help: ArgumentHelp("What it may take (default: 30).", valueName: "seconds"))
    var timeout: Int?
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if let timeout, timeout < 1 {
        throw ValidationError("--timeout is \(timeout); give whole seconds from 1")
      }
    }

    func run() throws {
      let allowed = timeout.map { Duration.seconds($0) } ?? ExperimentStore.queryTime
      let table = try store.reading { try $0.query(query, allowed: allowed) }
      try output.print(QueryReport.report(table))
    }
  }
}
