import Store
import Sweeps

/// The settings of a sweep compared on several sets of data: each for itself, one column each,
/// and never averaged.
package struct DataSetComparison: Sendable {
  package let sets: [(name: String, comparison: SweepComparison)]

  package init(_ sets: [(name: String, comparison: SweepComparison)]) {
    precondition(!sets.isEmpty, "no set of data")
    self.sets = sets
  }

  package var report: Report {
    Report(
      sections: tables
        + sets.flatMap { set in
          set.comparison.report.sections.map { section in
            var section = section
            section.title = "\(set.name): " + (section.title ?? "settings")
            return section
          }
        }, data: data, document: document)
  }

  /// A table for each measure: lines by settings, a column for each set of data.
  private var tables: [Report.Section] {
    guard let first = sets.first?.comparison else { return [] }
    let keys = lines
    return first.shownMeasures.enumerated().map { number, measure in
      let titles = first.settings.isEmpty ? ["setting"] : first.settings.map(\.title)
      let rows = keys.map { key in
        (key.isEmpty ? [.text("all")] : key.map(SweepComparison.cell))
          + sets.map { cell(of: measure, in: $0.comparison, at: key) }
      }
      return Report.Section(
        title: measure,
        table: ReportTable(
          columns: (titles + sets.map(\.name)).map { .init($0) }, rows: rows),
        notes: number == 0 ? [Self.note] : [])
    }
  }

  private static let note =
    "Each set of data is compared for itself, below: figures of different data do not add up."

  /// Values of settings that any set has, in the order of the first that has them.
  private var lines: [[SettingValue]] {
    var seen: Set<[SettingValue]> = []
    return sets.flatMap { $0.comparison.cells.map(\.values) }.filter { seen.insert($0).inserted }
  }

  private func cell(
    of measure: String, in comparison: SweepComparison, at key: [SettingValue]
  ) -> ReportCell {
    comparison.cells.first { $0.values == key }.map { comparison.spread(measure, in: $0) }
      ?? .missing
  }

  private var data: ReportTable {
    let tables = sets.map { ($0.name, $0.comparison.report.data) }
    var columns: [ReportTable.Column] = [.init("data_set")]
    for column in tables.flatMap(\.1.columns) where !columns.contains(column) {
      columns.append(column)
    }
    return ReportTable(
      columns: columns,
      rows: tables.flatMap { name, table in
        table.rows.map { row in
          let values = Dictionary(zip(table.columns, row)) { first, _ in first }
          return [.text(name)] + columns.dropFirst().map { values[$0] ?? .missing }
        }
      })
  }

  /// The cells of all sets, each with the name of its set; what else is said of each set.
  private var document: JSONValue {
    var cells: [JSONValue] = []
    var rest: [JSONValue] = []
    for (name, comparison) in sets {
      guard case .object(let members) = comparison.report.document else { continue }
      let own = JSONValue.Member("data_set", .string(name))
      for case .array(let found) in members.filter({ $0.name == "cells" }).map(\.value) {
        for case .object(let cell) in found { cells.append(.object([own] + cell)) }
      }
      rest.append(
        .object([own] + members.filter { !Self.ofTheWhole.contains($0.name) }))
    }
    let first = sets[0].comparison
    return .object([
      .init("sweep", .string(first.sweep)),
      .init("objective", .string(first.objective.metric)),
      .init("data_sets", .array(rest)),
      .init("cells", .array(cells)),
    ])
  }

  /// Members of a single comparison's document that stand beside the sets.
  private static let ofTheWhole: Set = [JSONValue.schema.name, "sweep", "objective", "cells"]
}
