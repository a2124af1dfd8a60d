import CommandSupport
import Foundation
import Reports
import Runner
import Store
import Sweeps
import Synchronization

/// Tells the user on standard error how a launch goes: one line that is written over on a
/// terminal, elsewhere a line for each finished job.
final class ProgressPrinter: Sendable {
  private struct State {
    var round = 1
    /// Of all rounds so far, by position.
    var jobs: [Int: PlannedJob]
    var running: Set<Int> = []
    var done = 0
    var failed = 0
    var skipped = 0
    var total = 0
    /// Nil where jobs run in Slurm.
    var workers: Int?
    var elsewhere: (running: Int, waiting: Int)?
    var seconds = 0.0
    var best: Double?
    var failedRun: String?
  }

  private let name: String
  private let axes: [String]
  private let objective: Objective
  private let terminal: Terminal
  private let isQuiet: Bool
  private let output: Output
  private let hasRounds: Bool
  private let state: Mutex<State>

  /// Who gets the lines, without their ends.
  typealias Output = @Sendable (String) -> Void

  /// - Parameter output: Where no terminal writes over its last line, who gets the lines instead
  ///   of standard error.
  init(
    _ request: LaunchRequest, terminal: Terminal, isQuiet: Bool,
    output: @escaping Output = { Diagnostics.write($0) }
  ) {
    name = request.record.sweepName
    axes = request.record.axes.map(\.name)
    hasRounds = request.planned?.sweep.repetition != nil
    state = Mutex(
      State(
        jobs: Dictionary(
          request.jobs.map { ($0.spec.index, $0) }, uniquingKeysWith: { first, _ in first })))
    objective = request.record.objective
    self.terminal = terminal
    self.isQuiet = isQuiet
    self.output = output
  }

  /// The first run that failed in the latest round.
  var failedRun: String? { state.withLock(\.failedRun) }

  func warn(_ warnings: [String]) {
    for warning in warnings where !isQuiet { output("warning: " + warning) }
  }

  func say(_ text: String) {
    if !isQuiet { writeLine("\(name): \(text)") }
  }

  func show(_ event: RunEvent) {
    state.withLock { state in
      if case .nextRound(let round, let jobs, let skipped, _) = event {
        begin(round, jobs, skipped: skipped, in: &state)
      }
      if isQuiet {
        if case .finished(let ending) = event, ending.state == .failed {
          Diagnostics.error(failureText(ending, in: state))
        }
        return
      }
      switch event {
      case .began(let total, let skipped, let resumed, let workers):
        state.total = total
        state.skipped = skipped
        state.workers = workers
        announce(state, resumed: resumed)
      case .nextRound(_, _, _, let resumed): announce(state, resumed: resumed)
      case .started(let position, _):
        state.running.insert(position)
        redraw(state)
      case .finished(let ending):
        update(&state, by: ending)
        if ending.state == .failed {
          writeLine("\(counter(state)) failed " + failureText(ending, in: state))
        } else if !terminal.isTerminal {
          writeLine(jobText(ending, in: state))
        }
        redraw(state)
      case .retrying(let ending, let retry, let retries):
        state.running.remove(ending.position)
        writeLine("retry \(retry) of \(retries) " + failureText(ending, in: state))
        redraw(state)
      case .submitted(let tasks, let job):
        writeLine("\(name): \(Counted(tasks, "job")) submitted to Slurm as \(job)")
      case .elsewhere(let running, let waiting):
        state.elsewhere = (running, waiting)
        redraw(state)
      case .said(let text): writeLine("\(name): \(text)")
      case .warned(let text): writeLine("warning: \(text)")
      case .stopping(let cause):
        writeLine(Self.text(of: cause))
      case .ended(let summary):
        writeLine(Self.text(of: summary))
      }
    }
  }

  /// Counts start again; the best objective is of one round, as it means another thing in the next.
  private func begin(
    _ round: Int, _ jobs: [PlannedJob], skipped: Int, in state: inout State
  ) {
    for job in jobs { state.jobs[job.spec.index] = job }
    let known = state.jobs
    let workers = state.workers
    state = State(round: round, jobs: known)
    state.total = jobs.count
    state.skipped = skipped
    state.workers = workers
  }

  private func announce(_ state: State, resumed: Int) {
    let round = hasRounds ? state.round == 1 ? " (search)" : " (repeats)" : ""
    writeLine(
      "\(name)\(round): \(Counted(state.total, "job")), \(state.skipped) skipped, "
        + "\(state.total - state.skipped) to run "
        + (state.workers.map { "with \(Counted($0, "worker"))" } ?? "in Slurm")
        + (resumed > 0 ? ", \(resumed) of them from a checkpoint" : ""))
  }

