import Foundation
import TestSupport
import Testing

/// Nights whose standard output takes nothing, and other things that fail beside a verdict.
struct NightlyOutputTests {
  private static let obstacles = [
    (shell: "exec >/dev/full", reason: "No space left on device"),
    (shell: "exec >&-", reason: "it is closed"),
    (shell: "mkfifo pipe && exec 3<>pipe >pipe 3>&-", reason: "its reader is gone"),
  ]

  /// A sweep that was good and is ruined now, beside one that has no baseline.
  private func ruined() throws -> Nightly {
    let nightly = try Nightly()
    #expect(try nightly.night().status == 3)
    #expect(try nightly.setBaseline().status == 0)
    try nightly.write(Nightly.ruined)
    try nightly.practice.write(
      Nightly.sweep.replacing("name: practice", with: "name: other"), to: "other.yaml")
    return nightly
  }

  private func run(
    _ nightly: Nightly, _ arguments: String..., afterShell preparation: String? = nil
  ) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.run(
      ["nightly"] + arguments + ["--store", nightly.practice.storePath],
      in: nightly.practice.folder.path, environment: ["RLL_D3": nightly.file("no-d3.js")],
      afterShell: preparation)
  }

  @Test(arguments: obstacles)
  func `a regression stays one where nothing can be printed, and later sweeps have their night`(
    shell: String, reason: String
  ) throws {
    let nightly = try ruined()
    let ending = try run(
      nightly, "practice.yaml", "other.yaml", "--log", "log", "--heartbeat", "beat",
      afterShell: shell)
    #expect(ending.status == 2, "\(ending.errors)")
    let lines = ending.errors.split(separator: "\n").map(String.init)
    let start = "standard output cannot be written: \(reason). It was to say: "
    let other = "cannot judge: other on \(Nightly.host): the sweep has no baseline"
    try #require(lines.count == 2, "\(ending.errors)")
    #expect(
      lines[0].hasPrefix("error: \(start)REGRESSION: practice on \(Nightly.host): test/map@r of "),
      "\(lines[0])")
    #expect(lines[1] == "error: \(start)\(other)")
    let log = try nightly.text("log")
    for line in lines { #expect(log.contains("Z \(line)\n"), "\(log)") }
    #expect(try nightly.verdicts() == ["cannot_judge", "regression", "cannot_judge"])
    #expect(
      try nightly.text("beat").wholeMatch(
        of: /20\S+Z regression practice\n20\S+Z cannot_judge other\n/) != nil)
    #expect(try nightly.practice.check().status == 0)
  }

  @Test(arguments: [[], ["--json"]])
  func `what cannot be judged and cannot be printed ends as a write that failed`(
    options: [String]
  ) throws {
    let nightly = try Nightly()
    let ending = try BuiltProgram.sweep.run(
      ["nightly", "practice.yaml", "--store", nightly.practice.storePath] + options,
      in: nightly.practice.folder.path, afterShell: "exec >/dev/full")
    #expect(ending.status == 74)
    #expect(
      ending.errors
        == "error: standard output cannot be written: No space left on device. It was to say: "
        + "cannot judge: practice on \(Nightly.host): the sweep has no baseline\n")
    #expect(try nightly.verdicts() == ["cannot_judge"])
  }

  @Test func `a regression stays one where no stream is left, and the store is whole`() throws {
    let nightly = try ruined()
    let ending = try run(nightly, "practice.yaml", afterShell: "exec <&- >&- 2>&-")
    #expect(ending.status == 2)
    #expect(ending.errors == "")
    #expect(try nightly.practice.check().status == 0)
    #expect(
      try nightly.text("store.nightly/practice/lock").hasPrefix("process "),
      "nothing is written to what was opened under the number of a stream")
  }

  @Test func `a regression stays one where no heartbeat can be written`() throws {
    let nightly = try ruined()
    let ending = try run(
      nightly, "practice.yaml", "--heartbeat", "nowhere/beat", "--log", "log")
    #expect(ending.status == 2)
    #expect(ending.output.hasPrefix("REGRESSION: practice on "), "\(ending.output)")
    let message = "nowhere/beat cannot be created: No such file or directory"
    #expect(ending.errors == "error: \(message)\n")
    #expect(try nightly.text("log").hasSuffix("Z error: \(message) (exit code 2)\n"))
  }

  @Test func `a sweep that is given twice is refused before anything runs`() throws {
    let nightly = try Nightly()
    try nightly.practice.write(Nightly.sweep, to: "copy.yaml")
    let twice = try run(nightly, "practice.yaml", "practice.yaml", "--log", "log")
    #expect(twice.status == 64)
    let message = "practice.yaml is given twice; give each sweep file once"
    #expect(twice.errors == "error: \(message)\n")
    #expect(try nightly.text("log").hasSuffix("Z error: \(message) (exit code 64)\n"))
    let copied = try run(nightly, "practice.yaml", "copy.yaml")
    #expect(copied.status == 64)
    #expect(
      copied.errors
        == "error: practice.yaml and copy.yaml are both files of the sweep 'practice', which has "
        + "one night at a time. Leave one of them out, or give it a name of its own\n")
    #expect(try nightly.practice.states().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: nightly.reports))
  }
}
