import Foundation
import TestSupport
import Testing

/// `rll-report gate` and `baseline` on sweeps that were run.
struct GateTests {
  private static let sweep = """
    name: nightly
    base:
      dataset: features.h5
      embedding: 8
      batch: 8x3
      steps: 20
      evaluation: {every: 10}
    sweep:
      alpha: [1.2, 1.4]
    seeds: 3
    gate: {test/recall@1: {margin: 0.02}, test/map@r: {margin: 0.02}}

    """

  private func launched(seeds: Int = 3) throws -> Practice {
    let practice = try Practice()
    try practice.write(Self.sweep.replacing("seeds: 3", with: "seeds: \(seeds)"))
    #expect(try practice.launch("--quiet").status == 0)
    return practice
  }

  private func report(_ practice: Practice, _ arguments: String...) throws -> BuiltProgram.Ending {
    try BuiltProgram.report.run(
      arguments + ["--store", practice.storePath], in: practice.folder.path)
  }

  @Test func `no report is written over a store, nor over another`() throws {
    let practice = try launched(seeds: 1)
    let store = try report(practice, "gate", "--junit", practice.storePath)
    #expect(store.status == 74)
    #expect(
      store.errors
        == "error: \(practice.storePath) cannot be written: it is an SQLite database, such as a "
        + "store. Name another file\n")
    #expect(try practice.check().status == 0)
    let twice = try report(practice, "gate", "--junit", "x", "--markdown", "x")
    #expect(twice.status == 64)
    #expect(
      twice.errors.hasPrefix(
        "error: --junit and --markdown are both x; give each a file of its own\n"))
  }

  @Test func `a night goes from no baseline to a pass to a regression`() throws {
    // So few classes score by luck: it takes this many seeds to see that hardly anything is learnt.
    let practice = try launched(seeds: 8)
    let first = try report(practice, "gate", "--record")
    #expect(first.status == 3, "\(first.errors)")
    #expect(
      first.output.hasSuffix(
        "cannot judge: the sweep has no baseline; if these results are good: rll-report baseline set "
          + "main nightly --store \(practice.storePath)\n"), "\(first.output)")
    #expect(try report(practice, "baseline", "set", "main", "nightly").status == 0)

    #expect(try practice.launch("--fresh", "--quiet").status == 0)
    let second = try report(practice, "gate", "nightly", "--baseline", "main", "--record")
    #expect(second.status == 0, "\(second.output)\(second.errors)")
    #expect(second.output.contains("bits      16 of 16 jobs as before\n"), "\(second.output)")

    #expect(
      try practice.launch("--fresh", "--quiet", "--set", "learning_rate=0.00001").status == 0)
    let third = try report(
      practice, "gate", "--record", "--junit", "gate.xml", "--markdown", "gate.md", "--json")
    #expect(third.status == 2, "\(third.output)\(third.errors)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(third.output.utf8)) as? [String: Any])
    #expect(object["verdict"] as? String == "regression")
    let checks = try #require(object["checks"] as? [[String: Any]])
    #expect(checks.count == 4)
    let junit = try String(contentsOfFile: practice.folder.file("gate.xml"), encoding: .utf8)
    #expect(junit.contains("<testcase classname=\"nightly.test/map@r\" name=\"alpha=1.2\">"))
    #expect(junit.contains("of the baseline to"))
    let markdown = try String(contentsOfFile: practice.folder.file("gate.md"), encoding: .utf8)
    #expect(markdown.contains("| verdict | REGRESSION |"))

    let nights = try report(
      practice, "sql", "SELECT verdict, baseline FROM nights ORDER BY started_at", "--format", "csv"
    )
    #expect(
      nights.output == "verdict,baseline\ncannot_judge,\npass,main\nregression,main\n",
      "\(nights.output)")
    #expect(try practice.check().status == 0)
    let launches = try report(
      practice, "sql", "SELECT launch_id FROM nights WHERE verdict = 'pass'", "--format", "csv")
    let id = try #require(launches.output.split(separator: "\n").last)
    #expect(try report(practice, "gate", "--launch", String(id.prefix(8))).status == 0)
  }

  @Test func `nothing is written without being asked to`() throws {
    let practice = try launched()
    #expect(try report(practice, "gate").status == 3)
    let nights = try report(practice, "sql", "SELECT count(*) FROM nights", "--format", "csv")
    #expect(nights.output == "count(*)\n0\n")
  }

  @Test func `bits that changed under the same numerics are a regression`() throws {
    let practice = try launched()
    #expect(try report(practice, "baseline", "set", "main", "nightly").status == 0)
    try practice.sqlite(
      """
      UPDATE metricPoint SET value = value + 0.125
      WHERE runNumber = 1 AND step = 10
        AND measureNumber = (SELECT number FROM measure WHERE name = 'train/loss')
      """)
    let ending = try report(practice, "gate", "--format", "jsonl")
    #expect(ending.status == 2)
    let notes = ending.errors.split(separator: "\n").filter { $0.contains("other bits") }
    #expect(notes.count == 1, "\(ending.errors)")
    #expect(
      notes.first?.hasPrefix(
        "note: REGRESSION: the job of alpha=1.2, seed 0 has other bits than in the baseline 'main', "
          + "under the same numerics identity: train/loss at step 10 was ") == true)
  }

  @Test func `what was launched too long ago cannot be judged`() throws {
    let practice = try launched()
    #expect(try report(practice, "baseline", "set", "main", "nightly").status == 0)
    #expect(try report(practice, "gate", "--max-age", "26h").status == 0)
    try practice.sqlite("UPDATE launch SET startedAt = '2020-01-01T00:00:00.000Z'")
    let ending = try report(practice, "gate", "--max-age", "26h", "--record")
    #expect(ending.status == 3)
    #expect(
      try StoreFile.run("SELECT verdict FROM night", on: practice.storePath) == "pass\n",
      "its age is nothing that the night lost")
    #expect(
      ending.output.contains("longer than 26 h 00 min: look whether its nightly still runs."),
      "\(ending.output)")
  }

  @Test func `baselines are set, listed, shown, changed for a reason and removed`() throws {
    let practice = try launched()
    let set = try report(practice, "baseline", "set", "main", "latest", "--json")
    #expect(set.status == 0 && set.output.contains("\"jobs\": 6"), "\(set.output)\(set.errors)")
    let again = try report(practice, "baseline", "set", "main", "nightly")
    #expect(again.status == 1)
    #expect(again.errors.hasSuffix("; say why it is to change with --reason\n"), "\(again.errors)")
    let blank = try report(practice, "baseline", "set", "main", "nightly", "--reason", " ")
    #expect(blank.status == 64)
    #expect(blank.errors == "error: --reason is empty; say why the baseline is to change\n")
    #expect(
      try report(practice, "baseline", "set", "main", "nightly", "--reason", "centred").status == 0)
    let show = try report(practice, "baseline", "show", "main")
    #expect(show.output.contains("centred") && show.output.contains("alpha=1.4"))
    let list = try report(practice, "baseline", "list", "--format", "csv")
    #expect(list.output.split(separator: "\n").count == 2)
    let history = try report(practice, "baseline", "list", "--history", "--format", "csv")
    #expect(history.output.split(separator: "\n").count == 3)
    #expect(try report(practice, "baseline", "remove", "main", "--reason", "old").status == 0)
    #expect(try report(practice, "gate").status == 3)
    let none = try report(practice, "baseline", "list")
    #expect(none.output.hasSuffix("No baselines. rll-report baseline set NAME SWEEP sets one.\n"))
  }

  @Test(arguments: [
    (
      ["baseline", "set", "my baseline", "nightly"],
      "error: 'my baseline' cannot be the name of a baseline: letters, digits, '.', '_' and '-', at "
        + "most 100; not 'latest'\n"
    ),
    (
      ["baseline", "set", "\u{1B}[2Jmain\n", "nightly"],
      "error: '\\u{1B}[2Jmain\\n' cannot be the name of a baseline: letters, digits, '.', '_' and "
        + "'-', at most 100; not 'latest'\n"
    ),
    (
      ["baseline", "show", "\u{1B}[31mmain"],
      "error: there is no baseline '\\u{1B}[31mmain'. The store has none yet; a name is exact, "
        + "'latest', or four letters or more of an id\n"
    ),
    (
      ["baseline", "remove", "\u{1B}\n"], "error: there is no baseline '\\u{1B}\\n' to remove\n"
    ),
    (
      ["gate", "\u{1B}]0;mine\u{7}"],
      "error: there is no sweep '\\u{1B}]0;mine\\u{07}'. The newest are nightly (ID); a name is exact, "
        + "'latest', or four letters or more of an id\n"
    ),
    (
      ["baseline", "show", "main"],
      "error: there is no baseline 'main'. The store has none yet; a name is exact, 'latest', or four "
        + "letters or more of an id\n"
    ),
    (
      ["baseline", "remove", "main"], "error: there is no baseline 'main' to remove\n"
    ),
    (
      ["gate", "weekly"],
      "error: there is no sweep 'weekly'. The newest are nightly (ID); a name is exact, 'latest', or "
        + "four letters or more of an id\n"
    ),
    (
      ["gate", "--baseline", "main"],
      "error: there is no baseline 'main'. The store has none yet; a name is exact, 'latest', or four "
        + "letters or more of an id\n"
    ),
  ])
  func `names that there are not are refused`(arguments: [String], text: String) throws {
    let practice = try launched()
    let ending = try BuiltProgram.report.run(
      arguments + ["--store", practice.storePath], in: practice.folder.path)
    #expect(ending.status == 64)
    #expect(ending.errors.replacing(/\([0-9a-f]{8}\)/, with: "(ID)") == text)
  }

  @Test func `what is not complete cannot be a baseline`() throws {
    let practice = try launched()
    try practice.sqlite("UPDATE run SET state = 'failed', error = 'lost' WHERE number = 1")
    let failed = try report(practice, "baseline", "set", "main", "nightly")
    #expect(failed.status == 1)
    #expect(
      failed.errors
        == "error: 1 of 6 jobs of nightly is not completed, so it cannot be a baseline. rll-sweep "
        + "retry nightly --store \(practice.storePath) runs what failed\n")
    try practice.sqlite(
      """
      UPDATE run SET state = 'completed', error = NULL WHERE number = 1;
      UPDATE finalMetric SET value = NULL WHERE runNumber = 2
        AND measureNumber = (SELECT number FROM measure WHERE name = 'test/map@r')
      """)
    let infinite = try report(practice, "baseline", "set", "main", "nightly")
    #expect(infinite.status == 1)
    #expect(
      infinite.errors
        == "error: test/map@r is missing or not finite in 1 of 6 jobs of nightly, so it cannot be a "
        + "baseline\n")
    let gate = try report(practice, "gate")
    #expect(gate.status == 2)
    #expect(
      gate.output.contains("REGRESSION: test/map@r of alpha=1.2, seed 1 is not a number."),
      "\(gate.output)")
  }

  @Test func `a regression becomes a baseline for a reason, and the verdict is said`() throws {
    let practice = try launched()
    #expect(try report(practice, "baseline", "set", "main", "nightly").status == 0)
    try practice.sqlite("UPDATE metricPoint SET value = value + 0.125 WHERE runNumber = 1")
    let gate = try report(practice, "gate", "--record")
    #expect(gate.status == 2, "\(gate.output)")
    let rows = try StoreFile.run(
      "SELECT startedAt, summary FROM night", on: practice.storePath
    ).trimmingCharacters(in: .newlines).split(separator: "|")
    let refused = try report(practice, "baseline", "set", "new", "nightly")
    #expect(refused.status == 1)
    #expect(
      refused.errors
        == "error: the launch of nightly of \(rows[0]) was judged a regression: \(rows[1]). Say why "
        + "later nights are to be judged by it with --reason\n")
    let set = try report(practice, "baseline", "set", "new", "nightly", "--reason", "wanted")
    #expect(set.status == 0, "\(set.errors)")
    #expect(
      set.output.hasSuffix("\nIts launch was judged a regression: \(rows[1]).\n"), "\(set.output)")
    #expect(try report(practice, "gate", "--baseline", "new", "--record").status == 0)
    let passed = try report(
      practice, "baseline", "set", "new", "nightly", "--reason", "again", "--json")
    #expect(passed.output.contains("\"verdict\": \"pass\""), "judged again, it passed")
  }

  @Test func `a launch that ran nothing is judged no more`() throws {
    let practice = try launched()
    #expect(try report(practice, "baseline", "set", "main", "nightly").status == 0)
    #expect(try report(practice, "gate").status == 0)
    #expect(try practice.launch("--quiet").status == 0)
    let ending = try report(practice, "gate", "--max-age", "1h")
    #expect(ending.status == 3)
    #expect(
      ending.output.contains(
        "cannot judge: the launch ran nothing: its 6 jobs were done before; to run all again: "
          + "rll-sweep launch practice.yaml --fresh --store \(practice.storePath)\n"),
      "\(ending.output)")
  }

  @Test(arguments: ["folder", "pipe", "/dev/full"])
  func `reports go into files alone, and replace nothing else`(place: String) throws {
    let practice = try launched()
    let path = place.hasPrefix("/") ? place : practice.folder.file(place)
    if place == "folder" { mkdir(path, 0o700) } else { mkfifo(path, 0o600) }
    let reasons = [
      "folder": "it is a folder", "pipe": "nobody reads it", "/dev/full": "No space left on device",
    ]
    let ending = try report(practice, "gate", "--junit", path)
    #expect(ending.status == 74)
    #expect(
      ending.errors
        == "error: \(path) cannot be written: \(reasons[place] ?? ""). Name another file\n")
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG)
  }

  @Test func `a gate that asks for less than the baseline's is not silent`() throws {
    let practice = try launched()
    #expect(try report(practice, "baseline", "set", "main", "nightly").status == 0)
    let wider = Self.sweep.replacing(
      "test/map@r: {margin: 0.02}", with: "test/map@r: {margin: 0.03}")
    try practice.write(wider.replacing("seeds: 3", with: "seeds: 2"))
    #expect(try practice.launch("--quiet", "--fresh").status == 0)
    let ending = try report(practice, "gate")
    #expect(ending.status == 0, "\(ending.output)")
    let set = "rll-report baseline set main nightly --reason"
    let store = "--store \(practice.storePath)"
    #expect(
      ending.output.contains(
        "\nMargins that are wider than the baseline's: test/map@r 0.02 is now 0.03. To accept this: "
          + "\(set) 'wider margins' \(store)\n"), "\(ending.output)")
    #expect(
      ending.output.contains(
        "\nCells with fewer seeds than in the baseline: alpha=1.2 has 2 instead of 3, alpha=1.4 has 2 "
          + "instead of 3. To accept this: \(set) 'fewer seeds' \(store)\n"), "\(ending.output)")
    try practice.write(wider.replacing("test/recall@1: {margin: 0.02}, ", with: ""))
    #expect(try practice.launch("--quiet", "--fresh").status == 0)
    let dropped = try report(practice, "gate")
    #expect(dropped.status == 3, "\(dropped.output)")
    let shown = try report(practice, "baseline", "show", "main", "--json")
    #expect(shown.output.contains("\"measure\": \"test/recall@1\""), "\(shown.output)")
    #expect(
      try report(practice, "baseline", "set", "main", "nightly", "--reason", "fewer").status == 0)
    #expect(try report(practice, "gate").status == 0)
  }
}
