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
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let table = try store.reading { try $0.query(query) }
      try output.print(QueryReport.report(table))
    }
  }
}
