import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct Note: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes a note to a run in place of the one that it has.",
      discussion: """
        Examples:
          rll-report note latest "the one in table 3"
          rll-report note 3f2a ""
        """)

    @Argument(
      help: ArgumentHelp("A run: its id, four letters or more of it, or latest.", valueName: "run"))
    var name: String
    @Argument(help: "The note; an empty one removes it.")
    var text: String
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let runs = try store.changing { store in
        let id = try store.runID(named: name)
        try store.note(id, text.isEmpty ? nil : text)
        return try store.runs(.runs([id]))
      }
      try output.print(AnnotationReport.notes(of: runs))
    }
  }
}
