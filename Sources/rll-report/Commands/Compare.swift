import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compares runs side by side, or the settings of a sweep over their seeds.",
      discussion: """
        Runs: the settings in which they differ, then their measures. A sweep: the number of runs, \
        mean ± standard deviation for each setting, which one the validation classes pick and \
        what that one scores on the test classes. Folds of a cross-validation are averaged within \
        a seed, unless --by names fold. With --tuned each line is taken at the value of these \
        settings that is best on the validation classes: a comparison at one learning rate is a \
        comparison of step sizes. Where a sweep repeats what its search chose, the repeats are \
        compared, with intervals, and never mixed with the trials, which --search shows. With \
        two seeds or more the lines are compared with the best one, or with --reference: paired \
        differences with intervals, p values as they are and corrected for the number of lines, \
        and the smallest difference that so many seeds can show.

        Examples:
          rll-report compare 3f2a 9c01
          rll-report compare 3f2a 9c01 --per-class
          rll-report compare --sweep latest
          rll-report compare --sweep omniglot --by loss.alpha,loss.margin --format csv
          rll-report compare --sweep losses --by loss.name --tuned optimizer.learning_rate
          rll-report compare --sweep latest --latex > table.tex
          rll-report compare --sweep losses --by loss.name --reference contrastive
        """)

    @Argument(help: "Two runs or more: ids, four letters or more of them, or latest.")
    var runs: [String] = []
    @Option(help: ArgumentHelp("A sweep: its name, part of its id, or latest.", valueName: "name"))
    var sweep: String?
    @Option(
      help: ArgumentHelp(
        "The settings to compare by (default: all that the sweep varies).", valueName: "a,b"))
    var by: NameList?
    @Option(
      help: ArgumentHelp(
        "Settings at whose best value by the objective each line is taken.", valueName: "a,b"))
    var tuned: NameList?
    @Flag(help: "The trials of the search, where the sweep has repeats of what it chose.")
    var search = false
    @Option(
      help: ArgumentHelp(
        "The line to compare the others with (default: the best one).", valueName: "cell"))
    var reference: String?
    @Flag(help: "Rank embeddings of different lengths together.")
    var allowMixedDimension = false
    @Flag(help: "Two runs on each test class: where they differ.")
    var perClass = false
    @Flag(help: "A table for a paper: the same as --format latex.")
    var latex = false
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      let format = output.format(default: .latex)
      if latex, format != .latex {
        throw ValidationError(
          "--latex and --format \(format.rawValue) contradict each other; give one of them")
      }
    }

    /// Checked after options that are unknown, whose values look like runs.
    private func checkSubject() throws {
      if sweep == nil {
        let given: [(name: String, isGiven: Bool)] = [
          ("--by", by != nil), ("--tuned", tuned != nil), ("--search", search),
          ("--reference", reference != nil), ("--allow-mixed-dimension", allowMixedDimension),
        ]
        if let option = given.first(where: \.isGiven)?.name {
          throw ValidationError("\(option) needs a sweep; name it with --sweep")
        }
        guard runs.count > 1 else {
          throw ValidationError("name two runs or more, or a sweep with --sweep")
        }
      } else if !runs.isEmpty {
        throw ValidationError("give either runs or --sweep, not both")
      } else if perClass {
        throw ValidationError("--per-class compares two runs; name them instead of --sweep")
      }
    }

    func run() throws {
      try checkSubject()
      let report = try store.reading { store in
        try sweep.map { try compare(sweep: $0, in: store) } ?? compareRuns(in: store)
      }
      try output.print(report, default: latex ? .latex : .table)
    }

    private func compareRuns(in store: ExperimentStore) throws -> Report {
      let found = try store.runs(.runs(runs.map(store.runID(named:))))
      guard perClass else { return try RunComparison(found).report }
      return try RunClasses(found, outcomes: store.queryOutcomes(of: found.map(\.id))).report
    }

    private func compare(sweep name: String, in store: ExperimentStore) throws -> Report {
      var request = ComparisonRequest()
      request.settings = by?.names ?? []
      request.tuned = tuned?.names ?? []
      request.reference = reference
      request.allowsMixedDimensions = allowMixedDimension
      return try SweepReport(
        of: store.sweep(named: name), isSearch: search, as: request, in: store
      ).report
    }
  }
}
