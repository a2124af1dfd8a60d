import ArgumentParser
import CommandSupport
import Reports
import Store
import Sweeps

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
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let report = try store.reading { store in
        let sweep = try store.sweep(named: sweep)
        let objective =
          metric.map {
            Objective(metric: $0, goal: Measure($0).isMinimized ? .minimize : .maximize)
          } ?? sweep.launch.objective
        return try SweepSensitivity(
          sweep: sweep.name, objective: objective, axes: sweep.launch.axes.map(\.name),
          runs: store.runs(.sweep(sweep.name, role: .search))
        ).report
      }
      try output.print(report)
    }
  }
}
