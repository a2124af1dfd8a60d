package import Sweeps

/// One run as reports see it.
package struct RunSummary: Sendable {
  package var id: String
  package var sweep: String
  package var jobKey: String
  package var state: RunState
  package var seed: Int
  package var createdAt: String
  package var startedAt: String?
  package var finishedAt: String?
  package var wallSeconds: Double?
  package var processorSeconds: Double?
  package var peakMemoryBytes: Int?
  package var selectedStep: Int?
  package var error: String?
  package var host: String
  package var attempts: Int
  package var note: String?
  package var settings: [String: SettingValue]
  package var dataDigests: [String: String]
  /// Final values of all measures.
  package var metrics: [String: Double]
  package var tags: [String]

  /// A run of which nothing but this is known.
  package init(
    id: String, sweep: String, jobKey: String, state: RunState, seed: Int, createdAt: String,
    host: String, settings: [String: SettingValue], metrics: [String: Double] = [:]
  ) {
    self.id = id
    self.sweep = sweep
    self.jobKey = jobKey
    self.state = state
    self.seed = seed
    self.createdAt = createdAt
    self.host = host
    self.settings = settings
    self.metrics = metrics
    attempts = 0
    dataDigests = [:]
    tags = []
  }
}

/// More about one run than a listing shows.
package struct RunDetail: Sendable {
  package struct Attempt: Sendable {
    package var position: Int
    package var state: String
    package var startedAt: String
    package var finishedAt: String?
    package var exitStatus: String?
    /// The code of why it did not complete.
    package var reason: String?
    package var message: String?
    package var log: String?
    /// What Slurm calls it, as `123_4 of CLUSTER`; nil where it was never Slurm's.
    package var slurmTask: String?

    package init(position: Int, state: String, startedAt: String) {
      self.position = position
      self.state = state
      self.startedAt = startedAt
    }
  }

  package struct Checkpoint: Sendable {
    package var step: Int
    package var kind: String
    package var bytes: Int
    package var sha256: String

    package init(step: Int, kind: String, bytes: Int, sha256: String) {
      self.step = step
      self.kind = kind
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  package var summary: RunSummary
  package var origins: [String: SettingOrigin]
  package var environment: [String: String]
  package var attempts: [Attempt]
  package var checkpoints: [Checkpoint]
  package var launch: LaunchRecord

  package init(
    summary: RunSummary, origins: [String: SettingOrigin], environment: [String: String],
    attempts: [Attempt], checkpoints: [Checkpoint], launch: LaunchRecord
  ) {
    self.summary = summary
    self.origins = origins
    self.environment = environment
    self.attempts = attempts
    self.checkpoints = checkpoints
    self.launch = launch
  }
}
