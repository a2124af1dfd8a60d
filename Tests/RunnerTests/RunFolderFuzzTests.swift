import Foundation
import Runner
import Store
import Sweeps
import TestSupport
import Testing

/// Damaged run folders: whatever their files hold, they are read or refused with a reason, and
/// a launch takes in what became of the job.
struct RunFolderFuzzTests {
  private static let key = String(repeating: "k", count: 64)

  private static let tokens = [
    "{", "}", "[", "]", ",", ":", "\"", "\n", "\\u0000", "\\ud800", "\\u002e\\u002e/", "null",
    "true",
    "-1", "1e999", "\"nan\"", "\"-inf\"", "9223372036854775808", "0.5", "\"schema\":2,",
    "\"ending\":\"interrupted\"", "\"best\"", "\"last\"", "\"../x\"", "\"step\":", "\"name\":",
    "\"settings\":{}", "{\"line\":{\"_0\":7}}", "[[[[[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":",
  ]

  /// The files of a run folder as programs of this version write them.
  private static func sound(in folder: TemporaryFolder) throws -> [(name: String, bytes: [UInt8])] {
    let run = RunFolder(path: folder.file("sound"))
    let settings: [String: SettingValue] = [
      "seed": .number(1), "loss.temperature": .number(.infinity),
      "dataset.levels": .list([.text("a")]),
      "schedule": .mapping(["cosine": .mapping(["floor": .number(0.1)])]),
      "model.bias": .bool(true),
    ]
    try run.create(
      JobRequest(
        runID: "0123456789abcdef", attempt: 1, jobKey: key,
        spec: JobSpec(
          index: 0, settings: settings, origins: ["seed": .line(3), "model.bias": .commandLine]),
        objective: Objective(), dataDigests: ["a": key], usesNativeBLAS: false))
    _ = try run.append(Self.history)
    try run.write(Self.report)
    try run.write(Self.queries)
    return try ["job.json", "metrics.jsonl", "queries.json", "result.json"].map { name in
      (name, [UInt8](try Data(contentsOf: URL(filePath: "\(run.path)/\(name)"))))
    }
  }

  private static let history = [
    MetricPoint(name: "validation/map@r", step: 10, value: 0.5),
    MetricPoint(name: "train/loss", step: 10, value: .nan),
    MetricPoint(name: "train/loss", step: 20, value: .infinity),
  ]

  private static let queries = QueryOutcomes(
    [.init(firstHit: 1, averagePrecision: 0.75), .init(firstHit: nil, averagePrecision: nil)],
    recallAt: [1, 2], classes: QueryClasses(names: ["a", "ü"], of: [1, 0]))

  private static var report: JobReport {
    var report = JobReport(jobKey: key, ending: .completed)
    report.selectedStep = 10
    report.finalMetrics = ["validation/map@r": 0.5, "train/loss": 0.25]
    report.environment = ["openblas": "0.3"]
    report.cost.wallSeconds = 1.5
    report.hasQueries = true
    report.checkpoints = [
      .init(kind: "best", step: 10, file: "best.safetensors"),
      .init(kind: "last", step: 20, file: "last.safetensors"),
    ]
    return report
  }

  @Test(.timeLimit(.minutes(60)))
  func `a damaged file of a run folder is read or refused, and never ends the program`() throws {
    let run = FuzzRun("RunFolderFuzzTests, files", usually: 2_000)
    let folder = try TemporaryFolder()
    let files = try Self.sound(in: folder)
    let damaged = RunFolder(path: folder.file("sound"))
    var refused = 0
    for input in run.inputs {
      var generator = run.generator(of: input)
      let (name, sound) = files[input % files.count]
      var bytes = sound
      ByteDamage.damage(&bytes, tokens: Self.tokens, using: &generator)
      let path = "\(damaged.path)/\(name)"
      try Data(bytes).write(to: URL(filePath: path))
      do throws(RunnerError) {
        switch name {
        case "job.json": _ = try damaged.request()
        case "metrics.jsonl": _ = try damaged.history()
        case "queries.json": _ = try damaged.queries()
        default:
          for checkpoint in try damaged.report(for: Self.key)?.checkpoints ?? [] {
            _ = try damaged.checkpoint(file: checkpoint.file)
          }
        }
      } catch {
        refused += 1
        #expect(error.description.hasPrefix(damaged.path), "\(run.place(of: input)): \(error)")
      }
      try Data(sound).write(to: URL(filePath: path))
    }
    #expect(refused > run.inputs.count / 4, "\(refused) refused")
  }

