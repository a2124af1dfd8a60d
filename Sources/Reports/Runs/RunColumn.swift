package import Store
package import Sweeps

/// One thing that can be said about each run, under the name by which users call it.
package enum RunColumn: Sendable, Hashable {
  case field(RunField)
  case setting(String)
  /// P of the batch, which is no setting of its own.
  case batchClasses
  /// K of the batch.
  case batchItems
  /// Which fold of a cross-validation is held out, which is no setting of its own.
  case fold
  case measure(String)

  package var name: String {
    switch self {
    case .field(let field): field.rawValue
    case .setting(let name), .measure(let name): name
    case .batchClasses: "P"
    case .batchItems: "K"
    case .fold: "fold"
    }
  }

  /// Short enough for the head of a table: the last part of a setting's name where it is unique.
  var title: String {
    guard case .setting(let name) = self else { return name }
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let spelling = SettingsCatalog.spellings.first { $0.setting == name }
    return spelling?.names.contains(last) == true ? last : name
  }

  package func value(of run: RunSummary) -> SettingValue {
    switch self {
    case .field(let field): field.value(of: run)
    case .setting(let name): run.settings[name] ?? .null
    case .batchClasses: Self.batch(of: run).map { .number(Double($0.classes)) } ?? .null
    case .batchItems: Self.batch(of: run).map { .number(Double($0.items)) } ?? .null
    case .fold: run.fold.map { .number(Double($0)) } ?? .null
    case .measure(let name):
      run.metrics[name].flatMap { $0.isNaN ? nil : SettingValue.number($0) } ?? .null
    }
  }

  /// What the store knows it as.
  var stored: RunValue {
    switch self {
    case .field(let field): .field(field.rawValue)
    case .setting(let name): .setting(name)
    case .batchClasses: .batchClasses
    case .batchItems: .batchItems
    case .fold: .fold
    case .measure(let name): .measure(name)
    }
  }

  private static func batch(of run: RunSummary) -> BatchShape? {
    run.settings["batch"]?.text.flatMap { BatchShape($0) }
  }

  package func cell(of run: RunSummary) -> ReportCell { cells(run) }

  /// What gives the cells of many runs: what the column is is looked up once.
  var cells: @Sendable (RunSummary) -> ReportCell {
    switch self {
    case .field(let field): return { field.cell(of: $0) }
    case .measure(let name):
      let measure = Measure(name)
      return { measure.cell($0.metrics[name]) }
    case .setting, .batchClasses, .batchItems, .fold:
      return { run in
        let value = value(of: run)
        return value == .null ? .missing : .setting(value)
      }
    }
  }
}
