package import Store
import Sweeps

/// What of a stored sweep is to be compared, and how.
package struct ComparisonRequest: Sendable {
  /// The settings to compare by; none for all axes that are not tuned.
  package var settings: [String] = []
  package var tuned: [String] = []
  package var reference: String?
  package var allowsMixedDimensions = false

  package init() {}
}

extension SweepComparison {
  /// Runs of a stored sweep, with everything that the store knows of them.
  package init(
    of sweep: SweepSummary, axes: [String]? = nil, runs: [RunSummary], subject: ComparisonSubject,
    as request: ComparisonRequest = ComparisonRequest(), in store: ExperimentStore
  ) throws {
    try self.init(
      sweep: sweep.name, objective: sweep.launch.objective,
      axes: axes ?? sweep.launch.axes.map(\.name), by: request.settings, tuned: request.tuned,
      runs: runs,
      baselines: ComparisonBaseline.all(of: runs, figures: store.baselines(dataDigest:)),
      subject: subject, reference: request.reference,
      allowsMixedDimensions: request.allowsMixedDimensions,
      testReadings: store.testReadings(ofData: Set(runs.flatMap(\.dataDigests.values))),
      queryOutcomes: store.queryOutcomes(of:), jointFigures: { try store.jointFigures(of: $0) })
  }
}
