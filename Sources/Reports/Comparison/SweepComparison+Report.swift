import Store
import Sweeps

extension SweepComparison {
  package var report: Report {
    Report(
      sections: [Report.Section(table: shownTable, notes: notes)], data: dataTable,
      document: document)
  }

  private var allMeasures: [String] {
    Set(cells.flatMap(\.statistics.keys)).union(rawFigures.flatMap(\.measures.keys)).sorted()
  }

  /// The objective, then the measures on the test classes that matter most.
  private var shownMeasures: [String] {
    let known = Set(allMeasures)
    var names = [objective.metric]
    for name in [
      "test/recall@1", "test/map@r", Measure(objective.metric).onTest, "test/r_precision",
    ] where known.contains(name) && !names.contains(name) {
      names.append(name)
    }
    return names
  }

  private var shownTable: ReportTable {
    let measures = shownMeasures
    let raw = rawFigures.map { figures in
      let label = rawFigures.count > 1 ? "raw features (\(figures.level))" : "raw features"
      return [.text(""), .text(label)] + settings.dropFirst().map { _ in ReportCell.text("") }
        + [.text("")] + measures.map { Measure($0).cell(figures.measures[$0]) }
    }
    let rows = cells.enumerated().map { position, cell in
      // A cell without settings still needs the column in which the raw features are named.
      let values: [ReportCell] =
        settings.isEmpty
        ? [.text("all")] : cell.values.map { $0 == .null ? .missing : .setting($0) }
      return [.text(position == picked ? "*" : "")] + values + [count(of: cell)]
        + measures.map { spread($0, in: cell) }
    }
    let titles = settings.isEmpty ? ["setting"] : settings.map(\.title)
    return ReportTable(
      columns: [.init("picked", title: "")] + titles.map { .init($0) } + [.init("n")]
        + measures.map { .init($0) },
      rows: raw + rows)
  }

  private func count(of cell: Cell) -> ReportCell {
    cell.isComplete ? .integer(cell.completed) : .text("\(cell.completed) of \(cell.runs)")
  }

  private var dataTable: ReportTable {
    let measures = allMeasures
    let columns: [ReportTable.Column] =
      [.init("row")] + settings.map { .init($0.name) }
      + ["n", "runs", "failed", "unfinished", "picked"].map { .init($0) }
      + measures.flatMap { [.init($0 + "_mean"), .init($0 + "_sd")] }
    let raw = rawFigures.map { figures in
      [.text("raw features \(figures.level)")] + settings.map { _ in ReportCell.missing }
        + Array(repeating: .missing, count: 5)
        + measures.flatMap { [Measure($0).cell(figures.measures[$0]), .missing] }
    }
    let rows = cells.enumerated().map { position, cell -> [ReportCell] in
      let values = cell.values.map { $0 == .null ? ReportCell.missing : .setting($0) }
      let counts = [cell.completed, cell.runs, cell.failed, cell.unfinished]
      return [.text("setting")] + values + counts.map(ReportCell.integer)
        + [.setting(.bool(position == picked))]
        + measures.flatMap { name in
          let statistics = cell.statistics[name]
          return [Measure(name).cell(statistics?.mean), Measure(name).cell(statistics?.deviation)]
        }
    }
    return ReportTable(columns: columns, rows: raw + rows)
  }

  private var document: JSONValue {
    .object([
      .init("sweep", .string(sweep)),
      .init("objective", .string(objective.metric)),
      .init("goal", .string(objective.goal.rawValue)),
      .init("selected_on_validation", .bool(isSelectedOnValidation)),
      .init("by", .array(settings.map { .string($0.name) })),
      .init(
        "raw_features",
        .array(
          rawFigures.map {
            [
              "level": .string($0.level), "data_digest": .string($0.dataDigest),
              "metrics": .sorted($0.measures, transform: JSONValue.number),
            ]
          })),
      .init("cells", .array(cells.indices.map(record))),
      .init("notes", .array(notes.map(JSONValue.string))),
    ])
  }

  private func record(at position: Int) -> JSONValue {
    let cell = cells[position]
    return [
      "settings": .object(
        zip(settings, cell.values).map { JSONValue.Member($0.name, JSONValue($1)) }),
      "n": .integer(cell.completed), "runs": .integer(cell.runs),
      "failed": .integer(cell.failed), "unfinished": .integer(cell.unfinished),
      "picked": .bool(position == picked),
      "metrics": .sorted(cell.statistics) {
        ["mean": .number($0.mean), "sd": JSONValue($0.deviation)]
      },
    ]
  }
}
