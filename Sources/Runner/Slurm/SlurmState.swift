/// What Slurm says of a task.
package enum SlurmState: Sendable, Hashable {
  /// In the queue, with the reason that it waits for.
  case waiting(reason: String)
  /// On a node, or on its way from one.
  case running
  case ended(SlurmEnd.Kind)

  /// A state that this program does not know is one of a task that still lives: nothing is lost
  /// by looking again.
  init(text: some StringProtocol, reason: String = "") {
    // sacct adds who did it, and a plus where its column is too narrow.
    let word = text.prefix { $0.isLetter || $0 == "_" }.uppercased()
    if let kind = SlurmEnd.Kind(rawValue: word) {
      self = .ended(kind)
    } else if Self.waitingWords.contains(word) {
      self = .waiting(reason: reason)
    } else {
      self = .running
    }
  }

  /// Nil where it has not ended.
  var end: SlurmEnd.Kind? {
    if case .ended(let kind) = self { kind } else { nil }
  }

  private static let waitingWords: Set<String> = [
    "PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "RESV_DEL_HOLD",
    "SPECIAL_EXIT",
  ]
}

/// How a task ended, as Slurm has it.
package struct SlurmEnd: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    case completed = "COMPLETED"
    case failed = "FAILED"
    case cancelled = "CANCELLED"
    case timeout = "TIMEOUT"
    case deadline = "DEADLINE"
    case nodeFailed = "NODE_FAIL"
    case bootFailed = "BOOT_FAIL"
    case outOfMemory = "OUT_OF_MEMORY"
    case preempted = "PREEMPTED"
    case revoked = "REVOKED"
    /// Slurm has forgotten it.
    case unknown = "UNKNOWN"
  }

  package var kind: Kind
  package var exitCode: Int32?
  package var signal: Int32?
  package var node: String?
  /// Slurm's word for why, such as `JobLaunchFailure`.
  package var reason: String?

  package init(
    _ kind: Kind, exitCode: Int32? = nil, signal: Int32? = nil, node: String? = nil,
    reason: String? = nil
  ) {
    self.kind = kind
    self.exitCode = exitCode
    self.signal = signal
    self.node = node
    self.reason = reason
  }

  /// - Parameter exit: Status and signal as `143:0`.
  init(_ kind: Kind, exit: some StringProtocol, node: String?, reason: String?) {
    let parts = exit.split(separator: ":").map { Int32($0) }
    let numbers = parts.count == 2 ? parts : [nil, nil]
    self.init(
      kind, exitCode: numbers[0], signal: numbers[1] == 0 ? nil : numbers[1], node: node,
      reason: reason)
  }

  /// Such as `TIMEOUT on n2`.
  package var description: String { "Slurm: " + kind.rawValue + (node.map { " on \($0)" } ?? "") }
}
