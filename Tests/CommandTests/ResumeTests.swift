import Foundation
import Store
import TestSupport
import Testing

/// A job that stopped goes on where it was, and ends with the bits of one that never stopped.
struct ResumeTests {
  /// One job of a few seconds.
  private static let sweep = """
    name: practice
    base:
      dataset: features.h5
      embedding: 8
      batch: 8x3
      steps: 3000
      loss: margin
      optimizer: {name: adam, learning_rate: 0.001}
      evaluation: {every: 300}
    """

  private let practice: Practice

  init() throws {
    practice = try Practice()
    try practice.write(Self.sweep)
  }

  private static let whole = Result { try undisturbed(sweep) }

  private static func undisturbed(_ sweep: String) throws -> [String: RunBits] {
    let practice = try Practice()
    try practice.write(sweep)
    let ending = try practice.launch()
    #expect(ending.status == 0, "\(ending.errors)")
    return try practice.bits()
  }

  /// Launches, ends the job with a signal as soon as it has a checkpoint, and returns its folder.
  private func interruptJob(_ signal: Int32) throws -> String {
    let launcher = try practice.startLaunch()
    let job = try #require(
      try JobProcess.withCheckpoint(of: practice, launcher: launcher), "\(launcher.errors)")
    kill(job.processID, signal)
    let ending = try launcher.wait()
    #expect(ending.status == 1, "\(ending.errors)")
    #expect(try practice.states() == [.interrupted: 1])
    return job.runFolder
  }

  /// The number after some words.
  private func number(after words: String, in text: String) throws -> Int {
    let rest = try #require(text.components(separatedBy: words).dropFirst().first, "\(text)")
    return try #require(Int(rest.prefix { $0.isNumber }))
  }

  @Test func `a job that is told to stop goes on at the very step`() throws {
    _ = try interruptJob(SIGTERM)
    let stop = try #require(try practice.attempts().first?.first?.message)
    let step = try number(after: "training was stopped after step ", in: stop)
    #expect(stop == "training was stopped after step \(step)")
    let ending = try practice.launch()
    #expect(ending.status == 0)
    #expect(
      ending.errors.hasPrefix(
        "practice: 1 job, 0 skipped, 1 to run with 2 workers, 1 of them from a checkpoint\n"),
      "\(ending.errors)")
    #expect(ending.errors.contains("  (resumed at step \(step))\n"), "\(ending.errors)")
    #expect(try practice.attempts().first?.map(\.message) == [stop, "resumed at step \(step)"])
    let log = try #require(try practice.attempts().first?.last?.log)
    #expect(log.contains(stop + "\nattempt 2 resumed at step \(step)\n"), "\(log)")
    #expect(try practice.show().contains("resumed at step \(step)"))
    #expect(try practice.bits() == Self.whole.get())
    #expect(!FileManager.default.fileExists(atPath: practice.runsFolder))
  }

  @Test func `a job that is killed goes on at its last checkpoint`() throws {
    let every = Self.sweep.replacing(
      "every: 300}", with: "every: 100000}\n  checkpoint: {every: 7}")
    try practice.write(every)
    _ = try interruptJob(SIGKILL)
    #expect(try practice.launch().status == 0)
    let message = try #require(try practice.attempts().first?.last?.message)
    let step = try number(after: "resumed at step ", in: message)
    #expect(step > 0 && step % 7 == 0)
    #expect(try practice.bits() == Self.undisturbed(every))
  }

  @Test func `a run has cost what its attempts cost together`() throws {
    func costs() throws -> (wall: Double, processor: Double) {
      let store = try ExperimentStore(path: practice.storePath, access: .read)
      defer { try? store.close() }
      let run = try #require(try store.runs().first)
      return (try #require(run.wallSeconds), try #require(run.processorSeconds))
    }
    _ = try interruptJob(SIGTERM)
    let first = try costs()
    #expect(try practice.launch().status == 0)
    let both = try costs()
    #expect(both.wall > first.wall && both.processor > first.processor)
  }

  /// What can happen to the files of a job, and what the log then says.
  private static let damages: [(file: String, reason: String, change: @Sendable (Data) -> Data)] = [
    (
      "training.state", "the checkpoint cannot be used: its content is damaged",
      { $0.prefix($0.count / 2) }
    ),
    ("training.state", "the checkpoint cannot be used: its content is damaged", { _ in Data() }),
    (
      "training.state", "the checkpoint cannot be used: its content is damaged",
      { $0.prefix(1_000) + Data([$0[1_000] ^ 1]) + $0.dropFirst(1_001) }
    ),
    ("metrics.jsonl", "/metrics.jsonl has 10 bytes where ", { $0.prefix(10) }),
    ("metrics.jsonl", "/metrics.jsonl is not what its job wrote: ", { Data($0.reversed()) }),
    (
      "metrics.jsonl", "/metrics.jsonl is not what its job wrote: its SHA-256 is ",
      { Data($0.map { $0 == UInt8(ascii: "7") ? UInt8(ascii: "3") : $0 }) }
    ),
  ]

  @Test(arguments: damages.indices)
  func `what cannot be gone on from is said, and the job starts again`(index: Int) throws {
    let (file, reason, change) = Self.damages[index]
    let path = try interruptJob(SIGKILL) + "/" + file
    let content = try #require(FileManager.default.contents(atPath: path))
    try change(content).write(to: URL(filePath: path))
    let ending = try practice.launch()
    #expect(ending.status == 0, "\(ending.errors)")
    let attempt = try #require(try practice.attempts().first?.last)
    #expect(attempt.message?.hasPrefix("started at step 0: ") == true)
    #expect(attempt.message?.contains(reason) == true, "\(attempt.message ?? "")")
    #expect(attempt.log?.contains("attempt 2 started at step 0: ") == true)
    #expect(try practice.bits() == Self.whole.get())
  }

  @Test func `a checkpoint is no good for other numerics`() throws {
    _ = try interruptJob(SIGKILL)
    #expect(try practice.launch("--native-blas").status == 0)
    let attempt = try #require(try practice.attempts().first?.last)
    let store = try ExperimentStore(path: practice.storePath, access: .read)
    defer { try? store.close() }
    let environment = try store.detail(of: try #require(try store.runs().first).id).environment
    let identity = try #require(environment["numerics_identity"])
    if environment["openblas_core"] == "Haswell" {
      #expect(attempt.message?.hasPrefix("resumed at step ") == true)
    } else {
      let pinned = identity.replacing(try #require(environment["openblas_core"]), with: "Haswell")
      #expect(
        attempt.message == "started at step 0: the checkpoint was computed with other numerics "
          + "(\(pinned), here \(identity))")
    }
  }

  @Test func `a job whose launcher was killed stops at its next step with a checkpoint`() throws {
    let launcher = try practice.startLaunch()
    let job = try #require(
      try JobProcess.withCheckpoint(of: practice, launcher: launcher), "\(launcher.errors)")
    launcher.send(SIGKILL)
    _ = try launcher.wait()
    let clock = ContinuousClock()
    let time = clock.measure { job.waitUntilGone() }
    print("a job noticed that its launcher was killed, and ended after \(time)")
    let log = try String(contentsOfFile: job.runFolder + "/log.txt", encoding: .utf8)
    let step = try number(after: "training was stopped after step ", in: log)
    #expect(try practice.launch().status == 0)
    #expect(try practice.attempts().first?.last?.message == "resumed at step \(step)")
    #expect(try practice.bits() == Self.whole.get())
  }

  @Test func `in a long evaluation too a job notices that its launcher was killed`() throws {
    let episodes = "few_shot: {ways: [5, 6, 7], shots: [1, 2, 3], episodes: 1000000}"
    try practice.write(
      Self.sweep.replacing("3000", with: "300").replacing("300}", with: "300, \(episodes)}"))
    let launcher = try practice.startLaunch()
    let job = try #require(
      try JobProcess.withCheckpoint(of: practice, launcher: launcher), "\(launcher.errors)")
    // After its last step nothing but the evaluation takes time.
    let ticks = try #require(job.ticks)
    while let now = job.ticks, now < ticks + 30 { usleep(2_000) }
    launcher.send(SIGKILL)
    _ = try launcher.wait()
    let clock = ContinuousClock()
    let time = clock.measure { job.waitUntilGone() }
    print("a job in a long evaluation ended \(time) after its launcher was killed")
    let log = try String(contentsOfFile: job.runFolder + "/log.txt", encoding: .utf8)
    #expect(
      log.hasSuffix(
        "stopped without a checkpoint of its last steps: the launching process is gone\n"),
      "\(log)")
    #expect(try practice.states() == [.interrupted: 1])
  }
}
