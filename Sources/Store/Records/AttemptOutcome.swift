package import Foundation

/// One value of a measure at a step. NaN is kept as NULL.
package struct MetricPoint: Sendable, Codable, Hashable {
  package var name: String
  package var step: Int
  package var value: Double

  package init(name: String, step: Int, value: Double) {
    self.name = name
    self.step = step
    self.value = value
  }
}

/// Weights that a run leaves behind.
package struct CheckpointContent: Sendable {
  package enum Kind: String, Sendable, Codable {
    case best, last
  }

  package let kind: Kind
  package let step: Int
  /// A complete file in safetensors form.
  package let content: Data
  /// What the store keeps it under.
  package let digest: String

  package init(kind: Kind, step: Int, content: Data) {
    self.kind = kind
    self.step = step
    self.content = content
    digest = Self.digest(of: content)
  }

  /// SHA-256 of a weights file in hexadecimal, which the store keeps it under.
  package static func digest(of content: Data) -> String {
    ContentDigest.text(of: content)
  }
}

/// How one attempt at a run ended, with everything it produced. Taken in as a whole.
package struct AttemptOutcome: Sendable {
  package enum State: String, Sendable {
    case completed, failed, interrupted, cancelled
  }

  package var state: State
  package var finishedAt: Timestamp
  /// How the process ended, such as `exit 1` or `signal 9`.
  package var exitStatus: String?
  /// Why it did not complete, as a code.
  package var reason: AttemptReason?
  /// Whether its run folder does not hold what its job wrote there.
  package var isDamaged = false
  /// Whether the run goes on with another attempt, whatever became of this one.
  package var isTriedAgain = false
  /// Where a later attempt than the first began, such as `resumed at step 50`.
  package var beginning: String?
  /// Why it failed or stopped; nil where it completed.
  package var message: String?
  /// The end of what it printed.
  package var log: String?
  /// What the run has cost, over all its attempts; nil where this one did not say.
  package var cost: RunCost?
  package var selectedStep: Int?
  package var history: [MetricPoint] = []
  package var finalMetrics: [String: Double] = [:]
  package var environment: [String: String] = [:]
  package var checkpoints: [CheckpointContent] = []
  /// Of a completed run on the test classes.
  package var queries: QueryOutcomes?

  /// Whether another attempt goes on from what this one left in its run folder.
  package var leavesWorkToGoOnFrom: Bool {
    isTriedAgain || state == .interrupted || reason?.leavesWorkToGoOnFrom == true
  }

  /// What the record of the attempt says about it in words.
  var remark: String? {
    let parts = [beginning, message].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  package init(state: State, finishedAt: Timestamp) {
    self.state = state
    self.finishedAt = finishedAt
  }
}
