package import Store
import Sweeps

/// The result of a user's own statement.
package enum QueryReport {
  package static func report(_ table: ExperimentStore.Table) -> Report {
    Report(
      table: ReportTable(
        columns: table.columns.map { ReportTable.Column($0) },
        rows: table.rows.map { $0.map(cell) }))
  }

  private static func cell(_ value: SettingValue) -> ReportCell {
    switch value {
    case .null: .missing
    case .text(let text): .text(text)
    // JSON has no infinity, and these numbers are no settings.
    case .number(let number) where !number.isFinite: .number(number, decimals: 0)
    default: .setting(value)
    }
  }
}
