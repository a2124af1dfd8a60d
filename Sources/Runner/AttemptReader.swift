import Foundation
package import Store
package import Sweeps

/// Reads what a job left in its folder and judges how its attempt ended.
package struct AttemptReader {
  let folder: RunFolder
  let jobKey: String
  let sweepName: String
  let spec: JobSpec
  let resources: JobResources
  /// What was said beside the job's own log, by the shell that started it.
  let shellLog: String
  let now: Timestamp

  package init(
    folder: RunFolder, jobKey: String, sweepName: String, spec: JobSpec,
    resources: JobResources = JobResources(), shellLog: String = "", now: Timestamp
  ) {
    self.folder = folder
    self.jobKey = jobKey
    self.sweepName = sweepName
    self.spec = spec
    self.resources = resources
    self.shellLog = shellLog
    self.now = now
  }

  /// - Parameter stop: Why the job was asked to stop; nil where nobody asked.
  package func outcome(termination: Termination, stop: JobStop?) -> AttemptOutcome {
    var outcome = AttemptOutcome(state: .failed, finishedAt: now)
    outcome.exitStatus = termination.description
    outcome.log = folder.logTail() + shellLog
    let unread = outcome
    do {
      let report = try folder.report(for: jobKey)
      if let report {
        try fill(&outcome, from: report)
        guard report.ending == .interrupted else { return outcome }
      }
      judge(&outcome, termination: termination, stop: stop, report: report)
    } catch {
      outcome = unread
      outcome.reason = .file
      outcome.message = "\(error)"
      if (error as? RunnerError)?.code == .foreign {
        outcome.isDamaged = true
        outcome.message? += ". To run it again: rll-sweep retry \(sweepName)"
      }
    }
    return outcome
  }

  private func fill(_ outcome: inout AttemptOutcome, from report: JobReport) throws {
    outcome.beginning = report.beginning
    outcome.cost = report.cost
    outcome.environment = report.environment
    let history = try folder.history(
      ofLength: report.historyBytes, digest: report.historyDigest)
    try report.check(history: history, in: folder)
    outcome.history = history
    outcome.message = report.message
    switch report.ending {
    case .interrupted: return
    case .failed:
      outcome.reason = report.reason ?? .other
      return
    case .completed: outcome.state = .completed
    }
    outcome.selectedStep = report.selectedStep
    outcome.finalMetrics = report.finalMetrics
    if report.hasQueries == true { outcome.queries = try folder.queries() }
    outcome.checkpoints = try report.checkpoints.map { checkpoint in
      guard let kind = CheckpointContent.Kind(rawValue: checkpoint.kind) else {
        throw RunnerError(.foreign, "\(folder.path) has a checkpoint of kind \(checkpoint.kind)")
      }
      let content = CheckpointContent(
        kind: kind, step: checkpoint.step, content: try folder.checkpoint(file: checkpoint.file))
      try folder.check(content.digest, is: checkpoint.digest, of: checkpoint.file)
      return content
    }
  }

  /// A job that did not come to an end of its own.
  private func judge(
    _ outcome: inout AttemptOutcome, termination: Termination, stop: JobStop?, report: JobReport?
  ) {
    let place = place(report, in: outcome)
    if case .overMemory(let held) = termination {
      outcome.reason = .memoryLimit
      outcome.message =
        "ended for its memory\(place): it held \(ByteCountText.text(ofBytes: held)) of its own, "
        + "over the limit of \(ByteCountText.text(ofBytes: resources.memoryBytes ?? 0)). "
        + "To go on with more: rll-sweep retry \(sweepName) --memory-limit SIZE"
      return
    }
    switch stop {
    case .timedOut:
      let limit = DurationText.text(ofSeconds: resources.timeoutSeconds ?? 0)
      outcome.reason = .timeLimit
      outcome.message =
        "timed out after \(limit)\(place). "
        + "To go on with more time: rll-sweep retry \(sweepName) --timeout DURATION"
    case .cancelled:
      outcome.state = .cancelled
      outcome.reason = .cancelled
      outcome.message = "cancelled\(place)"
    case .launchStopped:
      outcome.state = .interrupted
      outcome.reason = .stopped
      outcome.message = report?.message ?? "stopped with its launch"
    case nil:
      let death = JobDeath(termination, spec: spec)
      if let advice = death.reason.wideningAdvice(sweepName) {
        outcome.reason = death.reason
        outcome.message = "\(death.text)\(place). \(advice)"
        return
      }
      // A job that says that it was stopped was told so by somebody else.
      let isInterruption = report != nil || death.isInterruption
      outcome.state = isInterruption ? .interrupted : .failed
      outcome.reason = death.reason
      outcome.message =
        report?.message
        ?? (death.isExplained ? death.text : lastWords(death.text, log: outcome.log))
    }
  }

  /// ` at step 1200 of 4000`, as far as it is known.
  private func place(_ report: JobReport?, in outcome: AttemptOutcome) -> String {
    guard let step = report?.step ?? outcome.history.map(\.step).max() else { return "" }
    return " at step \(step)" + (spec.settings["steps"]?.integer.map { " of \($0)" } ?? "")
  }

  private func lastWords(_ message: String, log: String?) -> String {
    let line = log?.split(whereSeparator: \.isNewline).last
    return line.map { "\(message). Its last words: \($0)" } ?? message
  }
}

extension AttemptReason {
  /// How to go on from a limit that Slurm has set; nil for what is none.
  fileprivate func wideningAdvice(_ sweep: String) -> String? {
    switch self {
    case .timeLimit, .memoryLimit:
      "To go on with more: raise \(self == .timeLimit ? "time" : "memory") in a profile and "
        + "rll-sweep retry \(sweep) --executor slurm --slurm-profile FILE"
    default: nil
    }
  }
}
