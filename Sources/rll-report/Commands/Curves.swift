import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct Curves: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows how measures went over the steps of runs.",
      discussion: """
        Examples:
          rll-report curves latest
          rll-report curves 3f2a 9c01 --metric validation/map@r
          rll-report curves latest --format csv > points.csv
          rll-report curves 3f2a 9c01 --metric train/loss --svg loss.svg
        """)

    @Argument(help: "Runs: ids, four letters or more of them, or latest.")
    var runs: [String]
    @Option(
      help: ArgumentHelp(
        "Only these measures; may be given several times.", valueName: "name,name"))
    var metric: [NameList] = []
    @Option(
      help: ArgumentHelp(
        "Draw them into this SVG file instead; - is standard output.", valueName: "file"))
    var svg: String?
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let (curves, summaries) = try store.reading { store in
        let ids = try runs.map(store.runID(named:))
        let curves = try ids.flatMap { id in
          try MeasureCurve.curves(
            of: id, history: store.history(of: id), names: metric.flatMap(\.names))
        }
        return (curves, try svg == nil ? [] : store.runs(.runs(ids)))
      }
      guard let svg else { return try output.print(CurveReport.report(curves)) }
      try OutputFile(svg).write(CurvePicture.picture(curves, of: summaries).text)
    }
  }
}
