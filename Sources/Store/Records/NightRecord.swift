/// What the completed jobs that a launch ran took.
package struct NightCost: Sendable, Hashable {
  package var processorSeconds = 0.0
  /// Optimiser steps.
  package var steps = 0
  /// Of the job that took the most.
  package var peakMemoryBytes = 0

  package init(processorSeconds: Double = 0, steps: Int = 0, peakMemoryBytes: Int = 0) {
    self.processorSeconds = processorSeconds
    self.steps = steps
    self.peakMemoryBytes = peakMemoryBytes
  }

  /// Nil where nothing ran.
  package var secondsPerStep: Double? { steps > 0 ? processorSeconds / Double(steps) : nil }
}

/// One launch of a sweep as the gate has judged it.
package struct NightRecord: Sendable, Hashable {
  package var launchID: String
  package var sweep: String
  /// Of its `SweepResults`.
  package var setDigest: String
  package var startedAt: String
  package var recordedAt: String
  package var host: String
  package var verdict: GateVerdict
  /// One sentence.
  package var summary: String
  /// What it was judged against.
  package var baselineID: String?
  package var cost: NightCost

  package init(
    of results: LaunchResults, verdict: GateVerdict, summary: String, baselineID: String?,
    recordedAt: Timestamp
  ) {
    launchID = results.launch.id
    sweep = results.launch.sweepName
    setDigest = results.results.digest
    startedAt = results.launch.startedAt.description
    self.recordedAt = recordedAt.description
    host = results.launch.host
    self.verdict = verdict
    self.summary = summary
    self.baselineID = baselineID
    cost = results.cost
  }
}
