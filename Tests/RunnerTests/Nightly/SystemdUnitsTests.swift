import Foundation
import Runner
import TestSupport
import Testing

struct SystemdUnitsTests {
  private static func units(
    words: [String], environment: [String: String] = [:]
  ) throws -> SystemdUnits {
    let times = NightTimes(from: try #require(DailyTime("02:30")), everySeconds: 86_400)
    return try SystemdUnits(
      sweep: "practice", file: "/a b/50%'\"$x\\.yaml", times: try #require(times), words: words,
      environment: environment)
  }

  @Test func `a timer starts a service every night, also after a night that was missed`() throws {
    let units = try Self.units(
      words: ["/bin/echo", "nightly", "run", "/a b/50%'\"$x\\.yaml", "--store", "/s.sqlite"],
      environment: ["RLL_DATA": "/my data"])
    #expect(units.name == "rll-sweep-nightly-practice")
    #expect(
      units.timer == """
        [Unit]
        Description=Every night at 02:30: rll-sweep nightly practice

        [Timer]
        OnCalendar=*-*-* 02:30:00
        Persistent=true

        [Install]
        WantedBy=timers.target

        """)
    #expect(
      units.service == #"""
        [Unit]
        Description=rll-sweep nightly practice

        [Service]
        Type=oneshot
        Environment="RLL_DATA=/my data"
        ExecStart=/bin/echo nightly run "/a b/50%%'\"$$x\\.yaml" --store /s.sqlite

        """#)
  }

  @Test func `units of the same sweep file are replaced, whatever its name`() throws {
    let folder = try TemporaryFolder()
    let units = try Self.units(
      words: ["/bin/rll-sweep", "nightly", "run", "/a b/50%'\"$x\\.yaml", "--store", "/s"])
    let files = ["service", "timer"].map { folder.file("rll-sweep-nightly-practice.\($0)") }
    for _ in 0..<2 { #expect(try units.write(to: folder.path) == files) }
    #expect(try String(contentsOfFile: files[1], encoding: .utf8) == units.timer)
  }

  private static let verifier = "/usr/bin/systemd-analyze"

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: verifier),
      "systemd-analyze is not installed, so no one checks the units"))
  func `systemd takes the units without a word`() throws {
    let units = try Self.units(
      words: ["/bin/echo", "nightly", "/a b/50%'\"$x\\.yaml"],
      environment: ["RLL_DATA": "/my \"data\" 100%"])
    let folder = try TemporaryFolder()
    let files = [
      try folder.write(units.service, to: units.name + ".service"),
      try folder.write(units.timer, to: units.name + ".timer"),
    ]
    let process = Process()
    let said = Pipe()
    process.executableURL = URL(fileURLWithPath: Self.verifier)
    process.arguments = ["verify"] + files
    process.standardOutput = said
    process.standardError = said
    try process.run()
    let text = String(decoding: try said.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text == "")
    #expect(process.terminationStatus == 0)
  }

  @Test func `a unit cannot hold a line break`() {
    let error = #expect(throws: RunnerError.self) { try Self.units(words: ["/bin/a\nb"]) }
    #expect(
      error?.description
        == "a unit cannot hold a path with a control character: \"/bin/a\\nb\". Rename it")
  }
}
