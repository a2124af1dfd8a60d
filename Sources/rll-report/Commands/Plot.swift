import ArgumentParser
import CommandSupport
import Reports
import Store
import Sweeps

extension ReportCommand {
  struct Plot: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draws a sweep as an SVG picture, without a browser.",
      discussion: """
        A heat map of two settings (by default the two that matter most), box plots of every \
        setting, or parallel coordinates; rll-report curves --svg draws histories.

        Examples:
          rll-report plot heatmap latest --svg map.svg
          rll-report plot heatmap demo --settings margin,lambda --svg map.svg
          rll-report plot boxes demo --metric test/recall@1 --svg boxes.svg
          rll-report plot parallel demo --svg lines.svg
        """)

    enum Kind: String, ExpressibleByArgument, CaseIterable {
      case heatmap, boxes, parallel
    }

    @Argument(help: "heatmap, boxes or parallel.")
    var kind: Kind
    @Argument(help: "A sweep by name, id, or latest.")
    var sweep: String
    @Option(help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
    var svg: String
    @Option(help: ArgumentHelp("The two settings of a heat map.", valueName: "across,down"))
    var settings: NameList?
    @Option(
      help: ArgumentHelp("The measure (default: the sweep's objective).", valueName: "name"))
    var metric: String?
    @Option(
      help: ArgumentHelp("Which of several sets of data, by its file's name.", valueName: "name"))
    var dataSet: String?
    @OptionGroup var store: StoreOptions

    func validate() throws {
      guard let settings else { return }
      guard kind == .heatmap, settings.names.count == 2 else {
        throw ValidationError("--settings names the two settings of a heatmap: across,down")
      }
    }

    func run() throws {
      let sensitivity = try store.reading { store in
        try SweepSensitivity(
          of: store.sweep(named: sweep), metric: metric, dataSet: dataSet, in: store)
      }
      let picture =
        switch kind {
        case .heatmap:
          try HeatMapPicture(
            sensitivity, settings: settings.map { ($0.names[0], $0.names[1]) }
          ).picture
        case .boxes: BoxPicture(sensitivity).picture
        case .parallel: ParallelPicture(sensitivity).picture
        }
      try OutputFile(svg).write(picture.text)
    }
  }
}
