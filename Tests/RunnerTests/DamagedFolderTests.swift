import Foundation
import Runner
import Store
import Sweeps
import TestSupport
import Testing

/// Run folders whose files are not what their jobs wrote there: nothing of them is stored, nobody
/// waits for them, and another attempt gets by.
struct DamagedFolderTests {
  private typealias Damage = @Sendable (String) throws -> Void

  private static let best = Data("weights of the best step".utf8)
  private static let points = [
    MetricPoint(name: "test/map@r", step: 10, value: 0.25),
    MetricPoint(name: "test/map@r", step: 20, value: 0.5),
  ]

  private static func replace(_ file: String, by content: Data) -> Damage {
    { try content.write(to: URL(filePath: "\($0)/\(file)")) }
  }

  private static func digest(_ content: Data) -> String {
    CheckpointContent.digest(of: content).prefix(12) + "…"
  }

  private static func lines(_ last: String) -> Data {
    Data(
      """
      {"name":"test/map@r","step":10,"value":0.25}
      {"name":"test/map@r","step":20,"value":\(last)}

      """.utf8)
  }

  private static func other(_ file: String, _ written: Data, _ found: Data) -> String {
    "\(file) is not what its job wrote: its SHA-256 is \(digest(found)), not \(digest(written))"
  }

  private static let pipe = "is a named pipe, not a file. Remove it, or name another place"

  /// Puts a named pipe that nobody writes in the place of a file.
  private static func block(_ file: String) -> Damage {
    { folder in
      unlink("\(folder)/\(file)")
      #expect(mkfifo("\(folder)/\(file)", 0o600) == 0)
    }
  }

  /// What is done to a folder, and what is said of its file then.
  private static let damages: [(change: Damage, reason: String)] = [
    (replace("best.safetensors", by: Data()), other("best.safetensors", best, Data())),
    (
      replace("last.safetensors", by: best.prefix(4)),
      other("last.safetensors", best, best.prefix(4))
    ),
    (
      replace("best.safetensors", by: Data("weights of another's step".utf8)),
      other("best.safetensors", best, Data("weights of another's step".utf8))
    ),
    (
      replace("best.safetensors", by: Data([best[0] ^ 1]) + best.dropFirst()),
      other("best.safetensors", best, Data([best[0] ^ 1]) + best.dropFirst())
    ),
    (
      replace("metrics.jsonl", by: lines("0.9")),
      other("metrics.jsonl", lines("0.5"), lines("0.9"))
    ),
    (block("best.safetensors"), "best.safetensors \(pipe)"),
    (block("metrics.jsonl"), "metrics.jsonl \(pipe)"),
    (block("result.json"), "result.json \(pipe)"),
    (
      {
        try FileManager.default.moveItem(
          atPath: "\($0)/best.safetensors", toPath: "\($0)/elsewhere")
        #expect(symlink("elsewhere", "\($0)/best.safetensors") == 0)
      }, "best.safetensors is a symbolic link, not a file. Remove it, or name another place"
    ),
    (
      replace("result.json", by: Data("{\"schema\":1".utf8)),
      "result.json is not what a run folder holds: it is no JSON"
    ),
    (
      replace("result.json", by: Data("{\"schema\":1,\"jobKey\":7}".utf8)),
      "result.json is not what a run folder holds: jobKey is of the wrong type"
    ),
    (
      replace("result.json", by: Data("{\"schema\":1}".utf8)),
      "result.json is not what a run folder holds: jobKey is missing"
    ),
    (
      replace(
        "result.json", by: Data("{\"schema\":1,\"jobKey\":\"a\",\"ending\":\"x\"}".utf8)),
      "result.json is not what a run folder holds: ending has a value that is not known"
    ),
  ]

  /// Leaves everything that a job does, with or without digests.
  private static func complete(
    _ folder: RunFolder, _ request: JobRequest, hasDigests: Bool = true
  ) throws {
    var report = JobReport(jobKey: request.jobKey, ending: .completed)
    report.selectedStep = 10
    report.finalMetrics = ["test/map@r": 0.25]
    for (kind, step) in [("best", 10), ("last", 20)] {
      let file = kind + ".safetensors"
      try folder.write(checkpoint: best, file: file)
      report.checkpoints.append(
        .init(
          kind: kind, step: step, file: file,
          digest: hasDigests ? CheckpointContent.digest(of: best) : nil))
    }
    let end = try folder.append(points)
    report.historyBytes = end.bytes
    report.historyDigest = hasDigests ? end.digest : nil
    try folder.write(report)
  }

  @Test(.timeLimit(.minutes(2)), arguments: damages.indices)
  func `a damaged folder is a failed attempt of which nothing is stored, and runs again`(
    index: Int
  ) async throws {
    let (change, reason) = Self.damages[index]
    let fixture = try LaunchFixture()
    let executor = FakeExecutor { folder, request in
      try Self.complete(folder, request)
      if request.attempt == 1 { try change(folder.path) }
      return .exited(0)
    }
    #expect(try await fixture.launch(try fixture.plan(1), executor: executor).failed == 1)
    let run = try #require(try fixture.store.runs().first)
    let folder = fixture.store.location.runFolder(of: run.id)
    #expect(
      run.error == "\(folder)/\(reason). To run it again: rll-sweep retry fixture")
    #expect(run.metrics.isEmpty)
    let detail = try fixture.store.detail(of: run.id)
    #expect(detail.checkpoints.isEmpty && detail.attempts.map(\.reason) == ["file"])
    #expect(try fixture.store.history(of: run.id).isEmpty)

