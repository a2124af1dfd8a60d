import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Store

extension ReportCommand {
  struct BaselineRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove",
      abstract: "Gives the name of a baseline up; its history stays.",
      discussion: """
        Examples:
          rll-report baseline remove release-1 --reason "no longer supported"
        """)

    @Argument(help: "The baseline's exact name.")
    var name: String
    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String?
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let removal = try store.changing {
        try $0.removeBaseline(name, reason: reason, at: Timestamp(Date()))
      }
      try output.print(BaselineListing.report([removal]))
    }
  }
}
