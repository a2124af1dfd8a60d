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

  func validate() throws {
    if let limit, limit < 1 {
      throw ValidationError("--limit is \(limit); it must be 1 or more")
    }
  }

  /// The chosen runs, in order, with the columns that any run of the store has.
  func runs(from store: ExperimentStore) throws -> (chosen: [RunSummary], columns: RunColumns) {
    let selection = RunSelection(
      condition: condition, sort: try sort.map(RunSelection.Sort.init), limit: limit)
    let all = try store.runs()
    let candidates =
      try sweep.map { try store.runs(.sweep(store.sweep(named: $0).name)) } ?? all.reversed()
    let columns = RunColumns(of: all)
    return (try selection.apply(to: candidates, columns: columns), columns)
  }
}
