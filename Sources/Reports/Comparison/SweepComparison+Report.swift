import Store
import Sweeps

extension SweepComparison {
  package var report: Report {
    Report(
      sections: [Report.Section(table: shownTable, notes: notes)] + differenceSections
        + classSections,
      data: dataTable, document: document)
  }

  private var allMeasures: [String] {
    Set(cells.flatMap(\.statistics.keys)).union(baselines.flatMap(\.measures.keys)).sorted()
  }

  /// The objective, then the measures on the test classes that matter most.
  var shownMeasures: [String] {
    let known = Set(allMeasures)
    var names = [objective.metric]
    for name in [
      "test/recall@1", "test/map@r", Measure(objective.metric).onTest, "test/r_precision",
      Measure.jointPrefix + "recall@1", Measure.jointPrefix + "map@r",
      Measure.jointPrefix + "r_precision",
    ] where known.contains(name) && !names.contains(name) {
      names.append(name)
    }
    return names
  }

  /// Cells as people see them. A column for the names of baselines is always there.
  private var shownTable: ReportTable {
    let measures = shownMeasures
    let levels = Set(baselines.map(\.dataDigest)).count
    let titles =
      (settings.isEmpty ? ["setting"] : settings.map(\.title))
      + tuned.map { $0.title + " (tuned)" } + (hasSeveralDimensions ? ["dimension"] : [])
    let first = baselines.map { baseline -> [ReportCell] in
      let title = levels > 1 ? "\(baseline.title) (\(baseline.level))" : baseline.title
      return [.text(""), .text(title)] + titles.dropFirst().map { _ in .text("") } + [.text("")]
        + measures.map { Measure($0).cell(baseline.measures[$0]) }
    }
    let rows = cells.enumerated().map { position, cell in
      [.text(picks.contains(position) ? "*" : "")]
        + (settings.isEmpty ? [.text("all")] : cell.values.map(Self.cell))
        + (cell.tuning?.values ?? []).map(Self.cell)
        + (hasSeveralDimensions ? [Self.dimension(of: cell)] : [])
        + [count(of: cell)] + measures.map { spread($0, in: cell) }
    }
    return ReportTable(
      columns: [.init("picked", title: "")]
        + (titles + ["n"]).map { .init($0, isEssential: true) }
        + measures.map(measureColumn),
      rows: first + rows)
  }

  /// Where there is no room, the objective stays as long as the settings: they name the lines.
  private func measureColumn(_ name: String) -> ReportTable.Column {
    var column = ReportTable.Column.measure(name)
    column.isEssential = name == objective.metric
    return column
  }

  static func cell(_ value: SettingValue) -> ReportCell {
    value == .null ? .missing : .setting(value)
  }

  private static func dimension(of cell: Cell) -> ReportCell {
    guard let first = cell.dimensions.first else { return .missing }
    return cell.dimensions.count == 1
      ? .integer(first) : .text(cell.dimensions.map(String.init).joined(separator: ", "))
  }

  /// n, and what a line lacks: of its seeds, or of the settings averaged within them.
  func count(of cell: Cell) -> ReportCell {
    if cell.isComplete { return .integer(cell.seeds) }
    return cell.averagesSettings
      ? .text("\(cell.seeds) (\(cell.completed) of \(cell.replicates.count))")
      : .text("\(cell.seeds) of \(cell.allSeeds)")
  }

  private static let counts = [
    "dimension", "n", "replicates", "runs", "failed", "unfinished", "picked",
  ]

  private var dataTable: ReportTable {
    let measures = allMeasures
    let names =
      ["row"] + (settings + tuned).map(\.name) + Self.counts
      + measures.flatMap { name in ["mean", "sd", "low", "high"].map { name + "_" + $0 } }
      + differenceColumns
    let first = baselines.map { baseline -> [ReportCell] in
      [.text("\(baseline.title) \(baseline.level)")]
        + Array(repeating: .missing, count: (settings + tuned).count + Self.counts.count)
        + measures.flatMap { name -> [ReportCell] in
          [Measure(name).cell(baseline.measures[name]), .missing, .missing, .missing]
        } + differenceColumns.map { _ in .missing }
    }
    let rows = cells.enumerated().map { position, cell -> [ReportCell] in
      let counts = [
        cell.seeds, cell.allSeeds, cell.runs, cell.failed, cell.unfinished,
      ]
      return [.text("setting")] + (cell.values + (cell.tuning?.values ?? [])).map(Self.cell)
        + [Self.dimension(of: cell)] + counts.map(ReportCell.integer)
        + [.setting(.bool(picks.contains(position)))]
        + measures.flatMap { name in
          let statistics = cell.statistics[name]
          return [
            statistics?.mean, statistics?.deviation, statistics?.interval?.low,
            statistics?.interval?.high,
          ].map(Measure(name).cell)
        } + differenceCells(at: position)
    }
    return ReportTable(columns: names.map { .init($0) }, rows: first + rows)
  }

  private var document: JSONValue {
    .object([
      .init("sweep", .string(sweep)),
      .init("subject", .string(subject.isRepeats ? "repeats" : "search")),
      .init("objective", .string(objective.metric)),
      .init("goal", .string(objective.goal.rawValue)),
      .init("selected_on_validation", .bool(isSelectedOnValidation)),
      .init("by", .array(settings.map { .string($0.name) })),
      .init("tuned", .array(tuned.map { .string($0.name) })),
      .init("reference", reference.map { Self.record(settings, cells[$0].values) } ?? .null),
      .init("test_readings", JSONValue(testReadings)),
      .init("baselines", .array(baselines.map(\.record))),
      .init("cells", .array(cells.indices.map(record))),
      .init("notes", .array(notes.map(JSONValue.string))),
    ])
  }

  private func record(at position: Int) -> JSONValue {
    let cell = cells[position]
    return [
      "settings": Self.record(settings, cell.values),
      "tuned": Self.record(tuned, cell.tuning?.values ?? []),
      "tried": .integer(cell.tuning?.tried.count ?? 1),
      "dimension": JSONValue(cell.dimensions.count == 1 ? cell.dimensions.first : nil),
      "folds": JSONValue(cell.folds.count == 1 ? cell.folds.first : nil),
      "n": .integer(cell.seeds), "replicates": .integer(cell.allSeeds),
      "runs": .integer(cell.runs),
      "failed": .integer(cell.failed), "unfinished": .integer(cell.unfinished),
      "picked": .bool(picks.contains(position)),
      "metrics": .sorted(cell.statistics) {
        [
          "mean": .number($0.mean), "sd": JSONValue($0.deviation),
          "low": JSONValue($0.interval?.low), "high": JSONValue($0.interval?.high),
        ]
      },
      "over_classes": .object(
        cell.statistics.keys.sorted().compactMap { name in
          classDoubt[name, position].map { .init(name, Self.record($0.own)) }
        }),
      "difference": mainDifference(at: position).map {
        differenceRecord($0.1, at: position, in: $0.measure)
      }
        ?? .null,
      "differences": differenceRecords(at: position),
    ]
  }

  static func record(_ columns: [RunColumn], _ values: [SettingValue]) -> JSONValue {
    .object(zip(columns, values).map { JSONValue.Member($0.name, JSONValue($1)) })
  }
}
