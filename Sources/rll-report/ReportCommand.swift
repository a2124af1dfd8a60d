import ArgumentParser
import CommandSupport

/// The program's table of contents.
@main
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rll-report",
    abstract: "Lists, shows and compares the runs that rll-sweep has made.",
    discussion: """
      Examples:
        rll-report runs --where "margin >= 0.4" --sort test/map@r --limit 10
        rll-report compare --sweep latest --by alpha,margin
        rll-report show latest
      Runs and sweeps are named by id, by name, by four letters or more of an id, or as latest.
      Exit codes: 0 done, 1 failed, 2 a regression, 3 it cannot be judged (both of gate), 64 wrong \
      usage, 74 the store cannot be read.
      """,
    version: ProgramVersion.text,
    subcommands: [
      Runs.self, Show.self, Compare.self, Curves.self, Sensitivity.self, Plot.self,
      HTML.self, Serve.self, Export.self, Gate.self, Baseline.self,
      SQL.self, Logs.self, Tag.self, Note.self, StoreCommand.self,
    ])

  static func main() async { await Program.run(ReportCommand.self) }
}
