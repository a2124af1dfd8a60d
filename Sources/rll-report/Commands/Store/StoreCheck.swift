import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct StoreCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Looks at everything in the store and says what is wrong and what to do.",
      discussion: """
        SQLite's own check, references, the schema, and the digest of every job, sweep file and \
        checkpoint. Exit codes: 0 sound, 74 damaged. A remark is no damage.

        Example:
          rll-report store check --json
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let opened = try open()
      let condition = try opened.check()
      try output.print(StoreCheckReport.report(condition, path: store.path))
      guard condition.damage.isEmpty else { throw CommandExit.inputOutput.exitCode }
      try opened.close()
    }

    /// One that is too damaged for what every command does first is looked at as it is.
    private func open() throws -> ExperimentStore {
      do {
        return try ExperimentStore(path: store.path, access: .read)
      } catch let error as StoreError where error.code == .damaged {
        return try ExperimentStore(path: store.path, access: .inspect)
      }
    }
  }
}
