import Foundation
import Runner
import TestSupport
import Testing

struct CrontabTests {
  private static func entry(
    _ file: String, at time: String = "02:30", command: String = "/bin/rll-sweep nightly run x"
  ) throws -> CrontabEntry {
    let times = NightTimes(from: try #require(DailyTime(time)), everySeconds: 86_400)
    return try CrontabEntry(file: file, times: try #require(times), command: command)
  }

  private static func text(_ crontab: Crontab) -> String {
    String(decoding: crontab.content, as: UTF8.self)
  }

  private static let others =
    "# mine\nMAILTO=me@example.org\n\n  \t5 4 * * 0\t/bin/true 100\\% \r\n"

  @Test func `an entry is one line with its sweep file as a comment, and % is escaped`() throws {
    let entry = try Self.entry("/a/50%.yaml", command: "/bin/rll-sweep nightly run '/a/50%.yaml'")
    #expect(
      entry.line
        == "30 2 * * * /bin/rll-sweep nightly run '/a/50\\%.yaml' # rll-sweep nightly: /a/50\\%.yaml"
    )
    var crontab = Crontab(Data())
    crontab.install(entry)
    #expect(Self.text(crontab) == entry.line + "\n")
    let shown = try #require(crontab.nightlies.first)
    #expect(shown.file == "/a/50%.yaml")
    #expect(shown.times == "30 2 * * *")
    #expect(shown.command == "/bin/rll-sweep nightly run '/a/50%.yaml'")
  }

  @Test func `what is not ours stays byte for byte as it was`() throws {
    // No UTF-8 on purpose.
    let before = Data(Self.others.utf8) + [0xE4, 0xFF, 0x0A]
    var crontab = Crontab(before)
    try crontab.install(Self.entry("/a.yaml"))
    try crontab.install(Self.entry("/b.yaml"))
    #expect(crontab.content.starts(with: before))
    #expect(crontab.nightlies.map(\.file) == ["/a.yaml", "/b.yaml"])
    let removals = ["/a.yaml", "/b.yaml", "/a.yaml"].map { crontab.uninstall(file: $0) }
    #expect(removals == [true, true, false])
    #expect(crontab.content == before)
  }

  @Test func `an entry that is there is replaced where it is, also where it stands twice`() throws {
    var crontab = Crontab(Data("# first\n".utf8))
    try crontab.install(Self.entry("/a.yaml"))
    let line = try Self.entry("/a.yaml").line
    crontab = Crontab(crontab.content + Data("# last\n\(line)\n".utf8))
    try crontab.install(Self.entry("/a.yaml", at: "7:05"))
    let new = try Self.entry("/a.yaml", at: "07:05").line
    #expect(new.hasPrefix("5 7 * * * "))
    #expect(Self.text(crontab) == "# first\n\(new)\n# last\n")
  }

  @Test(arguments: [
    "#", " \t# ", "# 1 2 3 4 5 ", "MAILTO=me 2 3 4 5 ", "MAILTO = me 3 4 5 ",
  ])
  func `what cron does not run is none of ours, whatever it ends with`(start: String) throws {
    let entry = try Self.entry("/a.yaml")
    let foreign = "\(start)\(entry.line)\n"
    var crontab = Crontab(Data(foreign.utf8))
    #expect(crontab.nightlies.isEmpty)
    crontab.install(entry)
    #expect(Self.text(crontab) == "\(foreign)\(entry.line)\n")
    #expect(crontab.nightlies.count == 1)
    let removals = [1, 2].map { _ in crontab.uninstall(file: "/a.yaml") }
    #expect(removals == [true, false])
    #expect(Self.text(crontab) == foreign)
  }

  @Test(arguments: [
    ("5\t4 \t*  * 0\t X=1 run  me\t", "5 4 * * 0", "X=1 run  me"),
    (" \t@daily\trun me ", "@daily", "run me"),
    ("@reboot X=1 run 1 2 3 4 ", "@reboot", "X=1 run 1 2 3 4"),
  ])
  func `times are read as cron does`(start: String, times: String, command: String) throws {
    var crontab = Crontab(Data("\(start)# rll-sweep nightly: /a.yaml\n".utf8))
    let shown = try #require(crontab.nightlies.first)
    #expect(shown.times == times)
    #expect(shown.command == command)
    #expect(shown.file == "/a.yaml")
    try crontab.install(Self.entry("/a.yaml"))
    #expect(Self.text(crontab) == (try Self.entry("/a.yaml").line) + "\n")
  }

  @Test(arguments: ["", "@daily", "1 2 3 4 5", "30"])
  func `a line without a command is none`(start: String) {
    #expect(Crontab(Data("\(start) # rll-sweep nightly: /a.yaml\n".utf8)).nightlies.isEmpty)
  }

  @Test func `a last line without a line break gets one, as cron wants it`() throws {
    var crontab = Crontab(Data("@daily /bin/true".utf8))
    #expect(Self.text(crontab) == "@daily /bin/true\n")
    let entry = try Self.entry("/a.yaml")
    crontab.install(entry)
    #expect(Self.text(crontab) == "@daily /bin/true\n\(entry.line)\n")
  }

  @Test func `a file whose path ends as another one's does is not taken for it`() throws {
    var crontab = Crontab(Data())
    try crontab.install(Self.entry("/a/b.yaml"))
    try crontab.install(Self.entry("/b.yaml"))
    #expect(crontab.nightlies.count == 2)
    let isRemoved = crontab.uninstall(file: "b.yaml")
    #expect(!isRemoved)
  }

  @Test(arguments: ["/a\nb.yaml", "/a\\%b.yaml", "/a\u{1B}.yaml"])
  func `what cron cannot be told is refused`(path: String) {
    let error = #expect(throws: RunnerError.self) { try Self.entry("/x", command: path) }
    #expect(
      error?.description
        == "a crontab cannot hold \\% or a control character, as in \(path.debugDescription). "
        + "Rename the file, or use --systemd")
    #expect(throws: RunnerError.self) { try Self.entry(path, command: "x") }
  }

  @Test(arguments: ["24:00", "2:60", "2", "2:5", "-1:00", "02:30:00", "2.30", "", "٢:٣٠"])
  func `what is no time of day is none`(text: String) {
    #expect(DailyTime(text) == nil)
  }
}
