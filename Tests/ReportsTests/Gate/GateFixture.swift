import Foundation
import Reports
import Store
import Sweeps

/// Sweeps of two measures over alpha, as a store would give them, and their judgement.
enum GateFixture {
  static let old = "code 1, streams 1, OpenBLAS 0.3.21, Haswell, 1 thread"
  static let upgraded = "code 1, streams 1, OpenBLAS 0.3.26, Haswell, 1 thread"
  static let otherStreams = "code 1, streams 2, OpenBLAS 0.3.21, Haswell, 1 thread"

  static let rules = [
    GateRule(measure: "test/recall@1", margin: 0.01),
    GateRule(measure: "test/map@r", margin: 0.005),
  ]

  /// MAP@R with each seed.
  static let usual = [0.42, 0.409, 0.424, 0.408, 0.419]

  /// One job; Recall@1 is 0.4 above MAP@R.
  static func job(
    alpha: Double = 1.2, seed: Int, fold: Int? = nil, map: Double?, identity: String = old,
    rate: Double = 0.1, state: RunState = .completed, data: String = "a", loss: Double? = nil,
    weights: String = "w"
  ) -> (job: SweepResults.Job, result: JobResult?) {
    var settings: [String: SettingValue] = [
      "loss.alpha": .number(alpha), "optimizer.learning_rate": .number(rate),
      "seed": .number(Double(seed)), "steps": .number(100),
    ]
    if let fold {
      settings["dataset.validation"] = .mapping([
        "fold": .number(Double(fold)), "folds": .number(2),
      ])
    }
    let words = "\(alpha) \(seed) \(fold ?? -1) \(rate) \(data)"
    let key = String(
      (words.map { String($0.asciiValue ?? 0, radix: 16) }.joined()
        + String(repeating: "0", count: 64)).prefix(64))
    var result: JobResult?
    if state == .completed {
      var measures: [String: Double] = ["test/nmi": 0.5]
      measures["test/map@r"] = map
      measures["test/recall@1"] = map.map { $0 + 0.4 }
      result = JobResult(
        jobKey: key, numericsIdentity: identity, measures: measures,
        histories: [
          "train/loss": [
            .init(step: 50, value: 0.5), .init(step: 100, value: loss ?? map ?? 0),
          ]
        ], weights: ["best": .init(step: 50, sha256: weights)])
    }
    let job = SweepResults.Job(
      jobKey: key, state: state, error: state == .failed ? "the loss is not finite" : nil,
      seed: seed, settings: settings, dataDigests: ["high": data], result: result)
    return (job, result)
  }

  /// Jobs with the seeds 0, 1, … and these values of MAP@R.
  static func jobs(
    alpha: Double = 1.2, _ values: [Double], identity: String = old, rate: Double = 0.1,
    data: String = "a"
  ) -> [(job: SweepResults.Job, result: JobResult?)] {
    values.enumerated().map {
      job(alpha: alpha, seed: $0, map: $1, identity: identity, rate: rate, data: data)
    }
  }

  static func launch(_ id: String = "1111111111111111", day: Int = 10) -> LaunchRecord {
    var launch = LaunchRecord(
      id: id, sweepName: "nightly", sweepDescription: nil, file: "nightly.yaml",
      text: "name: nightly\n", textDigest: String(repeating: "0", count: 64), commandLine: [],
      axes: [.init(name: "loss.alpha", values: [.number(1.2)])], objective: Objective(),
      host: "here", processID: 42, startedAt: moment(day))
    launch.gate = rules
    return launch
  }

  static func moment(_ day: Int) -> Timestamp {
    Timestamp(Date(timeIntervalSince1970: 1_700_000_000 + 86_400 * Double(day)))
  }

  static func results(
    _ jobs: [(job: SweepResults.Job, result: JobResult?)], launch: LaunchRecord = launch(),
    cost: NightCost = NightCost()
  ) -> LaunchResults {
    let details = jobs.compactMap(\.result).map { ($0.digest, $0) }
    return LaunchResults(
      launch: launch,
      results: SweepResults(
        sweep: launch.sweepName, axes: launch.axes.map(\.name), jobs: jobs.map(\.job)),
      details: Dictionary(details) { first, _ in first }, cost: cost)
  }

  static func baseline(
    _ jobs: [(job: SweepResults.Job, result: JobResult?)], day: Int = 1
  ) -> GateInput.Baseline {
    let results = results(jobs).results
    var record = BaselineRecord(
      name: "main", at: moment(day), reason: nil, setDigest: results.digest, sweep: "nightly",
      launchID: "2222222222222222", startedAt: moment(day - 1).description, host: "here")
    record.id = "3333333333333333"
    return .init(record: record, results: results)
  }

  static func night(
    _ jobs: [(job: SweepResults.Job, result: JobResult?)], day: Int,
    verdict: GateVerdict = .pass, cost: NightCost = NightCost(), host: String = "here"
  ) -> GateInput.Night {
    var launch = launch("4444444444444444", day: day)
    launch.host = host
    let results = results(jobs, launch: launch, cost: cost)
    return .init(
      record: NightRecord(
        of: results, verdict: verdict, summary: "", baselineID: nil,
        recordedAt: moment(day)), results: results.results)
  }

  /// Every result of the jobs that stand for what was kept.
  static func judge(
    _ current: [(job: SweepResults.Job, result: JobResult?)],
    against kept: [(job: SweepResults.Job, result: JobResult?)]?,
    nights: [GateInput.Night] = [],
    keptBefore: [(job: SweepResults.Job, result: JobResult?)] = [],
    rules: [GateRule] = rules, cost: NightCost = NightCost(),
    change: (inout GateInput) -> Void = { _ in }
  ) throws -> GateJudgement {
    var launch = launch()
    launch.gate = rules
    let all = (current + (kept ?? []) + keptBefore).compactMap(\.result)
    let known = Dictionary(all.map { ($0.digest, $0) }) { first, _ in first }
    var input = GateInput(
      current: results(current, launch: launch, cost: cost),
      baseline: kept.map { baseline($0) }, nights: nights
    ) { result, digest in
      known[digest].flatMap { result.firstDifference(from: $0) }
    }
    change(&input)
    return try RegressionGate(input).judgement()
  }
}

extension GateJudgement {
  /// Each finding with its verdict.
  var texts: [String] { findings.map { "\($0.verdict.rawValue): \($0.text)" } }

  /// What is said of each finding to people.
  var said: [String] { findings.map(\.sentence) }
}
