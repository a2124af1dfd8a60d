package import Sweeps

/// In which round of a sweep a job is.
package enum JobRole: String, Sendable, Codable, CaseIterable {
  case search
  /// With a setting that the search chose.
  case repetition = "repeat"
}

/// A job of a launch with what the launch does about it.
package struct PlannedJob: Sendable {
  package enum Action: String, Sendable, Codable {
    case run, skip, retry
  }

  package var spec: JobSpec
  package var key: String
  /// The text whose SHA-256 is the key.
  package var canonicalText: String
  /// SHA-256 of each level that the job uses.
  package var dataDigests: [String: String]
  package var decision: JobDecision
  /// By which it is decided again when the launch is written down.
  package var options: RerunOptions
  package var role: JobRole

  package var action: Action { decision.action }
  package var reason: String { decision.reason }

  package init(
    spec: JobSpec, key: String, canonicalText: String, dataDigests: [String: String],
    decision: JobDecision, options: RerunOptions, role: JobRole = .search
  ) {
    self.spec = spec
    self.key = key
    self.canonicalText = canonicalText
    self.dataDigests = dataDigests
    self.decision = decision
    self.options = options
    self.role = role
  }
}

/// What the store knows of a job: its newest run.
package struct KnownJob: Sendable, Hashable {
  package var runID: String
  package var state: RunState
  package var error: String?
  /// Version of the numerics that a completed run was computed with.
  package var numericsIdentity: String?
  package var wallSeconds: Double?

  package init(
    runID: String, state: RunState, error: String?, numericsIdentity: String?,
    wallSeconds: Double?
  ) {
    self.runID = runID
    self.state = state
    self.error = error
    self.numericsIdentity = numericsIdentity
    self.wallSeconds = wallSeconds
  }
}
