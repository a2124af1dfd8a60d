import Foundation
import Runner
import Store
import TestSupport
import Testing

/// Files that are there already where somebody wants a log or a heartbeat: only what nights wrote
/// is theirs.
struct NightTextTests {
  private let temporary: TemporaryFolder

  init() throws { temporary = try TemporaryFolder() }

  private static let date = Date(timeIntervalSince1970: 1_793_500_200)
  private static let stamp = "2026-11-01T02:30:00.000Z"
  private static let actions: [@Sendable (RotatedLog) throws -> Void] = [
    { try $0.append("x", at: date) }, { try $0.tryOut() },
  ]

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: temporary.file(name), encoding: .utf8)
  }

  private func log() -> RotatedLog { RotatedLog(path: temporary.file("log"), largestBytes: 60) }

  private func heartbeat() -> Heartbeat { Heartbeat(path: temporary.file("beat")) }

  private func refusalOfLog(_ name: String) -> String {
    "\(temporary.file(name)) is there and is no log of a nightly, whose first line begins with a time "
      + "as 2026-11-21T02:30:00.000Z. It stays as it is; name another file for the log"
  }

  @Test(arguments: [
    "a thesis, longer than what is looked at", "x", "\n", " \(stamp) x\n", "\(stamp)",
    "\(stamp)x\n",
    "2026-11-01T02:30:00Z a line of another\n", "٢026-11-01T02:30:00.000Z x\n",
    "\u{89}HDF\r\n\u{1A}\n",
  ])
  func `a log is no file of somebody else's`(content: String) throws {
    try temporary.write(content, to: "log")
    for action in Self.actions {
      let error = #expect(throws: RunnerError.self) { try action(log()) }
      #expect(error?.code == .file)
      #expect(error?.description == refusalOfLog("log"))
    }
    #expect(try text("log") == content)
  }

  @Test func `what a link or a hard link of a log leads to is looked at too`() throws {
    try temporary.write("precious", to: "victim")
    for way in [symlink, Glibc.link] {
      #expect(way(temporary.file("victim"), temporary.file("log")) == 0)
      let error = #expect(throws: RunnerError.self) { try log().append("x", at: Self.date) }
      #expect(error?.description == refusalOfLog("log"))
      try FileManager.default.removeItem(atPath: temporary.file("log"))
    }
    #expect(try text("victim") == "precious")
  }

  @Test(arguments: ["", "\(stamp) \n", "\(stamp) a\nb\n"])
  func `a log goes on where it was, or where nothing is`(content: String) throws {
    try temporary.write(content, to: "log")
    try log().tryOut()
    try log().append("x", at: Self.date)
    #expect(try text("log") == "\(content)\(Self.stamp) x\n")
  }

  @Test(arguments: ["log.1", "log.2", "log.3"])
  func `an old log takes the place of nothing but a log`(name: String) throws {
    for number in 1...4 { try log().append("\(number), which is a line", at: Self.date) }
    let before = try text("log")
    try FileManager.default.removeItem(atPath: temporary.file(name))
    try temporary.write("precious", to: name)
    for action in Self.actions {
      let error = #expect(throws: RunnerError.self) { try action(log()) }
      #expect(error?.description == refusalOfLog(name))
    }
    #expect(try text(name) == "precious")
    #expect(try text("log") == before)
  }

  @Test(arguments: [
    "my thesis\n", "\n", "\(stamp) pass x", "\(stamp) passed x\n", "\(stamp) pass \n",
    "\(stamp) pass x y\n", "\(stamp) pass x\n\n", "\(stamp) pass x\nmine\n", "yesterday pass x\n",
  ])
  func `a heartbeat is no file of somebody else's`(content: String) throws {
    try temporary.write(content, to: "beat")
    for action in [{ try $0.write([("x", .pass)], at: Self.date) }, { try $0.tryOut() }]
      as [(Heartbeat) throws -> Void]
    {
      let error = #expect(throws: RunnerError.self) { try action(heartbeat()) }
      #expect(error?.code == .file)
      #expect(
        error?.description
          == "\(temporary.file("beat")) is there and is no heartbeat of a nightly, each line of which "
          + "is a time, a verdict and a sweep. It stays as it is; name another file for the heartbeat"
      )
    }
    #expect(try text("beat") == content)
  }

  @Test func `a heartbeat that no call could have written is somebody else's`() throws {
    try temporary.write(String(repeating: "\(Self.stamp) pass x\n", count: 40_000), to: "beat")
    #expect(throws: RunnerError.self) { try heartbeat().tryOut() }
    try temporary.write(String(repeating: "\(Self.stamp) pass x\n", count: 1_000), to: "beat")
    try heartbeat().tryOut()
  }

  @Test func `a heartbeat takes the place of one, or of an empty file`() throws {
    try temporary.write("", to: "beat")
    try heartbeat().tryOut()
    for verdict in GateVerdict.allCases {
      try heartbeat().write([("x", verdict), ("a.b_c-1", .pass)], at: Self.date)
      #expect(
        try text("beat")
          == "\(Self.stamp) \(verdict.rawValue) x\n\(Self.stamp) pass a.b_c-1\n")
    }
  }
}
