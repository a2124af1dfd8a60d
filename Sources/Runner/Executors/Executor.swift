package import Sweeps

/// How a job's process ended.
package enum Termination: Sendable, Hashable {
  case exited(Int32)
  case signalled(Int32)
  /// It was killed because it held more memory of its own than it may.
  case overMemory(heldBytes: Int)
  /// It was killed while the kernel was killing processes for want of memory.
  case outOfMemory
  /// Slurm says so; the job ran elsewhere.
  case slurm(SlurmEnd)
  /// It never started.
  case notStarted(String)

  package var description: String {
    switch self {
    case .exited(let code): "exit \(code)"
    case .signalled(let signal): "signal \(signal)"
    case .overMemory, .outOfMemory: "signal 9"
    case .slurm(let end): end.description
    case .notStarted(let reason): "not started: \(reason)"
    }
  }
}

/// Runs the job of a run folder somewhere, to its end.
package protocol Executor: Sendable {
  /// Returns when the job's process has ended. Cancelling the task asks the job to stop.
  ///
  /// The executor keeps to the limit on memory; that on time is the scheduler's.
  func run(_ folder: RunFolder, resources: JobResources) async -> Termination

  /// Ends every job at once.
  func kill()
}
