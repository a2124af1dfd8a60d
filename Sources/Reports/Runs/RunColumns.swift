package import Store
import Sweeps

/// Every column that some runs have, and the names that lead to them.
package struct RunColumns: Sendable {
  /// Fields, then settings, then measures, each sorted by name.
  package let all: [RunColumn]
  /// Every accepted name, canonical ones first.
  private let names: [(name: String, column: RunColumn)]

  package init(of runs: [RunSummary]) {
    var settings: Set<String> = []
    var measures: Set<String> = []
    for run in runs {
      settings.formUnion(run.settings.keys)
      measures.formUnion(run.metrics.keys)
    }
    self.init(settings: settings, measures: measures)
  }

  /// What any run of the store may have: the settings of this version and all measures.
  package init(of store: ExperimentStore) throws {
    self.init(settings: [], measures: Set(try store.measureNames()))
  }

  private init(settings given: Set<String>, measures: Set<String>) {
    let settings = given.union(SettingsCatalog.spellings.map(\.setting))
      .subtracting(RunField.allCases.map(\.rawValue)).subtracting(["P", "K", "fold"]).sorted()
    let measures = measures.sorted()
    all =
      RunField.allCases.map(RunColumn.field) + settings.map(RunColumn.setting)
      + measures.map(RunColumn.measure)
    var names = (all + [.batchClasses, .batchItems, .fold]).map { (name: $0.name, column: $0) }
    for spelling in SettingsCatalog.spellings where settings.contains(spelling.setting) {
      names += spelling.names.map { ($0, RunColumn.setting(spelling.setting)) }
    }
    // SQLite's names differ in more than the case of their letters.
    var seen: Set<String> = []
    self.names = names.filter { seen.insert($0.name.lowercased()).inserted }
  }

  /// Every other name that leads to a column, with the column's own.
  var aliases: [String: String] {
    Dictionary(
      names.filter { $0.name != $0.column.name }.map { ($0.name, $0.column.name) },
      uniquingKeysWith: { first, _ in first })
  }

  package func column(named name: String) throws -> RunColumn {
    if let found = names.first(where: { $0.name == name }) { return found.column }
    let suggestion = NearestSpelling.suggestion(for: name, among: names.map(\.name))
    throw ReportError(
      .unknownColumn,
      "'\(name)' is no column" + (suggestion.map { "; did you mean '\($0)'?" } ?? ".")
        + " Columns are \(all.map(\.name).joined(separator: ", "))")
  }

  /// Every name with what the store knows it as.
  var stored: [(name: String, value: RunValue)] { names.map { ($0.name, $0.column.stored) } }
}
