import ArgumentParser
import CommandSupport

extension ReportCommand {
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes what the store holds for other programs.",
      subcommands: [
        ExportRuns.self, ExportMetrics.self, ExportCheckpoint.self, ExportMLflow.self,
        ExportTensorBoard.self,
      ])
  }
}
