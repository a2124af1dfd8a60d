import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct Runs: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists runs with their settings and measures.",
      discussion: """
        Without --columns: what tells the runs apart. Without --sort: the newest first; those of \
        one sweep in the order of its jobs. Any setting, any column of the store's view runs and \
        any measure is a name.

        Examples:
          rll-report runs --sweep latest --sort test/map@r --limit 5
          rll-report runs --where "state = 'failed'" --columns run_id,alpha,error
          rll-report runs --where '"test/recall@1" > 0.8 AND P = 60'
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var selection: SelectionOptions
    @Option(help: ArgumentHelp("Only these columns, in this order.", valueName: "a,b,c"))
    var columns: NameList?
    @Option(help: .hidden) var groupBy: String?
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if groupBy != nil {
        throw ValidationError(
          "--group-by is not built yet; rll-report compare --sweep S --by NAME groups over seeds")
      }
    }

    func run() throws {
      let report = try store.reading { store in
        let (runs, known) = try selection.runs(from: store)
        return try RunListing.report(runs, columns: known, columnNames: columns?.names ?? [])
      }
      try output.print(report)
    }
  }
}
