import Foundation
import TestSupport
import Testing

/// `rll-sweep nightly`: what nights say, leave and end with.
struct NightlyTests {
  @Test func `nights go from no baseline over silence to a regression`() throws {
    let nightly = try Nightly()
    let first = try nightly.night()
    #expect(first.status == 3, "\(first.errors)")
    #expect(first.errors == "")
    let command = "rll-report baseline set main practice --store \(nightly.practice.storePath)"
    #expect(
      first.output == """
        cannot judge: practice on \(Nightly.host): the sweep has no baseline

        cannot judge: the sweep has no baseline; if these results are good: \(command)

        \(nightly.ending("baseline set main practice"))
        """)
    #expect(try nightly.setBaseline().status == 0)

    let second = try nightly.night()
    #expect(second.status == 0)
    #expect(second.output == "" && second.errors == "")
    #expect(try nightly.text("store.nightly/practice/latest.md").hasPrefix("# practice: pass\n"))

    try nightly.write(Nightly.ruined)
    let third = try nightly.night()
    #expect(third.status == 2, "\(third.errors)")
    #expect(third.errors == "")
    let headline =
      /REGRESSION: practice on \S+: test\/map@r of .+ fell by [\d.]+ points, from [\d.]+% of the baseline to [\d.]+% \(interval \[-[\d.]+, -[\d.]+\] points, margin 2\.00, 4 seeds\)/
    let line = try #require(third.output.split(separator: "\n").first)
    #expect(line.wholeMatch(of: headline) != nil, "\(third.output)")
    #expect(third.output.hasSuffix("\n\n" + nightly.ending()), "\(third.output)")
    let junit = try nightly.text("store.nightly/practice/latest.junit.xml")
    #expect(junit.contains("<failure message=\"test/map@r of "), "\(junit)")
    #expect(try nightly.verdicts() == ["cannot_judge", "pass", "regression"])

