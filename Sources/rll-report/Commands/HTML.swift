import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Store

extension ReportCommand {
  struct HTML: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "html",
      abstract: "Writes sweeps as one HTML file to explore in a browser, without a network.",
      discussion: """
        Which setting is picked and what it scores, what matters, two settings as a heat map, box \
        plots, parallel coordinates, curves, a table with filter and sort, differences of selected \
        runs, and how it all came to be. The file loads nothing from elsewhere. It needs Debian's \
        package node-d3, which is put into it.

        Examples:
          rll-report html latest -o report.html
          rll-report html demo omniglot -o both.html
        """)

    @Argument(help: "Sweeps: names, parts of ids, or latest.")
    var sweeps: [String]
    @Option(
      name: [.short, .customLong("output")],
      help: ArgumentHelp("The file to write; - is standard output.", valueName: "file.html"))
    var output: String
    @Option(
      help: ArgumentHelp(
        "Whose histories to put into the file (default: as many as 500,000 points hold).",
        valueName: "name,name"))
    var metric: [NameList] = []
    @Option(
      name: .customLong("d3"),
      help: ArgumentHelp(
        "A d3.min.js of version 5 (default: $RLL_D3, else node-d3's).", valueName: "path"))
    var library: String?
    @OptionGroup var store: StoreOptions

    func run() throws {
      let page = HTMLPage(library: try PageLibrary.text(path: library))
      let sources = try store.reading { store in
        try sweeps.flatMap {
          try PageSource.sources(of: $0, in: store, metrics: metric.flatMap(\.names))
        }
      }
      let document = PageDocument(
        program: "rll-report \(ProgramVersion.text)", writtenAt: Date(), sources: sources)
      try OutputFile(output).write(page.text(of: document))
    }
  }
}
