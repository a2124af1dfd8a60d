import Store
import Sweeps

extension PageSource {
  /// Measures that cells have, those that matter most first.
  private var measures: [String] {
    Set(comparison.cells.flatMap(\.statistics.keys)).sorted()
  }

  /// The settings with their statistics, and how they may be shown.
  var cellMembers: [JSONValue.Member] {
    let places = Dictionary(uniqueKeysWithValues: runs.enumerated().map { ($1.id, $0) })
    let names = measures
    return [
      .init("cell_settings", .array(comparison.settings.map { .string($0.name) })),
      .init("cell_measures", .array(names.map(JSONValue.string))),
      .init("shown_measures", .array(comparison.shownMeasures.map(JSONValue.string))),
      .init(
        "spread_words",
        .string(
          comparison.subject.isRepeats
            ? "means with 95% intervals" : "means ± standard deviations")),
      .init("picks", .array(comparison.picks.map(JSONValue.integer))),
      .init("comparisons", .array(comparison.report.sections.dropFirst().map(Self.record))),
      .init(
        "cells",
        .array(
          comparison.cells.map { cell in
            record(
              of: cell, measures: names,
              runs: cell.replicates.flatMap(\.runs).compactMap {
                places[$0.id]
              })
          })),
    ]
  }

  private func record(
    of cell: SweepComparison.Cell, measures: [String], runs: [Int]
  ) -> JSONValue {
    let statistics = measures.map { cell.statistics[$0] }
    return [
      "labels": .array(cell.values.map { .string(SweepComparison.cell($0).shownText) }),
      "count": .string(comparison.count(of: cell).shownText),
      "runs": .array(runs.map(JSONValue.integer)),
      "texts": .array(measures.map { .string(comparison.spread($0, in: cell).shownText) }),
      "means": .array(statistics.map { JSONValue($0?.mean) }),
      "lows": .array(statistics.map { JSONValue($0?.interval?.low) }),
      "highs": .array(statistics.map { JSONValue($0?.interval?.high) }),
    ]
  }

  /// A section of a report as the command shows it.
  private static func record(of section: Report.Section) -> JSONValue {
    [
      "title": JSONValue(section.title),
      "columns": .array(section.table.columns.map { .string($0.title) }),
      "rows": .array(section.table.rows.map { .array($0.map { .string($0.shownText) }) }),
      "notes": .array(section.notes.map(JSONValue.string)),
    ]
  }
}
