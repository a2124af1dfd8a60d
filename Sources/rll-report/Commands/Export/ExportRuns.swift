import ArgumentParser
import CommandSupport
import Reports

extension ReportCommand {
  struct ExportRuns: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "runs",
      abstract: "Writes every setting and measure of every run, as CSV unless told otherwise.",
      discussion: """
        Examples:
          rll-report export runs > runs.csv
          rll-report export runs --sweep latest --format jsonl
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let runs = try store.reading { try selection.runs(from: $0).chosen }
      try output.print(RunListing.export(runs), default: .csv)
    }
  }
}
