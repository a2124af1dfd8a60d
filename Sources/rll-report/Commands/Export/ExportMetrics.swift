import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct ExportMetrics: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "metrics",
      abstract: "Writes the histories of measures, one point a row, as CSV unless told otherwise.",
      discussion: """
        Columns are run_id, name, step and value; a value that is no number is missing. Without \
        names of runs, those that the other options choose.

        Examples:
          rll-report export metrics > points.csv
          rll-report export metrics latest --metric train/loss,validation/map@r
          rll-report export metrics --sweep latest --where "seed = 0" --format jsonl
        """)

    @OptionGroup var chosen: ExportedRuns
    @Option(
      help: ArgumentHelp(
        "Only these measures; may be given several times.", valueName: "name,name"))
    var metric: [NameList] = []
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let names = Set(metric.flatMap(\.names))
      let format = output.format(default: .csv)
      try store.reading { store in
        let runs = try chosen.ids(in: store)
        func report(_ runs: some Sequence<String>) throws -> Report {
          HistoryTable.report(
            try runs.map { ($0, try store.history(of: $0, measures: names.isEmpty ? nil : names)) })
        }
        guard let first = runs.first, format == .csv || format == .jsonl else {
          return try output.print(report(runs), default: .csv)
        }
        // Run by run: a million points in one piece take more memory than they need.
        try StandardOutput.write(report([first]).text(as: format))
        for run in runs.dropFirst() {
          try StandardOutput.write(HistoryTable.continuation(report([run]), as: format))
        }
      }
    }
  }
}
