import ArgumentParser
import CommandSupport
import Foundation
import Reports
import Store

extension ReportCommand {
  struct ExportMLflow: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "mlflow",
      abstract: "Writes runs as a directory that MLflow opens.",
      discussion: """
        A sweep is an experiment, settings are parameters, histories are metrics, and the rest are \
        tags. What a run has in the end stands under final/; recall@1 is recall_at_1 there.

        Examples:
          rll-report export mlflow mlruns
          rll-report export mlflow mlruns --sweep latest --weights
          mlflow ui --backend-store-uri mlruns
        """)

    @Argument(help: ArgumentHelp("The folder to write; a new or an empty one.", valueName: "dir"))
    var folder: String
    @OptionGroup var selection: SelectionOptions
    @Flag(help: "The stored weights too, as artifacts.")
    var weights = false
    @OptionGroup var store: StoreOptions

    func run() throws {
      try ExportFolder.checkEmpty(folder)
      let count = try store.reading(write)
      try StandardOutput.write("\(folder): \(Counted(count, "run"))\n")
    }

    private func write(from store: ExperimentStore) throws -> Int {
      let directory = MLflowDirectory(
        root: URL(fileURLWithPath: folder).standardizedFileURL.path)
      let runs = try selection.runs(from: store).chosen
      let sweeps = try store.sweeps().filter { sweep in
        runs.contains { $0.sweep == sweep.name }
      }
      try ExportFolder.write(sweeps.map(directory.experiment), to: folder)
      let ids = Dictionary(sweeps.map { ($0.name, $0.id) }) { first, _ in first }
      for run in runs {
        let detail = try store.detail(of: run.id)
        let kept =
          try weights ? detail.checkpoints.compactMap { try content($0, store, run.id) } : []
        try ExportFolder.write(
          directory.files(
            of: InterchangeRun(detail: detail, history: try store.history(of: run.id)),
            sweepID: ids[run.sweep] ?? "", weights: kept), to: folder)
      }
      return runs.count
    }

    private func content(
      _ checkpoint: RunDetail.Checkpoint, _ store: ExperimentStore, _ run: String
    ) throws -> (kind: String, content: Data)? {
      guard let kind = CheckpointContent.Kind(rawValue: checkpoint.kind),
        let content = try store.checkpoint(of: run, kind: kind)
      else { return nil }
      return (checkpoint.kind, content)
    }
  }
}
