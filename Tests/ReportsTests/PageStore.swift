import Foundation
import Reports
import Store
import Sweeps
import TestSupport

/// A store with one sweep over margin and temperature, whose runs are told what became of them.
final class PageStore {
  let folder: TemporaryFolder
  let store: ExperimentStore
  private let launch: LaunchRecord
  private let lock: LaunchLock?
  private let specs: [JobSpec]
  private let jobs: [LaunchedJob]

  /// `seeds` runs for each pair of 0.2, 0.4 and 0, infinity.
  init(
    name: String = "practice", description: String? = "Does m matter?",
    text: String = "name: practice\n", seeds: Int = 2,
    gate: [GateRule] = [], dataSets: [String] = []
  ) throws {
    folder = try TemporaryFolder()
    store = try ExperimentStore(path: folder.file("store.sqlite"), access: .write)
    var launch = LaunchRecord(
      id: Identifier.random(), sweepName: name, sweepDescription: description,
      file: "practice.yaml", text: text, textDigest: String(repeating: "9", count: 64),
      commandLine: ["rll-sweep", "launch", "my sweep.yaml"],
      axes: (dataSets.isEmpty
        ? [] : [.init(name: "dataset.path", values: dataSets.map(SettingValue.text))]) + [
          .init(name: "loss.margin", values: [.number(0.2), .number(0.4)]),
          .init(name: "loss.temperature", values: [.number(0), .number(.infinity)]),
        ],
      objective: Objective(), host: "here", processID: 42,
      startedAt: Timestamp(Date(timeIntervalSince1970: 1_700_000_000)))
    launch.bootID = HostIdentity.current.bootID
    launch.gate = gate
    self.launch = launch
    var settings: [[String: SettingValue]] = []
    for path in dataSets.isEmpty ? [nil] : dataSets.map(Optional.some) {
      for margin in [0.2, 0.4] {
        for temperature in [0, Double.infinity] {
          for seed in 0..<seeds {
            var job: [String: SettingValue] = [
              "loss.margin": .number(margin), "loss.temperature": .number(temperature),
              "seed": .number(Double(seed)), "batch": .text("60x3"),
            ]
            job["dataset.path"] = path.map(SettingValue.text)
            settings.append(job)
          }
        }
      }
    }
    specs = settings.enumerated().map { JobSpec(index: $0, settings: $1, origins: [:]) }
    try FileManager.default.createDirectory(
      atPath: store.location.runsFolder, withIntermediateDirectories: true)
    lock = try LaunchLock(path: store.location.launchLock(of: launch.id))
    jobs = try store.begin(
      launch,
      jobs: specs.map { spec in
        PlannedJob(
          spec: spec, key: Self.key(spec.index), canonicalText: "{\"index\":\(spec.index)}",
          dataDigests: [
            "high": Self.digest(dataSets.firstIndex { $0 == spec.settings["dataset.path"]?.text })
          ],
          decision: JobDecision(about: nil, options: RerunOptions()), options: RerunOptions())
      })
  }

  /// One for each place among the sets of data.
  private static func digest(_ place: Int?) -> String {
    String(repeating: String(10 + (place ?? 0), radix: 16), count: 64)
  }

  private static func key(_ index: Int) -> String {
    let digits = String(index, radix: 16)
    return String(repeating: "0", count: 64 - digits.count) + digits
  }

  var runIDs: [String] { jobs.map(\.runID) }

  private func claim(_ place: Int) throws -> Int? {
    try store.claim(
      runID: jobs[place].runID, launchID: launch.id, spec: specs[place], now: launch.startedAt)
  }

  func start(_ place: Int) throws { _ = try claim(place) }

  func complete(_ place: Int, _ figures: [String: Double], history: [MetricPoint] = []) throws {
    var outcome = AttemptOutcome(state: .completed, finishedAt: launch.startedAt)
    outcome.finalMetrics = figures
    outcome.history = history
    outcome.environment = ["host": "here", "program_version": "0.1.0"]
    try finish(place, outcome)
  }

  func fail(_ place: Int, _ message: String) throws {
    var outcome = AttemptOutcome(state: .failed, finishedAt: launch.startedAt)
    outcome.message = message
    try finish(place, outcome)
  }

  private func finish(_ place: Int, _ outcome: AttemptOutcome) throws {
    guard let attempt = try claim(place) else { return }
    _ = try store.takeIn(outcome, runID: jobs[place].runID, attempt: attempt)
  }

  /// All runs completed: the margin adds 0.1, the temperature 0.02, each seed 0.01.
  func completeAll() throws {
    for place in specs.indices {
      let settings = specs[place].settings
      let value =
        (settings["loss.margin"] == .number(0.4) ? 0.5 : 0.4)
        + (settings["loss.temperature"] == .number(0) ? 0 : 0.02)
        + 0.01 * (settings["seed"]?.number ?? 0)
      try complete(place, ["validation/map@r": value, "test/map@r": value - 0.1])
    }
  }

  /// Keeps what there is as a night, and as the baseline `main` where it is to be one.
  func keepNight(_ verdict: GateVerdict, asBaseline isBaseline: Bool = false) throws {
    let results = try store.results(ofLaunch: launch.id)
    if isBaseline { _ = try BaselineRequest(name: "main", sweep: launch.sweepName).set(in: store) }
    try store.keep(
      NightRecord(
        of: results, verdict: verdict, summary: "all is well", baselineID: nil,
        recordedAt: launch.startedAt), of: results)
  }

  /// The page's data as its program reads it.
  func page(_ name: String = "latest", metrics: [String] = []) throws -> PageData {
    let sources = try PageSource.sources(of: name, in: store, metrics: metrics)
    let document = PageDocument(
      program: "rll-report 0", writtenAt: Date(timeIntervalSince1970: 0), sources: sources)
    return PageData(document)
  }
}

/// The JSON of a page, to be asked by path.
struct PageData {
  let document: PageDocument
  let root: Any?

  init(_ document: PageDocument) {
    self.document = document
    root = try? JSONSerialization.jsonObject(with: Data(document.json.compactText.utf8))
  }

  /// What stands at a path such as `sweeps.0.answer`.
  func value(_ path: String) -> Any? {
    path.split(separator: ".").reduce(root) { found, part in
      if let list = found as? [Any], let place = Int(part), list.indices.contains(place) {
        return list[place]
      }
      return (found as? [String: Any])?[String(part)]
    }
  }

  func text(_ path: String) -> String? { value(path) as? String }
  func number(_ path: String) -> Double? { value(path) as? Double }
  func texts(_ path: String) -> [String]? { value(path) as? [String] }
}
