import Foundation
import Runner
import Store
import TestSupport
import Testing

/// What somebody else put where a lock, a log or a heartbeat goes: nothing is written through it,
/// and nobody waits for it.
struct ForeignFileTests {
  private let temporary: TemporaryFolder

  init() throws {
    temporary = try TemporaryFolder()
    try temporary.write("precious", to: "victim")
  }

  private static let date = Date(timeIntervalSince1970: 1_793_500_200)

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: temporary.file(name), encoding: .utf8)
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: temporary.path).sorted() }
  }

  private func write(_ heartbeat: Heartbeat) throws {
    try heartbeat.write([("x", .pass)], at: Self.date)
  }

  private func isLink(_ name: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: temporary.file(name))) != nil
  }

  private func link(_ name: String, to target: String = "victim") {
    #expect(symlink(temporary.file(target), temporary.file(name)) == 0)
  }

  /// A named pipe that nobody reads, a folder and a device, each with what it is called.
  private func others() throws -> [(path: String, kind: String)] {
    let pipe = temporary.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    return [(pipe, "a named pipe"), (temporary.path, "a folder"), ("/dev/null", "a device")]
  }

  private func advice(_ path: String, _ kind: String) -> String {
    "\(path) is \(kind), not a file. Remove it, or name another place"
  }

  private func lock(_ path: String) throws {
    let lock = try NightLock(path: path, subject: "x", owner: "process 1")
    withExtendedLifetime(lock) {}
  }

  @Test func `a lock is neither a link nor anything else but a file`() throws {
    link("lock")
    link("dangling", to: "nowhere")
    let links = ["lock", "dangling"].map { (path: temporary.file($0), kind: "a symbolic link") }
    for (path, kind) in links + (try others()) {
      for attempt in [lock, NightLock.tryOut] {
        let error = #expect(throws: RunnerError.self) { try attempt(path) }
        #expect(error?.description == advice(path, kind))
      }
    }
    #expect(try text("victim") == "precious")
    #expect(!FileManager.default.fileExists(atPath: temporary.file("nowhere")))
  }

  @Test func `a lock is tried out without being made or taken`() throws {
    let path = temporary.file("lock")
    try NightLock.tryOut(path)
    #expect(!FileManager.default.fileExists(atPath: path))
    let lock = try NightLock(path: path, subject: "x", owner: "process 1")
    try NightLock.tryOut(path)
    #expect(try text("lock") == "process 1")
    withExtendedLifetime(lock) {}
  }

  @Test func `a log may be a link to a file, which stays one when the file is begun anew`() throws {
    link("log", to: "real")
    let log = RotatedLog(path: temporary.file("log"), largestBytes: 60)
    for number in 1...4 { try log.append("\(number), which is a line", at: Self.date) }
    #expect(isLink("log"))
    #expect(try text("real").hasSuffix(" 4, which is a line\n"))
    #expect(try text("real.1").hasSuffix(" 3, which is a line\n"))
    #expect(!FileManager.default.fileExists(atPath: temporary.file("log.1")))
  }

  @Test func `a log is nothing that could be waited for`() throws {
    for (path, kind) in try others() {
      for attempt in [{ try $0.append("x", at: Self.date) }, { try $0.tryOut() }]
        as [(RotatedLog) throws -> Void]
      {
        let error = #expect(throws: RunnerError.self) { try attempt(RotatedLog(path: path)) }
        #expect(error?.description == advice(path, kind))
      }
    }
  }

  @Test func `a heartbeat takes the place of nothing but a file`() throws {
    link("beat")
    for (path, kind) in [(temporary.file("beat"), "a symbolic link")] + (try others()) {
      for attempt in [write, { try $0.tryOut() }] as [(Heartbeat) throws -> Void] {
        let error = #expect(throws: RunnerError.self) { try attempt(Heartbeat(path: path)) }
        #expect(error?.description == advice(path, kind))
      }
    }
    #expect(isLink("beat"))
    try write(Heartbeat(path: temporary.file("new")))
    #expect(try text("new") == "2026-11-01T02:30:00.000Z pass x\n")
  }

  @Test func `what is written under a temporary name touches no file of others`() throws {
    link("beat.partial")
    try temporary.write("mine", to: "latest.md.partial")
    try write(Heartbeat(path: temporary.file("beat")))
    try NightFolder(path: temporary.path).write([.markdown: "x"], date: Self.date, kept: 1)
    #expect(isLink("beat.partial"))
    #expect(try text("victim") == "precious")
    #expect(try text("latest.md.partial") == "mine")
    #expect(
      try names == [
        "20261101T023000.000Z.md", "beat", "beat.partial", "latest.md", "latest.md.partial",
        "victim",
      ])
  }

  @Test func `what cannot take its place leaves nothing behind`() throws {
    try FileManager.default.createDirectory(
      atPath: temporary.file("latest.md"), withIntermediateDirectories: false)
    let before = try names
    let error = #expect(throws: RunnerError.self) {
      try NightFolder(path: temporary.path).write([.markdown: "x"], date: Self.date, kept: 1)
    }
    #expect(
      error?.description == "\(temporary.file("latest.md")) cannot be renamed: Is a directory")
    #expect(try names == (before + ["20261101T023000.000Z.md"]).sorted())
  }

  @Test func `of heartbeats and reports that are written at once the last one stays`() async throws
  {
    let (beat, folder) = (
      Heartbeat(path: temporary.file("beat")), NightFolder(path: temporary.path)
    )
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<20 {
            try write(beat)
            try folder.write([.markdown: "x"], date: Self.date, kept: 1)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try names == ["20261101T023000.000Z.md", "beat", "latest.md", "victim"])
    #expect(try text("beat") == "2026-11-01T02:30:00.000Z pass x\n")
  }

  @Test func `what is tried out is gone again, also where a link led to it`() throws {
    link("log", to: "real")
    let before = try FileManager.default.contentsOfDirectory(atPath: temporary.path).sorted()
    try RotatedLog(path: temporary.file("log")).tryOut()
    try RotatedLog(path: temporary.file("other")).tryOut()
    try Heartbeat(path: temporary.file("beat")).tryOut()
    try NightFolder(path: temporary.file("a/b/c")).tryOut()
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: temporary.path).sorted() == before)
    let below = temporary.file("victim/b")
    let error = #expect(throws: RunnerError.self) { try NightFolder(path: below).tryOut() }
    #expect(error?.description == "\(below) cannot be created: Not a directory")
  }
}
