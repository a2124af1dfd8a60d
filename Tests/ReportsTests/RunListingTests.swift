import Reports
import Store
import Sweeps
import Testing

@Suite struct RunListingTests {
  private static var runs: [RunSummary] {
    SampleRuns.grid + [SampleRuns.run("c0", alpha: 1.4, state: .failed)]
  }

  @Test func `a listing shows what tells runs apart`() throws {
    #expect(
      try RunListing.report(Self.runs).text(as: .table) == """
        run_id    state      alpha  seed  wall_seconds  validation/map@r  test/recall@1  test/map@r  \
        error
        a0000000  completed    1       0        1.50 s            40.00%         80.00%      42.00%  –
        a1000000  completed    1       1        1.50 s            44.00%         84.00%      46.00%  –
        b0000000  completed    1.2     0        1.50 s            50.00%         85.00%      45.00%  –
        b1000000  completed    1.2     1        1.50 s            52.00%         87.00%      47.00%  –
        c0000000  failed       1.4     0             –                 –              –           –  \
        the loss is not finite at step 7

        """)
  }

  @Test func `an order by test figures says what it is`() throws {
    func text(_ name: String?) throws -> String {
      try RunListing.report(Self.runs, sortedBy: name).text(as: .table)
    }
    #expect(
      try text("test/map@r").hasSuffix(
        "\n\nSorted by test figures: what is chosen by them looks better than it is.\n"))
    #expect(try text("validation/map@r") == text(nil))
  }

  @Test func `a run as JSON has the documented names`() throws {
    let text = try RunListing.report([SampleRuns.grid[0]]).text(as: .jsonl)
    #expect(
      text == """
        {"schema":1,"run_id":"a000000000000000","job_key":"key of a0","sweep":"practice",\
        "state":"completed","seed":0,"created_at":"2026-01-02T03:04:05.000Z","started_at":null,\
        "finished_at":null,"wall_seconds":1.5,"processor_seconds":null,"peak_memory_bytes":null,\
        "selected_step":null,"error":null,"host":"here","attempt_count":0,"note":null,\
        "settings":{"batch":"60x3","dataset.levels":["high"],"evaluation.every":50,\
        "loss.alpha":1,"loss.margin":0.4,"loss.temperature":"inf","seed":0,"select":"best",\
        "steps":100},"data_digests":{"high":"\(String(repeating: "a", count: 64))"},\
        "metrics":{"test/map@r":0.42,"test/recall@1":0.8,"validation/map@r":0.4},"tags":[]}

        """)
  }

  @Test func `chosen columns stand in their order under any of their names`() throws {
    let report = try RunListing.report(
      Self.runs, columnNames: ["m", "test/recall@1", "K", "run_id"])
    #expect(
      report.text(as: .csv).split(separator: "\n").prefix(2) == [
        "loss.margin,test/recall@1,K,run_id", "0.4,0.8,3,a000000000000000",
      ])
    #expect(throws: ReportError.self) {
      try RunListing.report(Self.runs, columnNames: ["nonsense"])
    }
  }

  @Test func `names are those of all runs, though none is chosen`() throws {
    let columns = try RunColumns(of: SampleStore(Self.runs).store)
    let report = try RunListing.report(
      [], columns: columns, columnNames: ["run_id", "test/recall@1"])
    #expect(report.text(as: .csv) == "run_id,test/recall@1\n")
  }

  @Test func `an export has every setting and measure`() {
    let header = RunListing.export(Self.runs).text(as: .csv).split(separator: "\n")[0]
    #expect(
      header == """
        run_id,sweep,job_key,state,seed,created_at,started_at,finished_at,wall_seconds,\
        processor_seconds,peak_memory_bytes,selected_step,error,host,attempts,note,batch,\
        dataset.levels,evaluation.every,loss.alpha,loss.margin,loss.temperature,select,steps,\
        test/map@r,test/recall@1,validation/map@r
        """)
  }

  @Test func `no runs are said to be none`() throws {
    #expect(try RunListing.report([]).text(as: .table).hasSuffix("\n\nNo runs.\n"))
    #expect(try RunListing.report([]).text(as: .json) == "[]\n")
  }
}
