import Reports
import Store
import Sweeps
import Testing

@Suite struct RunGroupsTests {
  private static var runs: [RunSummary] {
    SampleRuns.grid + [
      SampleRuns.run("b2", alpha: 1.2, seed: 2, state: .failed), SampleRuns.run("c0", alpha: 1.4),
    ]
  }

  private static func groups(
    _ runs: [RunSummary] = runs, by names: [String] = ["alpha"], columnNames: [String] = []
  ) throws -> RunGroups {
    try RunGroups(runs, by: names, columns: RunColumns(of: runs), columnNames: columnNames)
  }

  private static let note =
    "Means ± sd over all runs of a group. rll-report compare --sweep compares settings."

  @Test func `runs that agree are one line with their means`() throws {
    #expect(
      try Self.groups().report.text(as: .table) == """
        alpha  runs  completed  validation/map@r  test/recall@1     test/map@r
          1       2          2     42.00 ± 2.83%  82.00 ± 2.83%  44.00 ± 2.83%
          1.2     3          2     51.00 ± 1.41%  86.00 ± 1.41%  46.00 ± 1.41%
          1.4     1          1                 –              –              –

        \(Self.note)

        """)
  }

  @Test func `groups over several sets of data and an order by test figures say so`() throws {
    var runs = Self.runs
    runs[0].settings["dataset.path"] = .text("other.h5")
    runs[0].dataDigests = ["high": "other"]
    let groups = try Self.groups(runs).sorted(by: .measure("test/map@r"), isDescending: true)
    #expect(
      groups.report.text(as: .table).hasSuffix(
        "\n\n\(Self.note)\nSome groups hold runs of several sets of data, whose figures do not add "
          + "up.\nSorted by test figures: what is chosen by them looks better than it is.\n"))
  }

  @Test func `programs get each figure`() throws {
    let groups = try Self.groups(by: ["loss.alpha", "state"], columnNames: ["test/map@r", "seed"])
    let report = groups.limited(to: 2).report
    let lines = report.text(as: .csv).split(separator: "\n")
    #expect(
      lines[0] == """
        loss.alpha,state,runs,completed,test/map@r_n,test/map@r_mean,test/map@r_sd,seed_n,\
        seed_mean,seed_sd
        """)
    #expect(lines[1].hasPrefix("1,completed,2,2,2,0.44,0.028284271"))
    #expect(lines[1].hasSuffix(",2,0.5,0.7071067811865476"))
    #expect(lines.count == 3)
    let record = report.text(as: .jsonl).split(separator: "\n")[1]
    #expect(
      record.hasPrefix(
        """
        {"schema":1,"group":{"loss.alpha":1.2,"state":"completed"},"runs":2,"completed":2,\
        "metrics":{"test/map@r":{"n":2,"mean":0.45999999999999996,"sd":0.01414213562373
        """))
  }

  @Test(arguments: [
    (RunColumn.measure("test/map@r"), true, ["1.2", "1", "1.4"]),
    (.measure("test/map@r"), false, ["1", "1.2", "1.4"]),
    (.setting("loss.alpha"), true, ["1.4", "1.2", "1"]),
    (.field(.seed), true, ["1.2", "1", "1.4"]),
    (.setting("optimizer.name"), false, ["1", "1.2", "1.4"]),
  ])
  func `groups are ordered by what they share or by means`(
    column: RunColumn, isDescending: Bool, values: [String]
  ) throws {
    let report = try Self.groups().sorted(by: column, isDescending: isDescending).report
    let lines = report.text(as: .csv).split(separator: "\n").dropFirst()
    #expect(lines.map { $0.split(separator: ",")[0] } == values.map { Substring($0) })
  }

  @Test func `groups without runs and unknown names are said`() throws {
    #expect(
      try Self.groups([]).report.text(as: .table) == "alpha  runs  completed\n\nNo runs.\n")
    #expect(throws: ReportError.self) { try Self.groups(by: ["nonsense"]) }
  }
}
