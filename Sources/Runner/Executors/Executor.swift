/// How a job's process ended.
package enum Termination: Sendable, Hashable {
  case exited(Int32)
  case signalled(Int32)
  /// It never started.
  case notStarted(String)

  package var description: String {
    switch self {
    case .exited(let code): "exit \(code)"
    case .signalled(let signal): "signal \(signal)"
    case .notStarted(let reason): "not started: \(reason)"
    }
  }
}

/// Runs the job of a run folder somewhere, to its end.
package protocol Executor: Sendable {
  /// Returns when the job's process has ended. Cancelling the task asks the job to stop.
  func run(_ folder: RunFolder) async -> Termination

  /// Ends every job at once.
  func kill()
}
