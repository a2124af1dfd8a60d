import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Store

extension ReportCommand {
  struct Gate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Judges a sweep against its baseline: pass, regression, or cannot judge.",
      discussion: """
        Three questions. Where job and numerics are those of the baseline or of an earlier night, \
        are the bits the same? Is any measure of the sweep file's gate key worse by its margin, \
        against the baseline and against recent nights? Did a step cost more? Cells pair by the \
        values of swept settings, and seeds with seeds. The store is not changed, unless --record \
        keeps the night in it.

        Exit codes: 0 pass, 2 regression, 3 cannot judge.

        Examples:
          rll-report gate nightly
          rll-report gate nightly --baseline release-1 --junit gate.xml --markdown gate.md
          rll-report gate --max-age 26h
        """)

    @Argument(help: "A sweep: its name, part of its id, or latest.")
    var sweep = "latest"
    @Option(
      help: ArgumentHelp(
        "The baseline (default: the one last set for the sweep).", valueName: "name"))
    var baseline: String?
    @Option(
      help: ArgumentHelp("One of the sweep's launches by id (default: latest).", valueName: "id"))
    var launch = "latest"
    @Option(
      help: ArgumentHelp(
        "Do not judge what began longer ago, as 26h: minutes, hours, days, weeks.",
        valueName: "age"))
    var maxAge: Age?
    @Option(help: ArgumentHelp("Also write a JUnit file.", valueName: "file.xml"))
    var junit: String?
    @Option(help: ArgumentHelp("Also write a Markdown file.", valueName: "file.md"))
    var markdown: String?
    @Flag(help: "Keep the night and its verdict in the store.")
    var record = false
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if let junit, junit == markdown, junit != "-" {
        throw ValidationError(
          "--junit and --markdown are both \(junit); give each a file of its own")
      }
    }

    func run() throws {
      var request = GateRequest(sweep: sweep)
      request.launch = launch
      request.baseline = baseline
      request.storePath = store.namedPath
      request.longestAgeSeconds = maxAge?.seconds
      let judgement = try store.reading { store in
        let judgement = try request.judge(in: store)
        if record { try judgement.record(in: store) }
        return judgement
      }
      if let junit { try OutputFile(junit).write(judgement.junit) }
      if let markdown { try OutputFile(markdown).write(judgement.report.text(as: .markdown)) }
      try output.print(judgement.report)
      let exit = CommandExit(judgement.verdict)
      if exit != .done { throw exit.exitCode }
    }
  }
}
