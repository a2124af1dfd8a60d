/// What a run cost, over all its attempts.
package struct RunCost: Sendable, Codable, Hashable {
  package var wallSeconds = 0.0
  package var processorSeconds = 0.0
  /// The largest of the attempts.
  package var peakMemoryBytes = 0

  package init() {}

  package init(wallSeconds: Double, processorSeconds: Double, peakMemoryBytes: Int) {
    self.wallSeconds = wallSeconds
    self.processorSeconds = processorSeconds
    self.peakMemoryBytes = peakMemoryBytes
  }

  /// With what one more attempt cost.
  package func adding(_ attempt: RunCost) -> RunCost {
    RunCost(
      wallSeconds: wallSeconds + attempt.wallSeconds,
      processorSeconds: processorSeconds + attempt.processorSeconds,
      peakMemoryBytes: max(peakMemoryBytes, attempt.peakMemoryBytes))
  }

  /// The later one of two that were written down of the same attempts, as costs only rise.
  package func later(_ other: RunCost) -> RunCost {
    RunCost(
      wallSeconds: max(wallSeconds, other.wallSeconds),
      processorSeconds: max(processorSeconds, other.processorSeconds),
      peakMemoryBytes: max(peakMemoryBytes, other.peakMemoryBytes))
  }
}
