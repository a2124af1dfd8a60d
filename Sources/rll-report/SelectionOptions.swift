import ArgumentParser
import CommandSupport
import Reports
import Store

/// Which runs a listing holds, and in which order.
struct SelectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only the runs of this sweep.", valueName: "name"))
  var sweep: String?
  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only runs for which this SQL expression is true; measures in double quotes.",
      valueName: "sql"))
  var condition: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Order, as NAME, NAME:asc or NAME:desc; measures best first, missing ones last.",
      valueName: "name"))
  var sort: String?
  @Option(help: ArgumentHelp("No more runs than this.", valueName: "n"))
  var limit: Int?

  /// Whether anything was said about which runs.
  var isGiven: Bool { sweep != nil || condition != nil || sort != nil || limit != nil }

  /// The name that runs are sorted by.
  var sortName: String? { sort.map { String($0.prefix { $0 != ":" }) } }

  func validate() throws {
    if let limit, limit < 1 {
      throw ValidationError("--limit is \(limit); it must be 1 or more")
    }
  }

  /// The chosen runs, in order, with the columns that any run of the store may have.
  func runs(from store: ExperimentStore) throws -> (chosen: [RunSummary], columns: RunColumns) {
    try runs(
      from: store,
      selection: RunSelection(
        condition: condition, sort: try sort.map(RunSelection.Sort.init), limit: limit))
  }

  /// Groups of the chosen runs: order and limit are theirs.
  func groups(
    from store: ExperimentStore, by names: [String], columnNames: [String]
  ) throws -> RunGroups {
    let (runs, columns) = try runs(
      from: store, selection: RunSelection(condition: condition))
    var groups = try RunGroups(runs, by: names, columns: columns, columnNames: columnNames)
    if let sort = try sort.map(RunSelection.Sort.init) {
      let column = try columns.column(named: sort.name)
      groups = groups.sorted(by: column, isDescending: sort.isDescending(column))
    }
    return groups.limited(to: limit)
  }

  private func runs(
    from store: ExperimentStore, selection: RunSelection
  ) throws -> (chosen: [RunSummary], columns: RunColumns) {
    let columns = try RunColumns(of: store)
    let candidates = try sweep.map {
      ExperimentStore.Selection.sweep(try store.sweep(named: $0).name)
    }
    let search = try selection.search(among: candidates ?? .all, columns: columns)
    return (try store.runs(search), columns)
  }
}
