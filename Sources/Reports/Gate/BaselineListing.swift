package import Store
import Sweeps

/// Baselines as tables.
package enum BaselineListing {
  /// A baseline that was set, with the verdict on its launch; people hear of a regression only.
  package static func report(set baseline: BaselineRecord, night: NightRecord?) -> Report {
    let remark = night.flatMap { night in
      night.verdict == .regression ? "Its launch was judged a regression: \(night.summary)." : nil
    }
    let verdict = JSONValue.Member("verdict", JSONValue(night?.verdict.rawValue))
    return report(
      [baseline], records: [.object(baseline.members + [verdict])],
      notes: [remark].compactMap(\.self))
  }

  /// Names and what they stand for; with their history, every entry.
  package static func report(_ baselines: [BaselineRecord]) -> Report {
    report(
      baselines, records: baselines.map(\.record),
      notes: baselines.isEmpty
        ? ["No baselines. rll-report baseline set NAME SWEEP sets one."] : [])
  }

  private static func report(
    _ baselines: [BaselineRecord], records: [JSONValue], notes: [String]
  ) -> Report {
    Report(
      table: ReportTable(
        columns: [
          .init("name", isEssential: true), .init("sweep", isEssential: true),
          .init("started_at", title: "launch of"), .init("host"), .init("jobs"),
          .init("at", title: "set at"), .init("action"), .init("reason"),
        ],
        rows: baselines.map { baseline in
          [
            .text(baseline.name), .text(baseline.sweep), .text(baseline.startedAt),
            .text(baseline.host), .integer(baseline.jobs), .text(baseline.at),
            .text(baseline.action), baseline.reason.map(ReportCell.text) ?? .missing,
          ]
        }),
      records: records, notes: notes)
  }

  /// One baseline: its history, and the means of its measures in each cell.
  package static func detail(of name: String, in store: ExperimentStore) throws -> Report {
    let baseline = try store.baseline(named: name)
    guard let digest = baseline.setDigest else {
      throw ReportError(.nothingThere, "the baseline '\(baseline.name)' was removed")
    }
    return detail(
      baseline, results: try store.sweepResults(digest),
      history: try store.baselineHistory(of: baseline.name))
  }

  /// A cell with the means of its measures on the test classes, by name.
  private struct CellFigures {
    let cell: GateCell
    let seeds: Int
    let figures: [(measure: String, statistics: CellStatistics?)]

    var record: JSONValue {
      [
        "cell": cell.record, "seeds": .integer(seeds),
        "metrics": .object(
          figures.map { measure, statistics in
            .init(
              measure,
              ["mean": JSONValue(statistics?.mean), "sd": JSONValue(statistics?.deviation)])
          }),
      ]
    }
  }

  private static let shownMeasures = ["test/map@r", "test/recall@1"]

  private static func detail(
    _ baseline: BaselineRecord, results: SweepResults, history: [BaselineRecord]
  ) -> Report {
    let cells = GateCells(results, settings: GateCells.settings(of: [results]))
    let measures = Set(results.jobs.flatMap(\.measures.keys)).filter { Measure($0).isOnTest }
      .sorted()
    let rows = cells.cells.map { cell in
      CellFigures(
        cell: cell, seeds: cells.seeds(of: cell).count,
        figures: measures.map { measure in
          (
            measure,
            CellStatistics(GateFigures(cells.jobs(of: cell), measure: measure).values)
          )
        })
    }
    let table = table(of: rows, measures: measures.filter(shownMeasures.contains))
    return Report(
      sections: [
        .init(title: "Baseline \(baseline.name)", table: report(history).sections[0].table),
        .init(title: "Results (mean ± sd over seeds)", table: table),
      ],
      data: table,
      document: .object(
        baseline.members + [
          .init("history", .array(history.map(\.record))),
          .init("cells", .array(rows.map(\.record))),
        ]))
  }

  private static func table(of rows: [CellFigures], measures: [String]) -> ReportTable {
    ReportTable(
      columns: [.init("cell", isEssential: true), .init("seeds")] + measures.map { .measure($0) },
      rows: rows.map { row in
        [.text(row.cell.label), .integer(row.seeds)]
          + row.figures.filter { measures.contains($0.measure) }.map { measure, statistics in
            guard let statistics else { return .missing }
            return .spread(
              mean: statistics.mean, deviation: statistics.deviation,
              isRatio: Measure(measure).isRatio)
          }
      })
  }
}

extension BaselineRecord {
  fileprivate var action: String { setDigest == nil ? "remove" : "set" }

  private static func record(_ gate: [GateRule]) -> JSONValue {
    .array(gate.map { ["measure": .string($0.measure), "margin": .number($0.margin)] })
  }

  fileprivate var members: [JSONValue.Member] {
    [
      .init("baseline_id", .string(id)), .init("name", .string(name)),
      .init("sweep", .string(sweep)), .init("launch_id", .string(launchID)),
      .init("started_at", .string(startedAt)), .init("host", .string(host)),
      .init("at", .string(at)), .init("action", .string(action)),
      .init("reason", JSONValue(reason)), .init("gate", gate.map(Self.record) ?? .null),
      .init("jobs", .integer(jobs)),
      .init("current", .bool(isCurrent)),
    ]
  }

  fileprivate var record: JSONValue { .object(members) }
}
