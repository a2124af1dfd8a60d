import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct BaselineSet: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set",
      abstract: "Makes the results of a sweep's launch a baseline.",
      discussion: """
        Every job of the launch must be completed. What the gate judged a regression can be \
        a baseline for a reason: so a change that is wanted is accepted.

        Examples:
          rll-report baseline set main nightly
          rll-report baseline set release-2 nightly --launch 4f2a
        """)

    @Argument(help: "The baseline's name.")
    var name: String
    @Argument(help: "A sweep: its name, part of its id, or latest.")
    var sweep: String
    @Option(
      help: ArgumentHelp("One of the sweep's launches by id (default: latest).", valueName: "id"))
    var launch = "latest"
    @Option(
      help: ArgumentHelp(
        "Why, where the name stands for something already, or the launch was a regression.",
        valueName: "text"))
    var reason: String?
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      var request = BaselineRequest(name: name, sweep: sweep)
      request.launch = launch
      request.reason = reason
      request.storePath = store.namedPath
      let (baseline, night) = try store.changing { try request.set(in: $0) }
      try output.print(BaselineListing.report(set: baseline, night: night))
    }
  }
}
