import Store
import Sweeps

extension PageSource {
  /// How much of the variation goes with which setting, and the means of each value; or why that
  /// cannot be said.
  var sensitivityRecord: JSONValue {
    switch sensitivity {
    case .success(let sensitivity): record(of: sensitivity)
    case .failure(let error):
      ["reason": .string(error.description), "shares": [], "effects": [], "notes": []]
    }
  }

  private func record(of sensitivity: SweepSensitivity) -> JSONValue {
    let name = sensitivity.objective.metric
    let measure = Measure(name)
    let section = sensitivity.report.sections.first
    let effects = sensitivity.effects.sorted { $0.range > $1.range }
    let raw = comparison.baselines.first { $0.kind == .raw }
    return [
      "measure": .string(name),
      "over": .string(sensitivity.method == .anova ? "seeds" : "runs"),
      "shares": .array((section?.table).map(Self.shares) ?? []),
      "notes": .array((section?.notes ?? []).map(JSONValue.string)),
      "effects": .array(
        effects.map { record(of: $0, in: sensitivity.design, measure: measure) }),
      "reference": raw.flatMap { raw in
        raw.measures[name].map { ["title": .string(raw.title), "value": .number($0)] }
      } ?? .null,
    ]
  }

  /// The rows of the command's table, the columns behind the share in words.
  private static func shares(_ table: ReportTable) -> [JSONValue] {
    table.rows.map { row in
      let details = zip(table.columns, row).dropFirst(2).filter { $0.1 != .missing }
        .map { "\($0.0.title) \($0.1.shownText)" }
      return [
        "title": .string(row[0].shownText), "share": row[1].json,
        "text": .string(row[1].shownText),
        "details": .string(details.joined(separator: ", ")),
      ]
    }
  }

  private func record(
    of effect: MainEffect, in design: SensitivityDesign, measure: Measure
  ) -> JSONValue {
    let factor = design.factors.firstIndex { $0.column == effect.factor.column }
    return [
      "name": .string(effect.factor.column.name), "title": .string(effect.factor.title),
      "range_text": .string(measure.cell(effect.range).shownText),
      "levels": .array(
        effect.levels.map { entry in
          let statistics = entry.statistics
          let place = effect.factor.levels.firstIndex(of: entry.level)
          let points = design.observations.filter { observation in
            factor.map { observation.levels[$0] } == place
          }
          return [
            "text": .string(entry.level.text), "n": .integer(statistics.count),
            "mean": .number(statistics.mean),
            "mean_text": .string(measure.cell(statistics.mean).shownText),
            "low": JSONValue(statistics.interval?.low),
            "high": JSONValue(statistics.interval?.high),
            "points": .array(points.map { .number($0.value) }),
          ]
        }),
    ]
  }
}

extension MainEffect {
  /// Greatest minus least mean.
  fileprivate var range: Double {
    let means = levels.map(\.statistics.mean)
    return (means.max() ?? 0) - (means.min() ?? 0)
  }
}
