import Foundation
import TestSupport
import Testing

/// `rll-sweep nightly install`, `uninstall` and `show`, with a crontab of their own.
struct NightlyInstallTests {
  private let practice: Practice
  private let crontab: FakeCrontab

  init() throws {
    practice = try Practice()
    crontab = try FakeCrontab()
    try practice.write(Self.sweep, to: "nightly.yaml")
  }

  private static let sweep = Practice.sweep + "\ngate: {test/map@r: {margin: 0.01}}\n"

  private func nightly(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.run(
      ["nightly"] + arguments, in: practice.folder.path,
      environment: crontab.environment.merging(environment) { $1 })
  }

  private var program: String { get throws { try BuiltProgram.folder + "/rll-sweep" } }

  /// What is said where no cron runs.
  private static let warning =
    "warning: no process of the name cron or crond runs on this host, and no night comes without "
    + "one. Where systemd starts it: systemctl enable --now cron\n"

  private static let others = "MAILTO=me\n# mine, 100\\%\n*/5 * * * *\t/bin/true\n"

  @Test func `an entry comes, is replaced and goes, and other lines stay as they were`() throws {
    try crontab.set(Self.others)
    let sweep = practice.folder.file("nightly.yaml")
    let first = try nightly("install", "nightly.yaml", "--store", "store.sqlite")
    #expect(first.status == 0, "\(first.errors)")
    #expect(["", Self.warning].contains(first.errors))
    let command = "\(try program) nightly run \(sweep) --store \(practice.storePath)"
    let line = "30 2 * * * \(command) # rll-sweep nightly: \(sweep)"
    #expect(first.output == "In your crontab:\n\(line)\n")
    #expect(try crontab.content == Self.others + line + "\n")

    let second = try nightly(
      "install", "./nightly.yaml", "--at", "23:05", "--time-limit", "2h",
      "--workers", "1", "--reports", "reports", "--heartbeat", "beat", "--log", "../log",
      "--keep", "3", "--every", "12h", "--native-blas", environment: ["RLL_STORE": "other.sqlite"])
    #expect(second.status == 0, "\(second.errors)")
    let folder = practice.folder.path
    let log = (folder as NSString).deletingLastPathComponent + "/log"
    let words =
      "\(try program) nightly run \(sweep) --store \(folder)/other.sqlite --reports "
      + "\(folder)/reports --heartbeat \(folder)/beat --log \(log) "
      + "--time-limit 2h --every 12h --keep 3 --workers 1 --native-blas"
    #expect(
      try crontab.content == Self.others + "5 11,23 * * * \(words) # rll-sweep nightly: \(sweep)\n")

    let shown = try nightly("show", "--json")
    #expect(shown.status == 0)
    #expect(shown.output.contains("\"times\": \"5 11,23 * * *\""), "\(shown.output)")
    #expect(try nightly("show").output.contains(sweep))

