import ArgumentParser
import CommandSupport
import Store

extension ReportCommand {
  struct StoreBackup: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "backup",
      abstract: "Copies the store as it is now, while it is in use.",
      discussion: """
        The copy gets its name when it is whole, on the disk and has been checked.

        Example:
          rll-report store backup /safe/experiments-$(date +%F).sqlite
        """)

    @Argument(help: ArgumentHelp("The file to write.", valueName: "path"))
    var target: String
    @Flag(help: "Replace the file if there is one.")
    var force = false
    @OptionGroup var store: StoreOptions

    func run() throws {
      try store.reading { try $0.backUp(to: target, replacing: force) }
    }
  }
}