    // It is done as told. A report that was none is gone by now.
    if reason.contains(" Remove it"), let file = reason.split(separator: " ").first {
      unlink("\(folder)/\(file)")
    }
    var again = RerunOptions()
    again.retriesFailed = true
    let second = try fixture.plan(1, options: again)
    #expect(try await fixture.launch(second, executor: executor).completed == 1)
    #expect(executor.started.count == 2)
    #expect(try fixture.store.history(of: run.id) == Self.points)
    #expect(try fixture.store.detail(of: run.id).checkpoints.count == 2)
  }

  @Test func `a report that gives no digests is believed`() async throws {
    let fixture = try LaunchFixture()
    let executor = FakeExecutor { folder, request in
      try Self.complete(folder, request, hasDigests: false)
      return .exited(0)
    }
    #expect(try await fixture.launch(try fixture.plan(1), executor: executor).completed == 1)
    #expect(try fixture.store.runs().first?.metrics == ["test/map@r": 0.25])
  }

  @Test func `a digest of the history is that of the part which it speaks of`() throws {
    let temporary = try TemporaryFolder()
    let folder = RunFolder(path: temporary.path)
    let first = try folder.append([Self.points[0]])
    let second = try folder.append([Self.points[1]], after: first)
    #expect(second.digest == CheckpointContent.digest(of: Self.lines("0.5")))
    #expect(
      try folder.history(ofLength: first.bytes, digest: first.digest) == [Self.points[0]])
    let again = try folder.historyEnd(ofLength: first.bytes, digest: first.digest)
    #expect(try folder.append([Self.points[1]], after: again).digest == second.digest)
    #expect(throws: RunnerError.self) {
      try folder.historyEnd(ofLength: first.bytes, digest: second.digest)
    }
  }

  @Test(
    .timeLimit(.minutes(2)),
    arguments: ["job.json", "result.json", "metrics.jsonl", "training.state", "queries.json"])
  func `nobody waits for a named pipe, and no link is followed`(file: String) throws {
    let temporary = try TemporaryFolder()
    let folder = RunFolder(path: temporary.path)
    func read() throws {
      _ = try folder.report(for: "key")
      _ = try folder.history()
      _ = try folder.trainingState()
      if file == "job.json" { _ = try folder.request() }
      if file == "queries.json" { _ = try folder.queries() }
    }
    let path = temporary.file(file)
    try Self.block(file)(temporary.path)
    #expect(throws: RunnerError.self) { try read() }
    do { try read() } catch { #expect("\(error)" == "\(path) \(Self.pipe)") }
    unlink(path)
    #expect(symlink("/dev/zero", path) == 0)
    do { try read() } catch {
      #expect(
        "\(error)"
          == "\(path) is a symbolic link, not a file. Remove it, or name another place")
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func `a history is written to no pipe and through no link`() throws {
    let temporary = try TemporaryFolder()
    try temporary.write("precious", to: "victim")
    let folder = RunFolder(path: temporary.path)
    let path = temporary.file("metrics.jsonl")
    #expect(symlink("victim", path) == 0)
    for kind in ["a symbolic link", "a named pipe"] {
      let error = #expect(throws: RunnerError.self) { try folder.append(Self.points) }
      #expect(
        error?.description == "\(path) is \(kind), not a file. Remove it, or name another place")
      try Self.block("metrics.jsonl")(temporary.path)
    }
    #expect(try String(contentsOfFile: temporary.file("victim"), encoding: .utf8) == "precious")
  }

  @Test(.timeLimit(.minutes(2)), arguments: ["owner", StoreLocation.runLockName])
  func `a folder whose owner or lock is a named pipe is not taken`(name: String) throws {
    let temporary = try TemporaryFolder()
    let folder = RunFolder(path: temporary.path)
    let path = temporary.file(name)
    #expect(mkfifo(path, 0o600) == 0)
    let error = #expect(throws: RunnerError.self) {
      try FolderOwner.claim(folder) { false }
    }
    #expect(error?.description == "\(path) \(Self.pipe)")
  }

  @Test(.timeLimit(.minutes(2)))
  func `a log that is a named pipe starts no job, and is said where it is read`() async throws {
    let temporary = try TemporaryFolder()
    let folder = RunFolder(path: temporary.path)
    #expect(mkfifo(folder.logPath, 0o600) == 0)
    let executor = try LocalExecutor(program: "/bin/true", arguments: [])
    let termination = await executor.run(folder, resources: JobResources())
    #expect("\(termination)" == "\(Termination.notStarted("\(folder.logPath) \(Self.pipe)"))")
    #expect(folder.logTail() == "\(folder.logPath) \(Self.pipe)\n")
  }
}
