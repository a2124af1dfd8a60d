import Foundation
import Store
import Sweeps
import TestSupport

/// A store whose jobs, sweep file and weights have the digests that they should have.
final class CareFixture: Sendable {
  let fixture: StoreFixture

  var store: ExperimentStore { fixture.store }
  var path: String { fixture.path }

  init(schema: Schema = .current) throws {
    fixture = try StoreFixture(schema: schema)
  }

  private static let text = "name: practice\n"
  private static let textDigest =
    "48b362fe22f620b5c10810c91d60231c872b043e243265a1e1cab1e94f225695"

  /// Job number `index` with the key of its settings.
  static func job(_ index: Int, options: RerunOptions = StoreFixture.fresh) -> PlannedJob {
    var job = StoreFixture.job(index, options: options)
    job.spec.settings["checkpoint.keep"] = .list([.text("best"), .text("last")])
    job.canonicalText = JobKey.canonicalText(
      of: job.spec, dataDigests: job.dataDigests, objective: Objective())
    job.key = JobKey.hash(of: job.spec, dataDigests: job.dataDigests, objective: Objective())
    return job
  }

  static func moment(_ seconds: Int) -> Timestamp {
    Timestamp(Date(timeIntervalSince1970: 1_700_000_000 + Double(seconds)))
  }

  /// A launch that is being carried out for as long as `lock` lives.
  struct Begun: Sendable {
    var jobs: [Int: String]
    var launch: LaunchRecord
    var lock: LaunchLock?
  }

  func begin(
    _ indices: [Int], sweep: String = "practice", at seconds: Int = 0,
    options: RerunOptions = StoreFixture.fresh
  ) throws -> Begun {
    var launch = StoreFixture.launch(sweep: sweep, startedAt: Self.moment(seconds))
    launch.text = Self.text
    launch.textDigest = Self.textDigest
    try FileManager.default.createDirectory(
      atPath: store.location.runsFolder, withIntermediateDirectories: true)
    let lock = try LaunchLock(path: store.location.launchLock(of: launch.id))
    let jobs = try store.begin(launch, jobs: indices.map { Self.job($0, options: options) })
    return Begun(
      jobs: Dictionary(zip(indices, jobs.map(\.runID))) { first, _ in first }, launch: launch,
      lock: lock)
  }

  @discardableResult
  func claim(_ index: Int, of begun: Begun, at seconds: Int = 0) throws -> Int? {
    try store.claim(
      runID: begun.jobs[index] ?? "", launchID: begun.launch.id, spec: Self.job(index).spec,
      now: Self.moment(seconds))
  }

  /// How job number `index` ends: its measures and weights follow from its number and `shift`.
  static func outcome(
    _ index: Int, _ state: AttemptOutcome.State = .completed, shift: Double = 0, at seconds: Int
  ) -> AttemptOutcome {
    var outcome = AttemptOutcome(state: state, finishedAt: moment(seconds))
    outcome.log = "step 50\n"
    outcome.history = [
      MetricPoint(name: "train/loss", step: 50, value: Double(index) + 0.5),
      MetricPoint(name: "validation/map@r", step: 100, value: Double(index) / 10 + shift),
    ]
    outcome.environment = ["host": "here", "numerics_identity": "1"]
    guard state == .completed else {
      outcome.message = "it \(state.rawValue)"
      return outcome
    }
    outcome.finalMetrics = ["test/recall@1": Double(index) / 20 + shift]
    outcome.selectedStep = 100
    outcome.checkpoints = [
      CheckpointContent(kind: .best, step: 50, content: Data("best \(index) \(shift)".utf8)),
      CheckpointContent(kind: .last, step: 100, content: Data("last \(index) \(shift)".utf8)),
    ]
    return outcome
  }

  func finish(
    _ index: Int, of begun: Begun, _ state: AttemptOutcome.State = .completed,
    shift: Double = 0, at seconds: Int = 60
  ) throws {
    let attempt = try claim(index, of: begun)
    try store.takeIn(
      Self.outcome(index, state, shift: shift, at: seconds), runID: begun.jobs[index] ?? "",
      attempt: attempt ?? 0)
  }

  /// A whole launch: all jobs completed, and its end written down.
  @discardableResult
  func complete(_ indices: [Int], at seconds: Int = 0) throws -> Begun {
    var begun = try begin(indices, at: seconds)
    for index in indices { try finish(index, of: begun, at: seconds + 60) }
    try store.end(launch: begun.launch.id, at: Self.moment(seconds + 90))
    begun.lock = nil
    return begun
  }

  /// What a check says of the store, with advice.
  func problems() throws -> [String] {
    try store.check().problems.map { "\($0.severity.rawValue): \($0.text). \($0.advice)" }
  }

  /// Results of each run by job key, without ids and times.
  func results() throws -> [String: [String]] {
    var results: [String: [String]] = [:]
    for run in try store.runs() {
      let history = try store.history(of: run.id).map { "\($0.name) \($0.step) \($0.value)" }
      let weights = try store.detail(of: run.id).checkpoints.map { "\($0.kind) \($0.sha256)" }
      results[run.jobKey, default: []].append(
        "\(run.state) \(run.metrics) \(history) \(weights)")
    }
    return results
  }
}
