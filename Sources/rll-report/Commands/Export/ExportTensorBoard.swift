import ArgumentParser
import CommandSupport
import Reports
import Store

extension ReportCommand {
  struct ExportTensorBoard: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tensorboard",
      abstract: "Writes the histories of runs as event files for TensorBoard.",
      discussion: """
        One folder for each run, named by sweep and id, with its histories as scalars.

        Examples:
          rll-report export tensorboard events --sweep latest
          tensorboard --logdir events
        """)

    @Argument(help: ArgumentHelp("The folder to write; a new or an empty one.", valueName: "dir"))
    var folder: String
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      try ExportFolder.checkEmpty(folder)
      let count = try store.reading { store in
        let runs = try selection.runs(from: store).chosen
        for run in runs {
          let exported = InterchangeRun(
            detail: try store.detail(of: run.id), history: try store.history(of: run.id))
          try ExportFolder.write(
            [EventFile.file(of: exported, in: "\(run.sweep)/\(run.id.prefix(8))")], to: folder)
        }
        return runs.count
      }
      try StandardOutput.write("\(folder): \(Counted(count, "run"))\n")
    }
  }
}
