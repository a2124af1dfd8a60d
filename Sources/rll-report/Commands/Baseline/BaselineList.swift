import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct BaselineList: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists what the names of baselines stand for.",
      discussion: """
        Examples:
          rll-report baseline list
          rll-report baseline list --history
        """)

    @Flag(help: "Also what they stood for before, and when names were removed.")
    var history = false
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let all = try store.reading { try $0.baselineHistory() }
      try output.print(BaselineListing.report(history ? all : all.filter(\.isCurrent)))
    }
  }
}
