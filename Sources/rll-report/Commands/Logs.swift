import ArgumentParser
import CommandSupport
import Store

extension ReportCommand {
  struct Logs: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints what a run has printed.",
      discussion: """
        Of an attempt that ended, the store has the end of its log.

        Examples:
          rll-report logs latest
          rll-report logs latest --follow
        """)

    @Argument(
      help: ArgumentHelp("A run: its id, four letters or more of it, or latest.", valueName: "run"))
    var name: String
    @Flag(help: "Go on while it runs, or waits for its launch to run it.")
    var follow = false
    @OptionGroup var store: StoreOptions

    func run() throws {
      try store.reading { store in
        let log = try RunLog(of: store.runID(named: name), in: store)
        if follow { try log.follow() } else { try log.print() }
      }
    }
  }
}
