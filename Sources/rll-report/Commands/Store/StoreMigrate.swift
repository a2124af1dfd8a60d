import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct StoreMigrate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "migrate",
      abstract: "Brings the store to the schema of this version, which every command does.",
      discussion: """
        A store of an older schema is copied to a file beside it first, which is kept. A newer \
        store is refused.

        Example:
          rll-report store migrate
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let report = try store.reading { store in
        try MigrationReport.report(
          path: self.store.path, from: store.migratedFrom, to: store.version(),
          backups: store.migrationBackups())
      }
      try output.print(report)
    }
  }
}