    let names = try FileManager.default.contentsOfDirectory(atPath: nightly.reports)
    #expect(names.count { $0.hasPrefix("20") && $0.hasSuffix("Z.md") } == 3)
    #expect(names.count { $0.hasSuffix(".partial") } == 0)
  }

  @Test func `a page is among the reports where there is something to draw with`() throws {
    let nightly = try Nightly()
    let library = try nightly.practice.folder.write("// https://d3js.org v5.16.0\n", to: "d3.js")
    let reports = nightly.file("reports")
    let ending = try nightly.night("--reports", reports, environment: ["RLL_D3": library])
    #expect(ending.status == 3, "\(ending.errors)")
    let page = try nightly.text("reports/practice/latest.html")
    #expect(page.hasPrefix("<!doctype html>"))
    #expect(
      ending.output.contains(
        "Reports: \(reports)/practice/latest.md, \(reports)/practice/latest.junit.xml, "
          + "\(reports)/practice/latest.html\n"))
  }

  @Test func `an improvement asks for a new baseline, and fails nothing`() throws {
    let nightly = try Nightly(Nightly.ruined)
    #expect(try nightly.night().status == 3)
    #expect(try nightly.setBaseline().status == 0)
    try nightly.write(Nightly.sweep)
    let ending = try nightly.night("--baseline", "main")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.output.hasPrefix("pass: practice on \(Nightly.host): "), "\(ending.output)")
    #expect(ending.output.contains(/test\/map@r of .+ is better by [\d.]+ points\./))
    #expect(ending.output.contains("rll-report baseline set main practice --reason"))
  }

  @Test func `a new cell is told until a baseline has it, one that is gone cannot be judged`()
    throws
  {
    let nightly = try Nightly()
    #expect(try nightly.night().status == 3)
    #expect(try nightly.setBaseline().status == 0)
    try nightly.write(Nightly.sweep.replacing("[0.2, 0.4]", with: "[0.2, 0.4, 0.6]"))
    let more = try nightly.night()
    #expect(more.status == 0, "\(more.errors)")
    #expect(
      more.output == """
        pass: practice on \(Nightly.host): 8 of 8 jobs as before, bit for bit

        New cells, which the baseline cannot judge: margin=0.6.

        \(nightly.ending("baseline set main practice --reason 'new cells'"))
        """)
    try nightly.write(Nightly.sweep.replacing("[0.2, 0.4]", with: "[0.2]"))
    let less = try nightly.night()
    #expect(less.status == 3, "\(less.errors)")
    #expect(
      less.output == """
        cannot judge: practice on \(Nightly.host): 1 cell of the baseline is not in the sweep any \
        more: margin=0.4

        cannot judge: 1 cell of the baseline is not in the sweep any more: margin=0.4; put it back, \
        or accept this: rll-report baseline set main practice --reason 'fewer cells' --store \
        \(nightly.practice.storePath)

        \(nightly.ending())
        """)
  }

  @Test func `what was found is told also where no reports can be written`() throws {
    let nightly = try Nightly()
    #expect(try nightly.night().status == 3)
    #expect(try nightly.setBaseline().status == 0)
    let problem =
      "not all of this night could be kept: features.h5/practice cannot be created: Not a directory"
    let passed = try nightly.night("--reports", "features.h5")
    #expect(passed.status == 74)
    #expect(passed.errors == "")
    #expect(
      passed.output.hasPrefix("pass: practice on \(Nightly.host): \(problem)\n\n"),
      "\(passed.output)")
    #expect(!passed.output.contains("Reports: "))
    try nightly.write(Nightly.ruined)
    let fallen = try nightly.night("--reports", "features.h5", "--log", "log")
    #expect(fallen.status == 2)
    #expect(fallen.output.hasPrefix("REGRESSION: practice on "), "\(fallen.output)")
    #expect(fallen.output.contains("\n\(problem).\n"))
    #expect(try nightly.text("log").contains("(exit code 2, 8 of 8 jobs"))
  }

  @Test func `a night that is missing is told, and fails nothing`() throws {
    let nightly = try Nightly()
    #expect(try nightly.night().status == 3)
    #expect(try nightly.setBaseline().status == 0)
    #expect(try nightly.night().output == "")
    // Long ago, as if nothing had run since.
    try nightly.practice.sqlite(
      "UPDATE night SET startedAt = '2026-01-01T02:30:00.000Z'")
    let ending = try nightly.night("--every", "36h")
    #expect(ending.status == 0, "\(ending.errors)")
    let start = try StoreFile.run(
      "SELECT max(startedAt) FROM night", on: nightly.practice.storePath
    ).trimmingCharacters(in: .newlines)
    let missing =
      "no night of practice came to a verdict between 2026-01-01T02:30:00.000Z and \(start), and "
      + "one is expected every 1 d 12 h: the machine was off, cron did not run, or nights ended in "
      + "errors"
    #expect(
      ending.output.hasPrefix(
        "pass: practice on \(Nightly.host): \(missing)\n\npass: 8 of 8 jobs as before, bit for bit.\n"
      ),
      "\(ending.output)")
    #expect(try nightly.night().output == "", "it is told once")
  }

  @Test func `what was asked for with json comes also where all is well`() throws {
    let nightly = try Nightly()
    #expect(try nightly.night().status == 3)
    #expect(try nightly.setBaseline().status == 0)
    let ending = try nightly.night(
      "--json", "--heartbeat", "beat", "--log", "log", "--workers", "1")
    #expect(ending.status == 0, "\(ending.errors)")
    let start = """
      {
        "schema": 1,
        "sweep": "practice",
        "verdict": "pass",
      """
    #expect(ending.output.hasPrefix(start), "\(ending.output)")
    for member in ["\"total\": 8", "\"checks\": [", "\"remarks\": []"] {
      #expect(ending.output.contains(member), "\(member) in \(ending.output)")
    }
    let beat = try nightly.text("beat")
    #expect(beat.wholeMatch(of: /20\S+Z pass practice\n/) != nil, "\(beat)")
    let log = try nightly.text("log")
    #expect(log.contains("Z nightly practice.yaml\n"), "\(log)")
    #expect(log.contains("Z [8/8] completed "), "\(log)")
    #expect(
      log.contains(
        /Z pass: practice on .* \(exit code 0, 8 of 8 jobs completed in [\d.]+ s\)\n$/), "\(log)")
  }

  @Test func `several sweeps are one call, and a regression goes before what cannot be judged`()
    throws
  {
    let nightly = try Nightly()
    #expect(try nightly.night().status == 3)
    #expect(try nightly.setBaseline().status == 0)
    try nightly.write(Nightly.ruined)
    try nightly.practice.write(
      Nightly.sweep.replacing("name: practice", with: "name: other"), to: "other.yaml")
    let ending = try BuiltProgram.sweep.run(
      [
        "nightly", "other.yaml", "practice.yaml", "--store", nightly.practice.storePath,
        "--heartbeat", "beat",
      ], in: nightly.practice.folder.path)
    #expect(ending.status == 2, "\(ending.errors)")
    #expect(ending.output.hasPrefix("cannot judge: other on "))
    #expect(ending.output.contains("\n\nREGRESSION: practice on "))
    #expect(
      try nightly.text("beat").wholeMatch(
        of: /20\S+Z cannot_judge other\n20\S+Z regression practice\n/) != nil)
  }

  @Test func `cron's bare environment is enough for the installed line`() throws {
    let nightly = try Nightly()
    let crontab = try FakeCrontab()
    let ending = try BuiltProgram.sweep.run(
      ["nightly", "install", "practice.yaml", "--store", "store.sqlite"],
      in: nightly.practice.folder.path, environment: crontab.environment)
    #expect(ending.status == 0, "\(ending.errors)")
    let line = try #require(try crontab.content)
    let command = line.split(separator: " ", maxSplits: 5)[5].replacing("\\%", with: "%")
    for environment in [["PATH=/usr/bin:/bin", "HOME=/", "SHELL=/bin/sh"], []] {
      let process = Process()
      let said = Pipe()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["-i"] + environment + ["/bin/sh", "-c", String(command)]
      process.currentDirectoryURL = URL(fileURLWithPath: "/")
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = said
      process.standardError = said
      try process.run()
      let text = String(
        decoding: try said.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 3, "\(text)")
      #expect(text.hasPrefix("cannot judge: practice on "), "\(text)")
      #expect(!text.contains("\u{1B}"))
    }
    #expect(try nightly.verdicts() == ["cannot_judge", "cannot_judge"])
  }

  @Test func `what cannot be a night is refused before anything runs`() throws {
    let nightly = try Nightly(Practice.sweep)
    let ungated = try nightly.night("--log", "log", "--heartbeat", "beat")
    #expect(ungated.status == 64)
    let message =
      "practice.yaml has no key gate, so there is nothing to judge its nights by. Add the measures "
      + "and what each may lose, as gate: {test/map@r: {margin: 0.005}}"
    #expect(ungated.errors == "error: \(message)\n")
    #expect(try nightly.text("log").hasSuffix("Z error: \(message) (exit code 64)\n"))
    #expect(!FileManager.default.fileExists(atPath: nightly.file("beat")))
    try nightly.write(Nightly.sweep)
    let folder = try nightly.night("--log", "nowhere/log")
    #expect(folder.status == 74)
    #expect(folder.errors == "error: nowhere/log cannot be opened: No such file or directory\n")
    let store = try BuiltProgram.sweep.run(
      ["nightly", "practice.yaml", "--store", "features.h5"], in: nightly.practice.folder.path)
    #expect(store.status == 74, "\(store.errors)")
    #expect(store.output == "")
    let baseline = try nightly.night("--baseline", "mian")
    #expect(baseline.status == 64)
    #expect(baseline.errors.hasPrefix("error: there is no baseline 'mian'"), "\(baseline.errors)")
    try nightly.write(Nightly.sweep.replacing("features.h5", with: "nowhere.h5"))
    #expect(try nightly.night().status == 65)
    let nothing = try BuiltProgram.sweep.run(["nightly"], in: nightly.practice.folder.path)
    #expect(nothing.status == 64, "\(nothing.errors)")
  }
}
