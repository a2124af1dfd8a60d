package import Store
import Sweeps

/// Everything that a sweep is judged by.
package struct GateInput {
  package struct Baseline: Sendable {
    package var record: BaselineRecord
    package var results: SweepResults

    package init(record: BaselineRecord, results: SweepResults) {
      self.record = record
      self.results = results
    }
  }

  package struct Night: Sendable {
    package var record: NightRecord
    package var results: SweepResults

    package init(record: NightRecord, results: SweepResults) {
      self.record = record
      self.results = results
    }
  }

  package var current: LaunchResults
  package var baseline: Baseline?
  /// Earlier nights of the sweep, the newest first.
  package var nights: [Night]
  /// Whether the baseline was asked for by name.
  package var isBaselineNamed = false
  /// The launch as it was named; nil for the last one of the sweep.
  package var launchName: String?
  /// What a sweep that has no baseline can have one under.
  package var newBaselineName = "main"
  /// What commands are to name the store by; nil where they need not.
  package var storePath: String?
  /// Where what a job has computed now differs first from what was kept under a digest.
  package var difference: (JobResult, _ digest: String) throws -> String?

  package init(
    current: LaunchResults, baseline: Baseline?, nights: [Night] = [],
    difference: @escaping (JobResult, _ digest: String) throws -> String?
  ) {
    self.current = current
    self.baseline = baseline
    self.nights = nights
    self.difference = difference
  }
}
