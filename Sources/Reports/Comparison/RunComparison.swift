package import Store
import Sweeps

/// Runs side by side: the settings in which they differ, then all measures.
package struct RunComparison: Sendable {
  package let runs: [RunSummary]
  package let differingSettings: [String]
  package let equalSettings: Int
  package let measures: [String]
  /// Whether all runs were computed from the same features.
  package let isSameData: Bool

  package init(_ runs: [RunSummary]) throws {
    guard runs.count > 1 else {
      throw ReportError(
        .tooFewRuns, "a comparison needs two runs or more; for one alone there is rll-report show")
    }
    self.runs = runs
    // Where a file lies says nothing about what is in it; the digests do.
    let names = Set(runs.flatMap(\.settings.keys)).sorted()
    differingSettings = names.filter { name in
      runs.contains { $0.settings[name] != runs.first?.settings[name] }
    }
    equalSettings = names.count - differingSettings.count
    measures = Set(runs.flatMap(\.metrics.keys)).sorted()
    isSameData = runs.allSatisfy { $0.dataDigests == runs.first?.dataDigests }
  }

  package var report: Report {
    let states = Set(runs.map(\.state)).count > 1 || runs.first?.state != .completed
    var rows: [[ReportCell]] = []
    if states { rows.append([.text("state")] + runs.map { .text($0.state.rawValue) }) }
    rows += differingSettings.map { name in
      [.text(name)] + runs.map { RunColumn.setting(name).cell(of: $0) }
    }
    rows += measures.map { name in
      [.text(name)] + runs.map { RunColumn.measure(name).cell(of: $0) }
    }
    func table(ids: [String]) -> ReportTable {
      ReportTable(columns: [.init("name", title: "")] + ids.map { .init($0) }, rows: rows)
    }
    let ids = runs.map(\.id)
    let short = ids.map { String($0.prefix(8)) }
    return Report(
      sections: [
        Report.Section(
          table: table(ids: Set(short).count == Set(ids).count ? short : ids), notes: notes)
      ], data: table(ids: ids), document: document)
  }

  private var notes: [String] {
    var notes: [String] = []
    if differingSettings.isEmpty {
      notes.append("All \(equalSettings) settings are equal.")
    } else {
      notes.append("\(equalSettings) more settings are equal.")
    }
    if !isSameData { notes.append("The runs have different data; their measures do not compare.") }
    let unfinished = runs.filter { $0.state != .completed }
    if !unfinished.isEmpty {
      let list = unfinished.map { "\($0.id.prefix(8)) is \($0.state.rawValue)" }
      notes.append("Not all runs are completed: " + list.joined(separator: ", ") + ".")
    }
    return notes
  }

  private var document: JSONValue {
    .object([
      .init("differing_settings", .array(differingSettings.map(JSONValue.string))),
      .init("same_data", .bool(isSameData)),
      .init("runs", .array(runs.map(\.record))),
      .init("notes", .array(notes.map(JSONValue.string))),
    ])
  }
}
