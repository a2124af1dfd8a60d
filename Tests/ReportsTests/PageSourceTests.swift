import Foundation
import Reports
import Store
import Testing

struct PageSourceTests {
  @Test func `a sweep that has not begun says so`() throws {
    let page = try PageStore().page()
    #expect(page.text("sweeps.0.answer") == "Nothing yet: no run has started.")
    #expect(page.text("sweeps.0.progress.text") == "0 of 8 jobs done, 8 waiting.")
    #expect(page.value("sweeps.0.progress.is_sound") as? Bool == true)
    #expect((page.value("sweeps.0.sensitivity.effects") as? [Any])?.isEmpty == true)
    #expect(
      page.text("sweeps.0.sensitivity.reason")
        == "no completed run of practice has validation/map@r. None is completed yet")
    #expect((page.value("sweeps.0.curves.measures") as? [Any])?.isEmpty == true)
  }

  @Test func `a sweep under way says how far it is, and what failed and why`() throws {
    let fixture = try PageStore()
    try fixture.start(0)
    #expect(
      try fixture.page().text("sweeps.0.answer") == "Nothing yet: the first runs are under way.")
    try fixture.fail(1, "the loss is not finite at step 7")
    try fixture.fail(2, "the loss is not finite at step 7")
    try fixture.fail(3, "no memory")
    try fixture.complete(4, ["validation/map@r": 0.5])
    let page = try fixture.page()
    #expect(
      page.text("sweeps.0.progress.text") == "1 of 8 jobs done, 3 waiting, 1 running, 3 failed.")
    #expect(page.value("sweeps.0.progress.is_sound") as? Bool == false)
    let ids = fixture.runIDs.map { $0.prefix(8) }
    #expect(
      page.text("sweeps.0.failures.0.text")
        == "2 failed: the loss is not finite at step 7 (\(ids[1]), \(ids[2]))")
    #expect(page.text("sweeps.0.failures.1.text") == "1 failed: no memory (\(ids[3]))")
  }

  @Test func `a sweep that failed as a whole has no answer`() throws {
    let fixture = try PageStore(seeds: 1)
    for place in 0..<4 { try fixture.fail(place, "no memory") }
    #expect(try fixture.page().text("sweeps.0.answer") == "No answer: no run has completed.")
  }

  @Test func `completed runs without the objective pick nothing`() throws {
    let fixture = try PageStore(seeds: 1)
    try fixture.complete(0, ["train/loss": 1])
    #expect(
      try fixture.page().text("sweeps.0.answer")
        == "No completed run has validation/map@r; nothing is picked.")
  }

  @Test func `the answer is what the comparison picks, with its test figures`() throws {
    let fixture = try PageStore()
    try fixture.completeAll()
    let page = try fixture.page()
    #expect(
      page.text("sweeps.0.answer")
        == "Picked by validation/map@r (mean of 2 runs): margin 0.4, temperature inf. "
        + "On test it scores map@r 42.50 ± 0.71%.")
    #expect(page.text("sweeps.0.cells.0.texts.1") == "52.50 ± 0.71%")
    #expect(page.texts("sweeps.0.cell_measures") == ["test/map@r", "validation/map@r"])
    #expect(page.value("sweeps.0.picks") as? [Int] == [0])
    // The settings differ by the same amounts for each seed, so any difference would have shown.
    let facts = try #require(page.texts("sweeps.0.facts"))
    #expect(
      facts.contains {
        $0.hasPrefix(
          "smallest difference in validation/map@r that these seeds can show (power 80%): ")
      })
    #expect(
      page.text("sweeps.0.comparisons.0.title")
        == "Differences in validation/map@r to the best, margin 0.4, temperature inf")
    #expect(page.texts("sweeps.0.axes") == ["loss.margin", "loss.temperature"])
  }

  @Test func `each set of data is compared for itself, on a page as by the command`() throws {
    let fixture = try PageStore(dataSets: ["data/birds.h5", "data/aircraft.h5"])
    try fixture.completeAll()
    let page = try fixture.page()
    #expect(page.text("sweeps.0.name") == "practice (birds.h5)")
    #expect(page.text("sweeps.1.name") == "practice (aircraft.h5)")
    #expect(page.value("sweeps.2") == nil)
    for place in 0...1 {
      #expect(
        page.text("sweeps.\(place).answer")
          == "Picked by validation/map@r (mean of 2 runs): margin 0.4, temperature inf. On test it "
          + "scores map@r 42.50 ± 0.71%.")
      #expect(page.texts("sweeps.\(place).axes") == ["loss.margin", "loss.temperature"])
      #expect(page.text("sweeps.\(place).progress.text") == "8 of 8 jobs done.")
      #expect(
        page.texts("sweeps.\(place).notes")
          == ["The test classes of this data were evaluated by 8 runs of this store."])
      #expect(page.number("sweeps.\(place).sensitivity.effects.0.levels.0.n") == 2)
    }
    let whole = try SweepReport(of: fixture.store.sweep(named: "practice"), in: fixture.store)
    let text = whole.report.text(as: .jsonl)
    #expect(text.contains("\"data_sets\":[{\"data_set\":\"birds.h5\","), "\(text)")
  }

  @Test(arguments: [
    ("practice", "practice"), ("practice (search)", "practice"),
    ("practice (search, a (1).h5)", "practice"), ("a1b2", "a1b2"),
  ])
  func `a title names its sweep`(title: String, name: String) {
    #expect(PageSource.sweepName(inTitle: title) == name)
  }

  @Test func `effects are means over seeds, the strongest setting first`() throws {
    let fixture = try PageStore()
    try fixture.completeAll()
    let page = try fixture.page()
    #expect(page.text("sweeps.0.sensitivity.measure") == "validation/map@r")
    #expect(page.text("sweeps.0.sensitivity.over") == "seeds")
    #expect(page.text("sweeps.0.sensitivity.shares.0.title") == "margin")
    let path = "sweeps.0.sensitivity.effects"
    #expect(page.text(path + ".0.title") == "margin")
    #expect(page.text(path + ".0.range_text") == "10.00%")
    #expect(page.text(path + ".1.range_text") == "2.00%")
    // Seed means at margin 0.2: (0.40 + 0.42) / 2 and (0.41 + 0.43) / 2.
    #expect(page.text(path + ".0.levels.0.mean_text") == "41.50%")
    #expect(page.number(path + ".0.levels.0.n") == 2)
    #expect((page.value(path + ".0.levels.0.points") as? [Double])?.count == 4)
    // t of one degree of freedom is 12.7062, the deviation of 0.41 and 0.42 is 0.00707107.
    let low = try #require(page.number(path + ".0.levels.0.low"))
    #expect(abs(low - (0.415 - 12.706_204_736 * 0.007_071_067_8 / 2.0.squareRoot())) < 1e-9)
  }

  @Test func `infinite settings and lists keep their meaning as JSON`() throws {
    let fixture = try PageStore()
    let page = try fixture.page()
    let columns = try #require(page.value("sweeps.0.columns") as? [[String: Any]])
    let temperature = try #require(columns.first { $0["name"] as? String == "loss.temperature" })
    #expect((temperature["values"] as? [Any])?.last as? String == "inf")
    #expect(temperature["format"] as? String == "plain")
    let batch = try #require(columns.first { $0["name"] as? String == "batch" })
    #expect((batch["values"] as? [Any])?.count == 1)
    #expect(page.text("sweeps.0.aliases.m") == "loss.margin")
  }

  @Test func `histories are single-precision numbers in base64`() throws {
    let fixture = try PageStore(seeds: 1)
    let history = [(10, 0.5), (20, Double.nan), (30, 0.75)].map {
      MetricPoint(name: "train/loss", step: $0.0, value: $0.1)
    }
    try fixture.complete(0, ["train/loss": 0.75], history: history)
    try fixture.complete(1, ["train/loss": 0.75], history: history)
    let page = try fixture.page()
    #expect(page.text("sweeps.0.curves.measures.0.name") == "train/loss")
    #expect(page.value("sweeps.0.curves.steps") as? [[Int]] == [[10, 20, 30]])
    #expect(page.value("sweeps.0.curves.measures.0.steps") as? [Int] == [0, 0])
    let text = try #require(page.text("sweeps.0.curves.measures.0.values"))
    let bytes = try #require(Data(base64Encoded: text))
    let numbers = bytes.withUnsafeBytes { bytes in
      (0..<6).map {
        Float(
          bitPattern: UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
      }
    }
    #expect(numbers[0] == 0.5 && numbers[1].isNaN && numbers[5] == 0.75)
  }

  @Test func `a figure that was taken once is no history`() throws {
    let fixture = try PageStore(seeds: 1)
    try fixture.complete(
      0, ["test/map@r": 0.5], history: [MetricPoint(name: "test/map@r", step: 30, value: 0.5)])
    #expect((try fixture.page().value("sweeps.0.curves.measures") as? [Any])?.isEmpty == true)
  }

  @Test func `a history that nobody has is refused with those that there are`() throws {
    let fixture = try PageStore(seeds: 1)
    let none = #expect(throws: ReportError.self) { try fixture.page(metrics: ["train/los"]) }
    #expect(none?.description == "the runs have no histories yet")
    try fixture.complete(
      0, [:], history: [10, 20].map { MetricPoint(name: "train/loss", step: $0, value: 1) })
    let wrong = #expect(throws: ReportError.self) { try fixture.page(metrics: ["train/los"]) }
    #expect(wrong?.description == "no run has a history of 'train/los'; there are train/loss")
  }

  @Test func `two hundred points of a run take less than two kilobytes`() throws {
    func size(points: Int) throws -> Int {
      let fixture = try PageStore(seeds: 25)
      for place in 0..<100 {
        try fixture.complete(
          place, ["validation/map@r": 0.5],
          history: (0..<points).map {
            MetricPoint(name: "validation/map@r", step: 10 * $0, value: Double($0).squareRoot())
          })
      }
      return try fixture.page().document.json.compactText.utf8.count
    }
    let (small, large) = (try size(points: 0), try size(points: 200))
    #expect(large - small < 100 * 2_000)
    // With a thousand runs and the settings and measures of each, far below five megabytes.
    #expect(small < 100 * 1_000)
  }
}