    // Where the file was is all that is asked for.
    try FileManager.default.removeItem(atPath: sweep)
    let gone = try nightly("uninstall", "nightly.yaml")
    #expect(gone.status == 0, "\(gone.errors)")
    #expect(gone.output == "No longer in your crontab: the nightly of \(sweep)\n")
    #expect(try crontab.content == Self.others)
  }

  @Test func `each entry has the verdict of its last night, if its store knows one`() throws {
    let sweep = practice.folder.file("nightly.yaml")
    #expect(try nightly("install", "nightly.yaml", "--store", "store.sqlite").status == 0)
    func members() throws -> [String?] {
      let shown = try nightly("show", "--json")
      #expect(shown.status == 0, "\(shown.errors)")
      let entries = try JSONSerialization.jsonObject(with: Data(shown.output.utf8))
      let entry = (entries as? [[String: Any]])?.first
      #expect(entry?["file"] as? String == sweep)
      return ["last_verdict", "last_night"].map { entry?[$0] as? String }
    }
    #expect(try members() == [nil, nil], "there is no store yet")
    let table = try nightly("show")
    #expect(
      table.output.contains(/nightly\.yaml +30 2 \* \* \* +– +– +\//), "\(table.output)")
    #expect(!FileManager.default.fileExists(atPath: practice.storePath))

    #expect(try nightly("run", "nightly.yaml", "--store", "store.sqlite").status == 3)
    let start = try StoreFile.run("SELECT startedAt FROM night", on: practice.storePath)
      .trimmingCharacters(in: .newlines)
    #expect(try members() == ["cannot_judge", start])
    let after = try nightly("show")
    #expect(after.output.contains("cannot judge  \(start)"), "\(after.output)")

    try practice.sqlite("DROP TABLE night")
    #expect(try members() == [nil, nil], "such a store has no nights to tell of")
    try FileManager.default.removeItem(atPath: sweep)
    #expect(try members() == [nil, nil], "the file is gone")
  }

  @Test func `who has no crontab yet gets one`() throws {
    let empty = try nightly("show")
    #expect(empty.status == 0, "\(empty.errors)")
    #expect(
      empty.output.hasSuffix(
        "Your crontab has no nightly; rll-sweep nightly install FILE puts one there.\n"))
    #expect(try nightly("install", "nightly.yaml").status == 0)
    #expect(try crontab.content?.hasPrefix("30 2 * * * ") == true)
  }

  @Test func `spaces, quotes and per cents reach the program as they are`() throws {
    let name = "a 'b' \"c\" $d 50%.yaml"
    try practice.write(Self.sweep, to: name)
    let ending = try nightly("install", name, "--store", "a b.sqlite")
    #expect(ending.status == 0, "\(ending.errors)")
    let line = try #require(try crontab.content)
    #expect(line.contains("50\\%.yaml'"))
    // As cron takes it apart: five fields, then a line of shell in which \% is %.
    let command = line.split(separator: " ", maxSplits: 5)[5].replacing("\\%", with: "%")
      .replacing(try program, with: "printf '%s\\n'")
    let process = Process()
    let said = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", String(command)]
    process.standardOutput = said
    try process.run()
    let text = String(decoding: try said.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(
      text == "nightly\nrun\n\(practice.folder.file(name))\n--store\n"
        + "\(practice.folder.file("a b.sqlite"))\n")
    #expect(try nightly("uninstall", name).status == 0)
    #expect(try crontab.content == "")
  }

  @Test func `variables that the sweep file mentions are carried along`() throws {
    try practice.write(
      Self.sweep.replacing(
        "features.h5", with: "\"${RLL_PRACTICE:-elsewhere}/${RLL_NAME:-features}.h5\""),
      to: "nightly.yaml")
    let ending = try nightly(
      "install", "nightly.yaml", environment: ["RLL_PRACTICE": practice.folder.path + "/."])
    #expect(ending.status == 0, "\(ending.errors)")
    let start = "30 2 * * * RLL_PRACTICE=\(practice.folder.path)/. \(try program) nightly run "
    let line = try #require(try crontab.content)
    #expect(line.hasPrefix(start), "\(line)")
  }

  @Test func `what every night would refuse is refused, and the crontab stays as it was`() throws {
    try crontab.set(Self.others)
    let sweep = try practice.write(Practice.sweep)
    let ungated = try nightly("install", "practice.yaml")
    #expect(ungated.status == 64)
    #expect(
      ungated.errors
        == "error: \(sweep) has no key gate, so there is nothing to judge its nights by. Add the "
        + "measures and what each may lose, as gate: {test/map@r: {margin: 0.005}}\n")
    try practice.write(Self.sweep.replacing("steps: 40", with: "step: 40"), to: "wrong.yaml")
    let wrong = try nightly("install", "wrong.yaml")
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("wrong.yaml:6:3: "), "\(wrong.errors)")
    try practice.write(
      Self.sweep.replacing("features.h5", with: "nowhere.h5"), to: "without-data.yaml")
    #expect(try nightly("install", "without-data.yaml").status == 65)
    let time = try nightly("install", "nightly.yaml", "--at", "25:00")
    #expect(time.status == 64)
    #expect(
      time.errors.hasPrefix(
        "error: --at cannot be '25:00'; give a time from 00:00 to 23:59, as 02:30\n"))
    #expect(try crontab.content == Self.others)
  }

  @Test(arguments: [
    ("6h", "30 2,8,14,20 * * * "), ("1h", "30 * * * * "), ("1d", "30 2 * * * "),
  ])
  func `nights that come more often than daily have a line that says so`(
    interval: String, times: String
  ) throws {
    let ending = try nightly("install", "nightly.yaml", "--every", interval)
    #expect(ending.status == 0, "\(ending.errors)")
    let line = try #require(try crontab.content)
    #expect(line.hasPrefix(times), "\(line)")
    #expect(line.contains(" --every \(interval) "), "\(line)")
  }

  @Test(arguments: ["5h", "90min", "36h", "7d"])
  func `an interval that does not divide a day is refused`(interval: String) throws {
    let ending = try nightly("install", "nightly.yaml", "--every", interval)
    #expect(ending.status == 64)
    #expect(
      ending.errors.hasPrefix(
        "error: --every cannot be \(interval) here: what is installed comes at the same times each "
          + "day, every 1h, 2h, 3h, 4h, 6h, 8h, 12h, 24h. For another interval have a scheduler of "
          + "your own run rll-sweep nightly --every \(interval)\n"), "\(ending.errors)")
    #expect(try crontab.content == nil)
  }

  @Test func `entries that are installed at once are all there`() throws {
    // Each is given time to undo what another one writes.
    try crontab.write(
      """
      #!/bin/sh
      case "$1" in
      -l) cat '\(crontab.file)' 2>/dev/null || { echo 'no crontab for tester' >&2; exit 1; } ;;
      -) sleep 0.2; cat > '\(crontab.file)' ;;
      esac
      """)
    let names = (1...6).map { "nightly\($0).yaml" }
    for name in names { try practice.write(Self.sweep, to: name) }
    let programs = try names.map {
      try BuiltProgram.sweep.start(
        ["nightly", "install", $0], in: practice.folder.path, environment: crontab.environment)
    }
    for program in programs {
      let ending = try program.wait()
      #expect(ending.status == 0, "\(ending.errors)")
    }
    let shown = try nightly("show").output
    for name in names { #expect(shown.contains(practice.folder.file(name)), "\(shown)") }
  }

  @Test func `an entry that is not there cannot go`() throws {
    let none = try nightly("uninstall", "nightly.yaml")
    let sweep = practice.folder.file("nightly.yaml")
    #expect(none.status == 64)
    #expect(none.errors == "error: your crontab has no nightly of \(sweep); it has none\n")
    #expect(try nightly("install", "nightly.yaml").status == 0)
    let other = try nightly("uninstall", "other.yaml")
    #expect(
      other.errors
        == "error: your crontab has no nightly of \(practice.folder.file("other.yaml")); it has "
        + "those of \(sweep)\n")
  }

  @Test func `a crontab that is not read to its end has failed`() throws {
    let long = String(repeating: "# a line of a long crontab\n", count: 20_000)
    try crontab.set(long)
    try crontab.write("#!/bin/sh\n[ \"$1\" = -l ] && exec cat '\(crontab.file)'\nexit 3")
    let ending = try nightly("install", "nightly.yaml")
    #expect(ending.status == 1)
    #expect(
      ending.errors == "error: \(crontab.program) - failed. The crontab is as it was\n")
    #expect(try crontab.content == long)
  }

  @Test func `a crontab that cannot be had is said, with a way out`() throws {
    let empty = try TemporaryFolder()
    let missing = try nightly("show", environment: ["PATH": empty.path])
    #expect(missing.status == 1)
    #expect(
      missing.errors
        == "error: there is no program crontab in \(empty.path). Install Debian's package cron "
        + "(apt install cron), or use --systemd\n")
    try crontab.set(Self.others)
    try crontab.write("#!/bin/sh\necho 'You (tester) are not allowed\nto use this' >&2; exit 1")
    let refused = try nightly("install", "nightly.yaml")
    #expect(refused.status == 1)
    #expect(
      refused.errors
        == "error: \(crontab.program) -l failed: You (tester) are not allowed; to use this. The "
        + "crontab is as it was\n")
    try crontab.write("#!/bin/sh\n[ \"$1\" = -l ] || { cat > /dev/null; exit 3; }")
    let unwritten = try nightly("install", "nightly.yaml")
    #expect(unwritten.status == 1)
    #expect(
      unwritten.errors == "error: \(crontab.program) - failed. The crontab is as it was\n")
    #expect(try crontab.content == Self.others)
  }
}
