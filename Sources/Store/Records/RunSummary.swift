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
}

/// More about one run than a listing shows.
package struct RunDetail: Sendable {
  package struct Attempt: Sendable {
    package var position: Int
    package var state: String
    package var startedAt: String
    package var finishedAt: String?
    package var exitStatus: String?
    package var message: String?
    package var log: String?
  }

  package struct Checkpoint: Sendable {
    package var step: Int
    package var kind: String
    package var bytes: Int
    package var sha256: String
  }

  package var summary: RunSummary
  package var origins: [String: SettingOrigin]
  package var environment: [String: String]
  package var attempts: [Attempt]
  package var checkpoints: [Checkpoint]
  package var launch: LaunchRecord
}
