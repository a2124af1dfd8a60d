import Foundation
package import Store

/// Reads what a job left in its folder and judges how its attempt ended.
package struct AttemptReader {
  let folder: RunFolder
  let jobKey: String

  package init(folder: RunFolder, jobKey: String) {
    self.folder = folder
    self.jobKey = jobKey
  }

  package func outcome(termination: Termination, wasStopped: Bool) -> AttemptOutcome {
    do {
      if let report = try folder.report(for: jobKey) {
        return try outcome(of: report, termination: termination)
      }
      return withoutReport(termination: termination, wasStopped: wasStopped)
    } catch {
      return failure("\(error)", termination: termination)
    }
  }

  private func outcome(of report: JobReport, termination: Termination) throws -> AttemptOutcome {
    let state: AttemptOutcome.State =
      switch report.ending {
      case .completed: .completed
      case .failed: .failed
      case .interrupted: .interrupted
      }
    var outcome = AttemptOutcome(state: state, finishedAt: Timestamp(Date()))
    outcome.exitStatus = termination.description
    outcome.beginning = report.beginning
    outcome.message = report.message
    outcome.log = folder.logTail()
    outcome.cost = report.cost
    outcome.environment = report.environment
    outcome.history = try folder.history()
    try report.check(history: outcome.history, in: folder)
    guard state == .completed else { return outcome }
    outcome.selectedStep = report.selectedStep
    outcome.finalMetrics = report.finalMetrics
    outcome.checkpoints = try report.checkpoints.map { checkpoint in
      guard let kind = CheckpointContent.Kind(rawValue: checkpoint.kind) else {
        throw RunnerError(.format, "\(folder.path) has a checkpoint of kind \(checkpoint.kind)")
      }
      return CheckpointContent(
        kind: kind, step: checkpoint.step, content: try folder.checkpoint(file: checkpoint.file))
    }
    return outcome
  }

  private func withoutReport(termination: Termination, wasStopped: Bool) -> AttemptOutcome {
    if wasStopped { return interruption("stopped with its launch", termination: termination) }
    switch termination {
    case .exited(let code):
      return failure(
        "its process ended with status \(code) and no result", termination: termination)
    case .signalled(SIGKILL):
      return interruption(
        "its process was killed (signal 9), by somebody or by the system for want of memory",
        termination: termination)
    case .signalled(SIGTERM), .signalled(SIGINT), .signalled(SIGHUP):
      return interruption("its process was told to end", termination: termination)
    case .signalled(SIGBUS):
      return failure(
        "its process met SIGBUS: a feature file was probably cut short while it was in use",
        termination: termination)
    case .signalled(let signal):
      return failure("its process ended by signal \(signal)", termination: termination)
    case .notStarted(let reason):
      return failure("its process did not start: \(reason)", termination: termination)
    }
  }

  /// Not the job's fault: the next launch runs it again.
  private func interruption(_ message: String, termination: Termination) -> AttemptOutcome {
    var outcome = AttemptOutcome(state: .interrupted, finishedAt: Timestamp(Date()))
    outcome.exitStatus = termination.description
    outcome.message = message
    outcome.log = folder.logTail()
    return outcome
  }

  private func failure(_ message: String, termination: Termination) -> AttemptOutcome {
    var outcome = AttemptOutcome(state: .failed, finishedAt: Timestamp(Date()))
    let log = folder.logTail()
    let lastLine = log.split(whereSeparator: \.isNewline).last
    outcome.message = lastLine.map { "\(message). Its last words: \($0)" } ?? message
    outcome.exitStatus = termination.description
    outcome.log = log
    return outcome
  }
}
