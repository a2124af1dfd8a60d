import ArgumentParser
import CommandSupport

extension ReportCommand {
  struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "store",
      abstract: "Takes care of the store: check, merge, gc, backup, migrate.",
      discussion: """
        Examples:
          rll-report store check
          rll-report store backup /safe/experiments.sqlite
          rll-report store merge /from/colleague.sqlite
          rll-report store gc --keep best --older-than 30d --dry-run
        """,
      subcommands: [
        StoreCheck.self, StoreMerge.self, StoreCollect.self, StoreBackup.self, StoreMigrate.self,
      ])
  }
}
