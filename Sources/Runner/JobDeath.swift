import Foundation
import Store
import Sweeps

/// What is to be said of a job whose process ended without a result, unasked.
struct JobDeath {
  let reason: AttemptReason
  /// Whether the next launch runs it again unasked.
  let isInterruption: Bool
  let text: String
  /// Whether the text says it all, so that what the job printed last adds nothing.
  let isExplained: Bool

  /// The status with which `train` ends where it cannot write what became of the job.
  private static let fileStatus: Int32 = 74

  init(_ termination: Termination, spec: JobSpec) {
    var reason = AttemptReason.died
    var isInterruption = false
    var isExplained = true
    let text: String
    switch termination {
    case .exited(Self.fileStatus):
      reason = .file
      isExplained = false
      text =
        "its process could not write its run folder: the disk is full or read-only, or a limit "
        + "on the size of files is reached. Mend that and retry"
    case .exited(let code):
      isExplained = false
      text = "its process ended with status \(code) and no result"
    case .signalled(SIGKILL):
      isInterruption = true
      text = "its process was killed (signal 9)"
    case .signalled(SIGTERM), .signalled(SIGINT), .signalled(SIGHUP):
      isInterruption = true
      text = "its process was told to end"
    case .signalled(SIGBUS):
      let file = spec.settings["dataset.path"]?.text.map { " \($0)" } ?? ""
      text =
        "its process met SIGBUS: the feature file\(file) was cut short or became unreadable "
        + "while it was in use. Put it back as it was and retry"
    case .signalled(SIGILL), .signalled(SIGTRAP), .signalled(SIGABRT):
      isExplained = false
      text =
        "its process broke off: memory that it asked for was refused, or a fault of the program"
    case .signalled(let signal):
      isExplained = false
      text = "its process ended by signal \(signal)"
    case .outOfMemory, .overMemory:
      reason = .outOfMemory
      text =
        "its process was killed by the kernel for want of memory. Launch with fewer --workers, "
        + "or give jobs a --memory-limit"
    case .slurm(let end):
      self.init(end, spec: spec)
      return
    case .notStarted(let why):
      reason = .notStarted
      text = "its process did not start: \(why)"
    }
    self.init(reason, text, isInterruption: isInterruption, isExplained: isExplained)
  }

  init(
    _ reason: AttemptReason, _ text: String, isInterruption: Bool = false, isExplained: Bool = true
  ) {
    self.reason = reason
    self.text = text
    self.isInterruption = isInterruption
    self.isExplained = isExplained
  }
}
