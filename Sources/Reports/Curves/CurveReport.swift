/// Histories of measures: a sparkline each for people, every point for programs.
package enum CurveReport {
  package static func report(_ curves: [MeasureCurve]) -> Report {
    let isOneRun = Set(curves.map(\.runID)).count < 2
    return Report(
      shown: table(of: curves, namesRuns: !isOneRun), data: points(of: curves),
      records: curves.map(record), notes: curves.isEmpty ? ["No history yet."] : [])
  }

  private static func table(of curves: [MeasureCurve], namesRuns: Bool) -> ReportTable {
    ReportTable(
      columns: (namesRuns ? [.init("run")] : [])
        + ["measure", "evaluations", "first", "last", "best", "at step", "curve"].map {
          ReportTable.Column($0)
        },
      rows: curves.map { curve in
        (namesRuns ? [.text(String(curve.runID.prefix(8)))] : []) + row(of: curve)
      })
  }

  private static func row(of curve: MeasureCurve) -> [ReportCell] {
    let best = curve.best
    return [
      .text(curve.measure.name), .integer(curve.values.count),
      curve.measure.cell(curve.values.first), curve.measure.cell(curve.values.last),
      curve.measure.cell(best.map { curve.values[$0] }),
      best.map { .integer(curve.steps[$0]) } ?? .missing,
      .text(Sparkline.text(curve.values)),
    ]
  }

  private static func points(of curves: [MeasureCurve]) -> ReportTable {
    ReportTable(
      columns: [.init("run_id"), .init("name"), .init("step"), .init("value")],
      rows: curves.flatMap { curve in
        zip(curve.steps, curve.values).map { step, value in
          [
            .text(curve.runID), .text(curve.measure.name), .integer(step),
            value.isNaN ? .missing : .number(value, decimals: 4),
          ]
        }
      })
  }

  private static func record(of curve: MeasureCurve) -> JSONValue {
    let best = curve.best
    return [
      "run_id": .string(curve.runID), "name": .string(curve.measure.name),
      "steps": .array(curve.steps.map(JSONValue.integer)),
      "values": .array(curve.values.map(JSONValue.number)),
      "first": JSONValue(curve.values.first), "last": JSONValue(curve.values.last),
      "best": JSONValue(best.map { curve.values[$0] }),
      "best_step": JSONValue(best.map { curve.steps[$0] }),
    ]
  }
}