  @Test(.timeLimit(.minutes(60)))
  func `a job that leaves nonsense is judged, and its launch goes on`() async throws {
    let run = FuzzRun("RunFolderFuzzTests, launches", usually: 160)
    let sound = try Self.sound(in: try TemporaryFolder())
    let jobsOfLaunch = 16
    var fixture = try LaunchFixture()
    var states: [RunState: Int] = [:]
    for first in stride(from: 0, to: run.inputs.count, by: jobsOfLaunch) {
      if first % 1_600 == 0 { fixture = try LaunchFixture() }
      let executor = FakeExecutor { folder, request in
        var generator = run.generator(of: first + request.spec.index)
        // One of the three files that a job leaves, or none of them.
        let damaged = Int.random(in: 0..<4, using: &generator)
        for (number, (name, bytes)) in sound.dropFirst().enumerated() {
          var content = [UInt8](
            String(decoding: bytes, as: UTF8.self)
              .replacing(Self.key, with: request.jobKey).utf8)
          if number == damaged {
            ByteDamage.damage(&content, tokens: Self.tokens, using: &generator)
          }
          try Data(content).write(to: URL(filePath: "\(folder.path)/\(name)"))
        }
        for name in ["best", "last"] {
          try folder.write(checkpoint: Data(name.utf8), file: name + ".safetensors")
        }
        return .exited(0)
      }
      var again = RerunOptions()
      again.isFresh = true
      let plan = try fixture.plan(jobsOfLaunch, options: again)
      let summary = try await fixture.launch(plan, executor: executor)
      #expect(
        summary.completed + summary.failed + summary.interrupted == jobsOfLaunch,
        "\(run.place(of: first))")
      states[.completed, default: 0] += summary.completed
      states[.failed, default: 0] += summary.failed
    }
    let errors = Set(try fixture.store.runs().compactMap(\.error)).sorted()
    #expect(states[.completed] ?? 0 > 0 && states[.failed] ?? 0 > 0, "\(states) \(errors)")
  }

  @Test(arguments: [
    (
      [MetricPoint(name: "a", step: 1, value: 0), MetricPoint(name: "a", step: 1, value: 1)],
      ["best"], "has two values of a at step 1"
    ),
    (
      [MetricPoint(name: "a\0b", step: 1, value: 0)], [],
      "has a measure with a zero in its name, a\0b"
    ),
    ([], ["best", "best"], "has two checkpoints of kind best"),
    ([], ["first"], "has a checkpoint of kind first"),
  ])
  func `a report that the store could not hold is a failed run with its reason`(
    history: [MetricPoint], kinds: [String], reason: String
  ) async throws {
    let fixture = try LaunchFixture()
    let executor = FakeExecutor { folder, request in
      var report = JobReport(jobKey: request.jobKey, ending: .completed)
      report.checkpoints = kinds.map { .init(kind: $0, step: 1, file: "weights") }
      try folder.write(checkpoint: Data("weights".utf8), file: "weights")
      _ = try folder.append(history)
      try folder.write(report)
      return .exited(0)
    }
    let summary = try await fixture.launch(try fixture.plan(1), executor: executor)
    #expect(summary.failed == 1)
    let run = try #require(try fixture.store.runs().first)
    let place = fixture.store.location.runFolder(of: run.id)
    let advice = ". To run it again: rll-sweep retry fixture"
    // The store keeps no text behind a zero.
    #expect(run.error == String("\(place) \(reason)\(advice)".prefix { $0 != "\0" }))
  }

  @Test(arguments: ["../secret", "a/../../secret", "..\u{2f}\u{338}secret", "", ".", ".."])
  func `a checkpoint is a file of its run folder and no other`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("secret", to: "secret")
    try folder.write("secret", to: "\u{338}secret")
    try FileManager.default.createDirectory(
      atPath: folder.file("run"), withIntermediateDirectories: false)
    let error = try #require(throws: RunnerError.self) {
      try RunFolder(path: folder.file("run")).checkpoint(file: name)
    }
    let path = "\(folder.file("run"))/\(name)"
    #expect(
      [
        " cannot be read: it is not in the run folder",
        " is a folder, not a file. Remove it, or "
          + "name another place",
      ].contains { error.description == path + $0 }, "\(error)")
  }

  @Test func `a damaged report of a dead launch is replaced by that of the next`() async throws {
    let fixture = try LaunchFixture()
    let plan = try fixture.plan(1)
    let runID = try fixture.store.begin(fixture.record(), jobs: plan)[0].runID
    let folder = RunFolder(path: fixture.store.location.runFolder(of: runID))
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    try Data("{".utf8).write(to: URL(filePath: folder.path + "/result.json"))
    let summary = try await fixture.launch(try fixture.plan(1), executor: FakeExecutor())
    #expect(summary.completed == 1)
    #expect(try fixture.store.runs().map(\.state) == [.completed])
  }
}
