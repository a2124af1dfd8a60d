import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows one run: settings, measures, cost, weights, how it came to be, its log.",
      discussion: """
        Examples:
          rll-report show latest
          rll-report show 3f2a --json
        """)

    @Argument(
      help: ArgumentHelp("A run: its id, four letters or more of it, or latest.", valueName: "run"))
    var name: String
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let detail = try store.reading { try $0.detail(of: $0.runID(named: name)) }
      try output.print(RunDetailReport(detail).report)
    }
  }
}
