import Foundation
import Runner
import TestSupport
import Testing

/// What nights leave on the disk: the lock, reports, the log.
struct NightFilesTests {
  private let temporary: TemporaryFolder

  init() throws {
    temporary = try TemporaryFolder()
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: temporary.path).sorted() }
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: temporary.file(name), encoding: .utf8)
  }

  private static let start = Date(timeIntervalSince1970: 1_793_500_200)

  @Test func `a lock is held until it is let go of, and says by whom`() throws {
    let path = temporary.file("lock")
    func take(_ owner: String) throws -> NightLock {
      try NightLock(path: path, subject: "a nightly of the sweep 'x'", owner: owner)
    }
    var first: NightLock? = try take("process 1, a long text")
    let error = #expect(throws: RunnerError.self) { try take("process 2") }
    #expect(error?.code == .held)
    #expect(
      error?.description
        == "a nightly of the sweep 'x' is under way (process 1, a long text) and holds \(path). "
        + "Nothing was run; try again when it has ended")
    withExtendedLifetime(first) {}
    first = nil
    let second = try take("process 2")
    #expect(try text("lock") == "process 2")
    withExtendedLifetime(second) {}
  }

  @Test func `a lock that cannot be made is said`() {
    let path = temporary.file("nowhere/lock")
    let error = #expect(throws: RunnerError.self) {
      try NightLock(path: path, subject: "x", owner: "x")
    }
    #expect(error?.description == "\(path) cannot be created: No such file or directory")
  }

  @Test func `reports have a latest and a dated copy, and old copies go`() throws {
    let folder = NightFolder(path: temporary.path)
    try temporary.write("", to: "20000101T000000.000Z.txt")
    // A night that was killed while it wrote.
    for ending in ["", ".1f0", ".ffffffffffffffff"] {
      try temporary.write("", to: "20000101T000000.000Z.md\(ending).partial")
    }
    for night in 0..<4 {
      var reports = [NightFolder.Kind.markdown: "night \(night)\n", .junit: "<x/>"]
      if night < 2 { reports[.page] = "<html>" }
      try folder.write(reports, date: Self.start + Double(night) * 86_400, kept: 2)
    }
    #expect(
      try names == [
        "20000101T000000.000Z.txt", "20261103T023000.000Z.junit.xml", "20261103T023000.000Z.md",
        "20261104T023000.000Z.junit.xml", "20261104T023000.000Z.md", "latest.junit.xml",
        "latest.md",
      ], "a night without a page has no latest page either")
    #expect(try text("latest.md") == "night 3\n")
    #expect(try text("20261103T023000.000Z.md") == "night 2\n")
  }

  @Test func `a folder of reports is made with those above it`() throws {
    let folder = NightFolder(path: temporary.file("a/b"))
    try folder.create()
    try folder.create()
    try folder.write([.markdown: "x"], date: Self.start, kept: 1)
    #expect(try text("a/b/latest.md") == "x")
    try temporary.write("", to: "file")
    let below = temporary.file("file/b")
    let error = #expect(throws: RunnerError.self) { try NightFolder(path: below).create() }
    #expect(error?.description == "\(below) cannot be created: Not a directory")
  }

  @Test func `a log is stamped, and begun anew when it has grown`() throws {
    let log = RotatedLog(path: temporary.file("log"), largestBytes: 60)
    try log.append("one\ntwo", at: Self.start)
    #expect(
      try text("log") == "2026-11-01T02:30:00.000Z one\n2026-11-01T02:30:00.000Z two\n")
    for number in 3...7 { try log.append("\(number), which is longer than before", at: Self.start) }
    #expect(try names == ["log", "log.1", "log.2", "log.3"])
    #expect(try text("log").contains(" 7, "))
    #expect(try text("log.3").contains(" 4, "))
  }

  @Test func `a log that cannot be written is said`() {
    let path = temporary.file("nowhere/log")
    let error = #expect(throws: RunnerError.self) {
      try RotatedLog(path: path).append("x", at: Self.start)
    }
    #expect(error?.description == "\(path) cannot be opened: No such file or directory")
  }
}
