package import Store
import Sweeps

/// The nights of a sweep and what its gated measures came to in each, as a page shows them.
package struct NightHistory: Sendable {
  private struct Line: Sendable {
    var cell: GateCell
    /// Mean over the seeds of the baseline; nil where that has none.
    var baseline: Double?
    /// Mean over the seeds of each night.
    var values: [Double?]
  }

  /// Oldest first.
  private let nights: [NightRecord]
  private let baseline: BaselineRecord?
  private let measures: [(rule: GateRule, lines: [Line])]

  /// Nil where the store has no night of the sweep.
  package init?(of sweep: SweepSummary, in store: ExperimentStore) throws {
    nights = try store.nights(of: sweep.name, limit: GateLevel.searchedNights).reversed()
    guard !nights.isEmpty else { return nil }
    baseline = try store.latestBaseline(ofSweep: sweep.name)
    var sets: [String: SweepResults] = [:]
    let kept = try (nights.map(\.setDigest) + [baseline?.setDigest].compactMap(\.self)).map {
      digest in
      let found = try sets[digest] ?? store.sweepResults(digest)
      sets[digest] = found
      return found
    }
    let settings = GateCells.settings(of: Array(sets.values.sorted { $0.digest < $1.digest }))
    let cells = kept.map { GateCells($0, settings: settings) }
    let base = baseline == nil ? nil : cells.last
    var shown: [GateCell] = []
    for cell in cells.flatMap(\.cells) where !shown.contains(cell) { shown.append(cell) }
    let nightCells = cells.prefix(nights.count)
    measures = sweep.launch.gate.map { rule in
      func mean(_ cells: GateCells, _ cell: GateCell) -> Double? {
        CellStatistics(GateFigures(cells.jobs(of: cell), measure: rule.measure).values)?.mean
      }
      return (
        rule,
        shown.map { cell in
          Line(
            cell: cell, baseline: base.flatMap { mean($0, cell) },
            values: nightCells.map { mean($0, cell) })
        }
      )
    }
  }

  var record: JSONValue {
    [
      "baseline": JSONValue(baseline?.name),
      "nights": .array(
        nights.map {
          [
            "at": .string($0.startedAt), "launch": .string($0.launchID), "host": .string($0.host),
            "verdict": .string($0.verdict.rawValue), "summary": .string($0.summary),
          ]
        }),
      "measures": .array(
        measures.map { rule, lines in
          [
            "name": .string(rule.measure), "margin": .number(rule.margin),
            "cells": .array(
              lines.map {
                [
                  "label": .string($0.cell.label), "baseline": JSONValue($0.baseline),
                  "values": .array($0.values.map { JSONValue($0) }),
                ]
              }),
          ]
        }),
    ]
  }
}
