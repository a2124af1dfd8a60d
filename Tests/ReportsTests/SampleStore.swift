import Foundation
import Store
import Sweeps
import TestSupport

/// A store that holds given runs, the last of them the newest.
final class SampleStore: Sendable {
  private let folder: TemporaryFolder
  let store: ExperimentStore
  /// The ids that the store gave, by those of the samples.
  let ids: [String: String]
  private let samples: [String: String]

  private static let options = RerunOptions()
  static let start = Timestamp(Date(timeIntervalSince1970: 1_700_000_000))

  init(_ runs: [RunSummary], sweep: String = "practice") throws {
    folder = try TemporaryFolder()
    store = try ExperimentStore(path: folder.file("experiments.sqlite"), access: .write)
    let launch = LaunchRecord(
      id: Identifier.random(), sweepName: sweep, sweepDescription: nil, file: "practice.yaml",
      text: "name: practice\n", textDigest: String(repeating: "0", count: 64), commandLine: [],
      axes: [], objective: Objective(), host: "here", processID: 42, startedAt: Self.start)
    let jobs = runs.enumerated().map { Self.job($1, index: $0) }
    let begun = try store.begin(launch, jobs: jobs)
    for (run, (job, begun)) in zip(runs, zip(jobs, begun)) {
      let attempt = try store.claim(
        runID: begun.runID, launchID: launch.id, spec: job.spec, now: Self.start)
      try store.takeIn(Self.outcome(run), runID: begun.runID, attempt: attempt ?? 0)
      try store.tag([begun.runID], add: run.tags, remove: [])
    }
    try store.end(launch: launch.id, at: Self.start)
    let pairs = zip(runs.map { String($0.id.prefix(2)) }, begun.map(\.runID))
    ids = Dictionary(pairs) { first, _ in first }
    samples = Dictionary(pairs.map { ($1, $0) }) { first, _ in first }
  }

  private static func job(_ run: RunSummary, index: Int) -> PlannedJob {
    let digits = String(index, radix: 16)
    return PlannedJob(
      spec: JobSpec(index: index, settings: run.settings, origins: [:]),
      key: String(repeating: "0", count: 64 - digits.count) + digits, canonicalText: "{}",
      dataDigests: run.dataDigests, decision: JobDecision(about: nil, options: Self.options),
      options: Self.options)
  }

  private static func outcome(_ run: RunSummary) -> AttemptOutcome {
    var outcome = AttemptOutcome(
      state: AttemptOutcome.State(rawValue: run.state.rawValue) ?? .failed, finishedAt: start)
    outcome.message = run.error
    outcome.finalMetrics = run.metrics
    outcome.cost = run.wallSeconds.map {
      RunCost(wallSeconds: $0, processorSeconds: $0, peakMemoryBytes: 1 << 20)
    }
    return outcome
  }

  /// The samples' names of runs that the store found.
  func names(of runs: [RunSummary]) -> [String] { runs.map { samples[$0.id] ?? $0.id } }
}
