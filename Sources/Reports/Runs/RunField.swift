package import Store
import Sweeps

/// What a run has besides its settings and measures: the columns of the store's view `runs`.
package enum RunField: String, CaseIterable, Sendable {
  case runID = "run_id"
  case sweep
  case jobKey = "job_key"
  case state
  case seed
  case createdAt = "created_at"
  case startedAt = "started_at"
  case finishedAt = "finished_at"
  case wallSeconds = "wall_seconds"
  case processorSeconds = "processor_seconds"
  case peakMemoryBytes = "peak_memory_bytes"
  case selectedStep = "selected_step"
  case error
  case host
  case attempts
  case note

  package func cell(of run: RunSummary) -> ReportCell {
    switch self {
    case .runID: .text(run.id)
    case .sweep: .text(run.sweep)
    case .jobKey: .text(run.jobKey)
    case .state: .text(run.state.rawValue)
    case .seed: .integer(run.seed)
    case .createdAt: .text(run.createdAt)
    case .startedAt: Self.text(run.startedAt)
    case .finishedAt: Self.text(run.finishedAt)
    case .wallSeconds: run.wallSeconds.map(ReportCell.seconds) ?? .missing
    case .processorSeconds: run.processorSeconds.map(ReportCell.seconds) ?? .missing
    case .peakMemoryBytes: run.peakMemoryBytes.map(ReportCell.bytes) ?? .missing
    case .selectedStep: run.selectedStep.map(ReportCell.integer) ?? .missing
    case .error: Self.text(run.error)
    case .host: .text(run.host)
    case .attempts: .integer(run.attempts)
    case .note: Self.text(run.note)
    }
  }

  private static func text(_ text: String?) -> ReportCell { text.map(ReportCell.text) ?? .missing }

  /// The value that expressions see.
  func value(of run: RunSummary) -> SettingValue {
    switch cell(of: run) {
    case .text(let text): .text(text)
    case .integer(let value), .bytes(let value): .number(Double(value))
    case .seconds(let value): .number(value)
    default: .null
    }
  }
}
