import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Store

extension ReportCommand {
  struct StoreMerge: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge",
      abstract: "Brings everything that another store holds into this one.",
      discussion: """
        Sweeps meet by name, jobs by key, runs by id; merging twice changes nothing, and the other \
        store is only read. A job that both have completed with other bits is reported, both runs \
        are kept, and the exit code is 1.

        Example:
          rll-report store merge /from/colleague.sqlite
        """)

    @Argument(help: ArgumentHelp("The store to take from.", valueName: "path"))
    var other: String
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let result = try store.changing { try $0.merge(other, now: Timestamp(Date())) }
      try output.print(MergeReport.report(result, of: other, into: store.path))
      guard result.conflicts.isEmpty else { throw CommandExit.failed.exitCode }
    }
  }
}