  private func update(_ state: inout State, by ending: JobEnding) {
    state.running.remove(ending.position)
    state.done += ending.state == .completed ? 1 : 0
    state.failed += ending.state == .failed ? 1 : 0
    if ending.state == .failed, state.failedRun == nil { state.failedRun = ending.runID }
    state.seconds += ending.wallSeconds ?? 0
    guard let value = ending.finalMetrics[objective.metric] else { return }
    let isBetter = state.best.map { objective.goal == .maximize ? value > $0 : value < $0 }
    if isBetter ?? true { state.best = value }
  }

  private func redraw(_ state: State) {
    guard terminal.isTerminal else { return }
    let toRun = state.total - state.skipped
    let finished = state.done + state.failed
    let round = hasRounds ? state.round == 1 ? "search: " : "repeats: " : ""
    var text = "\(round)\(state.done) of \(toRun) done, "
    if let elsewhere = state.elsewhere {
      text += "\(elsewhere.running) running and \(elsewhere.waiting) waiting in Slurm"
    } else {
      text += "\(state.running.count) running"
    }
    if state.failed > 0 { text += ", \(state.failed) failed" }
    if finished > 0 {
      let left = state.seconds / Double(finished) * Double(toRun - finished)
      let workers = Double(max(state.workers ?? state.elsewhere?.running ?? 1, 1))
      text += ", \(ReportCell.seconds(left / workers).shownText) left"
    }
    if let best = state.best {
      text += ", best \(objective.metric) \(String(format: "%.4f", best))"
    }
    let width = (terminal.width ?? 80) - 1
    Diagnostics.write("\r\u{1B}[K" + text.prefix(width), terminator: "")
  }

  private func writeLine(_ text: String) {
    output((terminal.isTerminal ? "\r\u{1B}[K" : "") + text)
  }

  private func jobText(_ ending: JobEnding, in state: State) -> String {
    var text = "\(counter(state)) \(ending.state.rawValue)"
    text += " \(ending.runID.prefix(8))  \(settingsText(ending.position, in: state))"
    if let value = ending.finalMetrics[objective.metric] {
      text += "  \(objective.metric) \(String(format: "%.4f", value))"
    }
    if let seconds = ending.wallSeconds { text += "  \(ReportCell.seconds(seconds).shownText)" }
    if let beginning = ending.beginning { text += "  (\(beginning))" }
    return text
  }

  private func counter(_ state: State) -> String {
    "[\(state.done + state.failed)/\(state.total - state.skipped)]"
  }

  private func failureText(_ ending: JobEnding, in state: State) -> String {
    "\(ending.runID.prefix(8))  \(settingsText(ending.position, in: state))  "
      + (ending.message ?? "")
  }

  private func settingsText(_ position: Int, in state: State) -> String {
    guard let settings = state.jobs[position]?.spec.settings else { return "" }
    let fold = settings["dataset.validation"]?.mapping?["fold"].map { ["fold=\($0.display)"] }
    let named = axes.filter { fold == nil || $0 != "dataset.validation" }.compactMap { name in
      settings[name].map { "\(name.split(separator: ".").last ?? "")=\($0.display)" }
    }
    let seed = settings["seed"].map { ["seed=\($0.display)"] }
    return (named + (fold ?? []) + (seed ?? [])).joined(separator: " ")
  }

  private static func text(of cause: StopCause) -> String {
    let start =
      switch cause {
      case .interrupt: "Stopping"
      case .failure: "Stopping after the first failure"
      case .error: "Stopping because of an error"
      }
    return start + ": running jobs are asked to end. Ctrl-C "
      + (cause == .interrupt ? "again " : "") + "ends them at once."
  }

  private static func text(of summary: LaunchSummary) -> String {
    var parts = ["\(summary.completed) completed", "\(summary.skipped) skipped"]
    if summary.failed > 0 { parts.append("\(summary.failed) failed") }
    if summary.cancelled > 0 { parts.append("\(summary.cancelled) cancelled") }
    if summary.interrupted > 0 { parts.append("\(summary.interrupted) interrupted") }
    if summary.pending > 0 { parts.append("\(summary.pending) not started") }
    if summary.leftToSlurm > 0 { parts.append("\(summary.leftToSlurm) left to Slurm") }
    var advice =
      summary.interrupted + summary.pending > 0 ? "; launch again to run what is left" : ""
    if summary.leftToSlurm > 0 {
      advice += "; launch again to wait for them, or rll-sweep collect to take in what has ended"
    }
    return parts.joined(separator: ", ")
      + " in \(ReportCell.seconds(summary.wallSeconds).shownText)\(advice)"
  }
}
