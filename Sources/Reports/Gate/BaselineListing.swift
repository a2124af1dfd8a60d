package import Store
import Sweeps

/// Baselines as tables.
package enum BaselineListing {
  /// Names and what they stand for; with their history, every entry.
  package static func report(_ baselines: [BaselineRecord]) -> Report {
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
      records: baselines.map(\.record),
      notes: baselines.isEmpty
        ? ["No baselines. rll-report baseline set NAME SWEEP sets one."] : [])
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

  private static func detail(
    _ baseline: BaselineRecord, results: SweepResults, history: [BaselineRecord]
  ) -> Report {
    let cells = GateCells(results, settings: GateCells.settings(of: [results]))
    let measures = Set(results.jobs.flatMap(\.measures.keys)).filter { Measure($0).isOnTest }
      .sorted()
    let shown = measures.filter { ["test/map@r", "test/recall@1"].contains($0) }
    let rows = cells.cells.map { cell in
      let figures = measures.map { measure in
        (measure, CellStatistics(GateFigures(cells.jobs(of: cell), measure: measure).values))
      }
      return (cell: cell, seeds: cells.seeds(of: cell).count, figures: figures)
    }
    let table = ReportTable(
      columns: [.init("cell", isEssential: true), .init("seeds")] + shown.map { .measure($0) },
      rows: rows.map { row in
        [.text(row.cell.label), .integer(row.seeds)]
          + row.figures.filter { shown.contains($0.0) }.map { measure, statistics in
            guard let statistics else { return .missing }
            return .spread(
              mean: statistics.mean, deviation: statistics.deviation,
              isRatio: Measure(measure).isRatio)
          }
      })
    return Report(
      sections: [
        .init(title: "Baseline \(baseline.name)", table: report(history).sections[0].table),
        .init(title: "Results (mean ± sd over seeds)", table: table),
      ],
      data: table,
      document: .object(
        baseline.members + [
          .init("history", .array(history.map(\.record))),
          .init(
            "cells",
            .array(
              rows.map { row in
                [
                  "cell": row.cell.record, "seeds": .integer(row.seeds),
                  "metrics": .object(
                    row.figures.map { measure, statistics in
                      .init(
                        measure,
                        [
                          "mean": JSONValue(statistics?.mean),
                          "sd": JSONValue(statistics?.deviation),
                        ])
                    }),
                ]
              })),
        ]))
  }
}

extension BaselineRecord {
  fileprivate var action: String { setDigest == nil ? "remove" : "set" }

  fileprivate var members: [JSONValue.Member] {
    [
      .init("baseline_id", .string(id)), .init("name", .string(name)),
      .init("sweep", .string(sweep)), .init("launch_id", .string(launchID)),
      .init("started_at", .string(startedAt)), .init("host", .string(host)),
      .init("at", .string(at)), .init("action", .string(action)),
      .init("reason", JSONValue(reason)), .init("jobs", .integer(jobs)),
      .init("current", .bool(isCurrent)),
    ]
  }

  fileprivate var record: JSONValue { .object(members) }
}
