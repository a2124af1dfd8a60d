import Foundation
import Store
import Sweeps
import TestSupport

/// A store in a folder of its own, with a launch of a few jobs.
final class StoreFixture: Sendable {
  let folder: TemporaryFolder
  let store: ExperimentStore
  static let start = Timestamp(Date(timeIntervalSince1970: 1_700_000_000))

  var path: String { folder.file("experiments.sqlite") }

  init(schema: Schema = .current) throws {
    folder = try TemporaryFolder()
    store = try ExperimentStore(
      path: folder.file("experiments.sqlite"), access: .write, schema: schema)
  }

  /// Changes the store behind its back.
  func sqlite(_ statement: String) throws { try StoreFile.run(statement, on: path) }

  static func key(_ index: Int) -> String {
    let digits = String(index, radix: 16)
    return String(repeating: "0", count: 64 - digits.count) + digits
  }

  /// Everything that can be run runs, also what is completed.
  static var fresh: RerunOptions {
    var options = RerunOptions()
    options.isFresh = true
    return options
  }

  static func job(_ index: Int, options: RerunOptions = fresh) -> PlannedJob {
    let settings: [String: SettingValue] = [
      "loss.alpha": .number(1 + Double(index) / 10), "loss.temperature": .number(.infinity),
      "seed": .number(Double(index)), "batch": .text("60x3"),
    ]
    return PlannedJob(
      spec: JobSpec(
        index: index, settings: settings,
        origins: ["loss.alpha": .line(7), "seed": .commandLine, "batch": .defaults]),
      key: key(index), canonicalText: "{\"index\":\(index)}",
      dataDigests: ["high": key(index)],
      decision: JobDecision(about: nil, options: options), options: options)
  }

  static func launch(
    id: String = Identifier.random(), sweep: String = "practice", startedAt: Timestamp = start
  ) -> LaunchRecord {
    var launch = LaunchRecord(
      id: id, sweepName: sweep, sweepDescription: "a question", file: "sweeps/practice.yaml",
      text: "name: practice\n", textDigest: key(99),
      commandLine: ["rll-sweep", "launch", "sweeps/practice.yaml"],
      axes: [LaunchRecord.Axis(name: "loss.alpha", values: [.number(1), .number(1.1)])],
      objective: Objective(), host: "here", processID: 42, startedAt: startedAt)
    launch.bootID = HostIdentity.current.bootID
    return launch
  }

  /// Launches jobs 0..<count; the lock lives as long as the caller keeps it.
  func begin(
    jobs count: Int = 1, launch: LaunchRecord = launch()
  ) throws -> (jobs: [LaunchedJob], launch: LaunchRecord, lock: LaunchLock?) {
    try FileManager.default.createDirectory(
      atPath: store.location.runsFolder, withIntermediateDirectories: true)
    let lock = try LaunchLock(path: store.location.launchLock(of: launch.id))
    let jobs = try store.begin(launch, jobs: (0..<count).map { Self.job($0) })
    return (jobs, launch, lock)
  }

  static func outcome(
    _ state: AttemptOutcome.State = .completed, message: String? = nil
  ) -> AttemptOutcome {
    var outcome = AttemptOutcome(
      state: state, finishedAt: Timestamp(Date(timeIntervalSince1970: 1_700_000_060)))
    outcome.message = message
    outcome.exitStatus = state == .completed ? "exit 0" : "exit 1"
    outcome.cost = RunCost(wallSeconds: 1.5, processorSeconds: 1, peakMemoryBytes: 1 << 20)
    outcome.history = [
      MetricPoint(name: "train/loss", step: 50, value: 0.5),
      MetricPoint(name: "train/loss", step: 100, value: 0.25),
    ]
    outcome.finalMetrics = ["test/recall@1": 0.85]
    outcome.environment = ["host": "here", "numerics_identity": "1"]
    return outcome
  }

  /// Runs a job of a launch to an end.
  func finish(
    _ job: LaunchedJob, of launch: LaunchRecord, with outcome: AttemptOutcome = outcome()
  ) throws {
    let spec = Self.job(job.position).spec
    let attempt = try store.claim(
      runID: job.runID, launchID: launch.id, spec: spec, now: Self.start)
    try store.takeIn(outcome, runID: job.runID, attempt: attempt ?? 0)
  }
}

/// The text of the error that the body throws; nil if it throws none or another kind.
func storeErrorText(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return (error as? StoreError)?.description
  }
}
