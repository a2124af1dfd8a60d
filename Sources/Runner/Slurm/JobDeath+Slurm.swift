import Store
import Sweeps

/// What Slurm's own words for the end of a task come to.
extension JobDeath {
  /// Slurm gives higher numbers, beside the reason JobLaunchFailure, where its own daemon could not
  /// start a task; that reason alone it has for a task that was killed too.
  private static let lastSignal: Int32 = 31

  init(_ end: SlurmEnd, spec: JobSpec) {
    let place = end.node.map { " on \($0)" } ?? ""
    switch end.kind {
    case .failed where end.signal.map { $0 > Self.lastSignal } == true:
      self.init(
        .notStarted,
        "Slurm could not start its task\(place) (\(end.reason ?? "")). The logs of "
          + "slurmd there say why")
    case .failed:
      self.init(
        end.signal.map(Termination.signalled) ?? .exited(end.exitCode ?? 1), spec: spec)
    case .completed:
      self.init(.died, "its task is completed in Slurm, but left no result", isExplained: false)
    case .timeout, .deadline:
      self.init(.timeLimit, "Slurm ended it at its limit on time")
    case .outOfMemory:
      self.init(.memoryLimit, "Slurm ended it\(place) for its memory")
    case .nodeFailed, .bootFailed:
      self.init(.died, "its node\(end.node.map { " \($0)" } ?? "") failed", isInterruption: true)
    case .preempted, .revoked:
      self.init(.stopped, "Slurm preempted it\(place)", isInterruption: true)
    case .cancelled:
      self.init(
        .stopped, "its task was cancelled in Slurm, not by rll-sweep", isInterruption: true)
    case .unknown:
      self.init(
        .died, "Slurm knows nothing of its task any more, and it left no result",
        isInterruption: true)
    }
  }
}
