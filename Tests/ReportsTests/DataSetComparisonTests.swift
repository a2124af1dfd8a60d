import Reports
import Store
import Sweeps
import Testing

/// A sweep over several sets of data.
@Suite struct DataSetComparisonTests {
  private static func runs(_ path: String, digest: String, shift: Double) -> [RunSummary] {
    SampleRuns.grid.map { run in
      var run = run
      run.settings["dataset.path"] = .text(path)
      run.dataDigests = ["high": digest]
      for name in run.metrics.keys { run.metrics[name]? += shift }
      return run
    }
  }

  private static let birds = runs("data/birds.h5", digest: "b", shift: 0)
  private static let cars = runs("data/cars.h5", digest: "c", shift: -0.25)

  @Test func `runs of one path or one content are one set`() {
    #expect(DataSetPartition.sets(of: SampleRuns.grid).map(\.name) == [nil])
    #expect(DataSetPartition.sets(of: []).map(\.runs.count) == [0])
    let sets = DataSetPartition.sets(of: [Self.cars[0], Self.birds[0], Self.cars[1]])
    #expect(sets.map(\.name) == ["cars.h5", "birds.h5"])
    #expect(sets.map(\.runs.count) == [2, 1])
    // Another level of the file, and the same content elsewhere.
    var level = Self.birds[0]
    level.dataDigests = ["low": "of low"]
    let moved = Self.runs("elsewhere.h5", digest: "b", shift: 0)[0]
    #expect(DataSetPartition.sets(of: [level, moved, Self.birds[1]]).map(\.name) == [nil])
    let twins = [Self.birds[0], Self.runs("old/birds.h5", digest: "x", shift: 0)[0]]
    #expect(
      DataSetPartition.sets(of: twins).map(\.name) == ["data/birds.h5", "old/birds.h5"])
  }

  @Test func `each set of data has a column, and is compared for itself`() throws {
    let sets = try DataSetPartition.sets(of: Self.birds + Self.cars).map { set in
      (
        name: set.name ?? "",
        comparison: try SweepComparison(
          sweep: "two", objective: Objective(), axes: ["loss.alpha"], by: [], runs: set.runs)
      )
    }
    let report = DataSetComparison(sets).report
    let shown = Report(
      sections: Array(report.sections.prefix(3)), data: report.data, document: report.document)
    #expect(
      shown.text(as: .table) == """
        validation/map@r
        alpha       birds.h5        cars.h5
          1.2  51.00 ± 1.41%  26.00 ± 1.41%
          1    42.00 ± 2.83%  17.00 ± 2.83%

        Each set of data is compared for itself, below: figures of different data do not add up.

        test/recall@1
        alpha       birds.h5        cars.h5
          1.2  86.00 ± 1.41%  61.00 ± 1.41%
          1    82.00 ± 2.83%  57.00 ± 2.83%

        test/map@r
        alpha       birds.h5        cars.h5
          1.2  46.00 ± 1.41%  21.00 ± 1.41%
          1    44.00 ± 2.83%  19.00 ± 2.83%

        """, "\(shown.text(as: .table))")
    #expect(
      report.sections.dropFirst(3).compactMap(\.title) == [
        "birds.h5: settings",
        "birds.h5: Differences in validation/map@r to the best, alpha 1.2",
        "birds.h5: Differences in test/map@r to the best, alpha 1.2", "cars.h5: settings",
        "cars.h5: Differences in validation/map@r to the best, alpha 1.2",
        "cars.h5: Differences in test/map@r to the best, alpha 1.2",
      ])
    let csv = report.text(as: .csv).split(separator: "\n")
    #expect(csv[0].hasPrefix("data_set,row,loss.alpha,dimension,n,"))
    #expect(
      csv.dropFirst().map { $0.prefix(8) } == ["birds.h5", "birds.h5", "cars.h5,", "cars.h5,"])
    let document = report.text(as: .jsonl)
    #expect(
      document.hasPrefix(
        "{\"schema\":1,\"sweep\":\"two\",\"objective\":\"validation/map@r\",\"data_sets\":"
          + "[{\"data_set\":\"birds.h5\",\"subject\":\"search\","))
    // As in a comparison of one set, scripts find the cells at the top.
    #expect(
      document.contains("\"cells\":[{\"data_set\":\"birds.h5\",\"settings\":{\"loss.alpha\":1.2}"))
    #expect(document.matches(of: /"data_set":"birds.h5"/).count == 3)
    #expect(document.matches(of: /"data_set":"cars.h5"/).count == 3)
  }
}
