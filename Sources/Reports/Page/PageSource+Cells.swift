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
      .init("picked", JSONValue(comparison.picked)),
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
    let count =
      cell.isComplete ? "\(cell.completed)" : "\(cell.completed) of \(cell.replicates.count)"
    let statistics = measures.map { cell.statistics[$0] }
    return [
      "labels": .array(cell.values.map { .string($0 == .null ? "–" : $0.display) }),
      "count": .string(count),
      "runs": .array(runs.map(JSONValue.integer)),
      "texts": .array(measures.map { .string(comparison.spread($0, in: cell).shownText) }),
      "means": .array(statistics.map { JSONValue($0?.mean) }),
      "lows": .array(statistics.map { JSONValue($0?.interval?.low) }),
      "highs": .array(statistics.map { JSONValue($0?.interval?.high) }),
    ]
  }

  /// What each setting does to the objective, and how much of it seeds do.
  var effectMembers: [JSONValue.Member] {
    let name = comparison.objective.metric
    let measure = Measure(name)
    let effects = SettingEffect.all(
      of: comparison.cells.flatMap(\.replicates), settings: comparison.settings, measure: name)
    let noise = SettingEffect.noise(of: comparison.cells, measure: name).map { value -> JSONValue in
      ["deviation": .number(value), "text": .string(measure.cell(value).shownText)]
    }
    let raw = comparison.baselines.first { $0.kind == .raw }
    let baseline = raw.flatMap { raw in
      raw.measures[name].map { value -> JSONValue in
        [
          "title": .string(raw.title), "value": .number(value),
          "text": .string(measure.cell(value).shownText),
        ]
      }
    }
    return [
      .init("effects", .array(effects.map { record(of: $0, measure: measure) })),
      .init("noise", noise ?? .null), .init("baseline", baseline ?? .null),
    ]
  }

  private func record(of effect: SettingEffect, measure: Measure) -> JSONValue {
    [
      "name": .string(effect.column.name), "title": .string(effect.column.title),
      "range": .number(effect.range),
      "range_text": .string(measure.cell(effect.range).shownText),
      "levels": .array(
        effect.levels.map { level in
          let statistics = level.statistics
          return [
            "text": .string(level.text), "n": .integer(statistics.count),
            "mean": .number(statistics.mean),
            "mean_text": .string(measure.cell(statistics.mean).shownText),
            "low": JSONValue(statistics.interval?.low),
            "high": JSONValue(statistics.interval?.high),
            "points": .array(level.values.map(JSONValue.number)),
          ]
        }),
    ]
  }
}
