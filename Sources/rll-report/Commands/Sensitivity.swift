import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct Sensitivity: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows how much each swept setting matters, and its best value.",
      discussion: """
        A full grid is split exactly, by an analysis of variance with the seeds as noise. Other \
        sweeps, as those that draw their settings, by a functional analysis of variance of a \
        forest. Folds are averaged within a seed. Repeats of what a search chose are left out.

        Examples:
          rll-report sensitivity latest
          rll-report sensitivity demo --metric test/recall@1 --json
        """)

    @Argument(help: "A sweep by name, id, or latest.")
    var sweep: String
    @Option(
      help: ArgumentHelp(
        "The measure (default: the sweep's objective).", valueName: "name"))
    var metric: String?
    @Option(
      help: ArgumentHelp("Which of several sets of data, by its file's name.", valueName: "name"))
    var dataSet: String?
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let report = try store.reading { store in
        try SweepSensitivity(
          of: store.sweep(named: sweep), metric: metric, dataSet: dataSet, in: store
        ).report
      }
      try output.print(report)
    }
  }
}
