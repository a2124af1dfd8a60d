package import Store
import Sweeps

/// Runs as a table, one line each.
package enum RunListing {
  /// The listing; without names, those columns that tell the runs apart. `columns` are those that
  /// names may stand for, by default those of these runs.
  package static func report(
    _ runs: [RunSummary], columns: RunColumns? = nil, columnNames: [String] = []
  ) throws -> Report {
    let columns = columns ?? RunColumns(of: runs)
    let chosen =
      try columnNames.isEmpty
      ? telling(runs, among: columns) : columnNames.map(columns.column(named:))
    let data = ReportTable(
      columns: chosen.map { column in
        var isEssential = false
        if case .measure = column { isEssential = true }
        return ReportTable.Column(column.name, title: column.title, isEssential: isEssential)
      },
      rows: runs.map { run in chosen.map { $0.cell(of: run) } })
    return Report(
      table: shortened(data), data: data,
      records: columnNames.isEmpty ? runs.map(\.record) : nil,
      notes: runs.isEmpty ? ["No runs."] : [])
  }

  /// Every setting and measure of every run.
  package static func export(_ runs: [RunSummary]) -> Report {
    let columns = RunColumns(of: runs).all.filter { column in
      guard case .setting(let name) = column else { return true }
      return runs.contains { $0.settings[name] != nil }
    }
    return Report(
      table: ReportTable(
        columns: columns.map { ReportTable.Column($0.name) },
        rows: runs.map { run in columns.map { $0.cell(of: run) } }),
      records: runs.map(\.record))
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
    columns.all.filter { column in
      guard case .setting(let name) = column else { return false }
      return runs.contains { $0.settings[name] != runs.first?.settings[name] }
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
