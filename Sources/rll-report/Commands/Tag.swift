import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct Tag: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Adds and removes tags of runs; --where \"tag('x')\" finds them.",
      discussion: """
        Examples:
          rll-report tag 3f2a 9c01 --add paper
          rll-report tag latest --add paper --remove draft
          rll-report runs --where "tag('paper')"
        """)

    @Argument(help: "Runs: ids, four letters or more of them, or latest.")
    var runs: [String]
    @Option(help: ArgumentHelp("A tag to add; may be given several times.", valueName: "tag"))
    var add: [String] = []
    @Option(help: ArgumentHelp("A tag to remove; may be given several times.", valueName: "tag"))
    var remove: [String] = []
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if add.isEmpty && remove.isEmpty {
        throw ValidationError("say which tag, with --add or --remove")
      }
      if let both = add.first(where: remove.contains) {
        throw ValidationError("'\(both)' cannot be both added and removed")
      }
    }

    func run() throws {
      let tagged = try store.changing { store in
        let ids = try runs.map(store.runID(named:))
        try store.tag(ids, add: add, remove: remove)
        return try store.runs(.runs(ids))
      }
      try output.print(AnnotationReport.tags(of: tagged))
    }
  }
}
