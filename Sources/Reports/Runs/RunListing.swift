package import Store
import Sweeps

/// Runs as a table, one line each.
package enum RunListing {
  /// The listing; without names, those columns that tell the runs apart. `columns` are those that
  /// names may stand for, by default those of these runs. `sort` is the name they are sorted by.
  package static func report(
    _ runs: [RunSummary], columns: RunColumns? = nil, columnNames: [String] = [],
    sortedBy sort: String? = nil
  ) throws -> Report {
    let columns = columns ?? RunColumns(of: runs)
    let chosen =
      try columnNames.isEmpty
      ? telling(runs, among: columns) : columnNames.map(columns.column(named:))
    let data = ReportTable(
      columns: chosen.map { column in
        if case .measure(let name) = column { return .measure(name) }
        return ReportTable.Column(column.name, title: column.title)
      },
      rows: rows(of: runs, columns: chosen))
    return Report(
      shown: shortened(data), data: data,
      records: columnNames.isEmpty ? runs.map(\.record) : data.records,
      notes: runs.isEmpty ? ["No runs."] : sortNotes(sort), hasColumnChoice: true)
  }

  /// Whoever takes the first line by a measure on the test classes should know what it is.
  static func sortNotes(_ name: String?) -> [String] {
    guard let name, Measure(name).isOnTest else { return [] }
    return ["Sorted by test figures: what is chosen by them looks better than it is."]
  }

  /// Every setting and measure of every run.
  package static func export(_ runs: [RunSummary]) -> Report {
    let given = runs.reduce(into: Set<String>()) { $0.formUnion($1.settings.keys) }
    let columns = RunColumns(of: runs).all.filter { column in
      if case .setting(let name) = column { given.contains(name) } else { true }
    }
    let table = ReportTable(
      columns: columns.map { ReportTable.Column($0.name) },
      rows: rows(of: runs, columns: columns))
    return Report(shown: table, data: table, records: runs.map(\.record))
  }

  private static func rows(of runs: [RunSummary], columns: [RunColumn]) -> [[ReportCell]] {
    let cells = columns.map(\.cells)
    return runs.map { run in cells.map { $0(run) } }
  }

  private static func telling(_ runs: [RunSummary], among columns: RunColumns) -> [RunColumn] {
    var chosen: [RunColumn] = [.field(.runID)]
    if Set(runs.map(\.sweep)).count > 1 { chosen.append(.field(.sweep)) }
    chosen += [.field(.state)]
    chosen += differing(runs, among: columns)
    chosen += [.field(.seed), .field(.wallSeconds)]
    for measure in ["validation/map@r", "test/recall@1", "test/map@r"]
    where runs.contains(where: { $0.metrics[measure] != nil }) {
      chosen.append(.measure(measure))
    }
    if runs.contains(where: { $0.error != nil }) { chosen.append(.field(.error)) }
    return chosen
  }

  /// The settings in which some of the runs differ, the seed apart.
  static func differing(_ runs: [RunSummary], among columns: RunColumns) -> [RunColumn] {
    guard let first = runs.first?.settings else { return [] }
    var names: Set<String> = []
    for run in runs.dropFirst() where run.settings != first {
      for (name, value) in run.settings where first[name] != value { names.insert(name) }
      for name in first.keys where run.settings[name] == nil { names.insert(name) }
    }
    return columns.all.filter { column in
      if case .setting(let name) = column { names.contains(name) } else { false }
    }
  }

  /// Ids cut to eight letters where these tell the runs apart: enough to name one.
  private static func shortened(_ table: ReportTable) -> ReportTable {
    guard let index = table.columns.firstIndex(where: { $0.name == RunField.runID.rawValue })
    else { return table }
    let ids = Set(table.rows.map { $0[index].plainText })
    guard Set(ids.map { $0.prefix(8) }).count == ids.count else { return table }
    var table = table
    for row in table.rows.indices {
      table.rows[row][index] = .text(String(table.rows[row][index].plainText.prefix(8)))
    }
    return table
  }
}
