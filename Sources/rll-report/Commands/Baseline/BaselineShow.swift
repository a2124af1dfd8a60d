import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct BaselineShow: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows a baseline: its history, and its measures in each cell.",
      discussion: """
        Examples:
          rll-report baseline show main
          rll-report baseline show latest --json
        """)

    @Argument(help: "A baseline: its name, four letters or more of its id, or latest.")
    var name: String
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let report = try store.reading { try BaselineListing.detail(of: name, in: $0) }
      try output.print(report)
    }
  }
}
