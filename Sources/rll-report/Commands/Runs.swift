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
        any measure is a name. With --group-by one line for each group: the number of its runs and \
        mean ± sd of the usual measures, or of --columns; --sort and --limit are then about groups.

        Examples:
          rll-report runs --sweep latest --sort test/map@r --limit 5
          rll-report runs --where "state = 'failed'" --columns run_id,alpha,error
          rll-report runs --where '"test/recall@1" > 0.8 AND P = 60'
          rll-report runs --group-by loss.name,state --sort test/map@r
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var selection: SelectionOptions
    @Option(help: ArgumentHelp("Only these columns, in this order.", valueName: "a,b,c"))
    var columns: NameList?
    @Option(
      help: ArgumentHelp("One line for all runs that agree in these.", valueName: "a,b"))
    var groupBy: NameList?
    @OptionGroup var output: OutputOptions

    func run() throws {
      try output.print(try store.reading { try report(of: $0) })
    }

    private func report(of store: ExperimentStore) throws -> Report {
      let names = columns?.names ?? []
      if let groupBy {
        return try selection.groups(from: store, by: groupBy.names, columnNames: names).report
      }
      let (runs, known) = try selection.runs(from: store)
      return try RunListing.report(
        runs, columns: known, columnNames: names, sortedBy: selection.sortName)
    }
  }
}
