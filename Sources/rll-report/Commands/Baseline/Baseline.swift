import ArgumentParser
import CommandSupport

extension ReportCommand {
  struct Baseline: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Names the results of a sweep that later ones are judged by.",
      discussion: """
        A baseline is kept by value: it stays when its runs are removed. A name that stands for \
        something already is given to something else only with --reason, and its history stays.

        Examples:
          rll-report baseline set main nightly
          rll-report baseline set main nightly --reason "centring the features"
          rll-report baseline show main
        """,
      subcommands: [
        BaselineSet.self, BaselineList.self, BaselineShow.self, BaselineRemove.self,
      ])
  }
}
