/// Why an attempt did not complete: the code by which it is decided what happens next.
package enum AttemptReason: String, Sendable, Codable, CaseIterable {
  // What a job says of itself.
  case diverged
  case settings
  /// The features are bad, or no longer those that the job was planned with.
  case data
  /// The run folder cannot be read or written.
  case file
  case other

  // What is said of it.
  /// Its process was killed or crashed.
  case died
  case notStarted = "not_started"
  /// The kernel killed it for want of memory.
  case outOfMemory = "out_of_memory"
  case timeLimit = "time_limit"
  case memoryLimit = "memory_limit"
  /// Its launch was stopped.
  case stopped
  case cancelled

  /// Whether it was something around the job, so that it may do better when tried again.
  package var isOfSurroundings: Bool {
    switch self {
    case .died, .notStarted, .outOfMemory, .file: true
    case .diverged, .settings, .data, .other, .timeLimit, .memoryLimit, .stopped, .cancelled: false
    }
  }

  /// Whether the run, although over, may be continued where it was: under wider limits, or when
  /// what was around it has been mended.
  package var leavesWorkToGoOnFrom: Bool {
    isOfSurroundings || self == .timeLimit || self == .memoryLimit
  }
}
