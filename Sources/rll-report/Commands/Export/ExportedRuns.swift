import ArgumentParser
import CommandSupport
import Store

/// Runs that are named, or chosen as in a listing.
struct ExportedRuns: ParsableArguments {
  @Argument(help: "Runs: ids, four letters or more of them, or latest.")
  var runs: [String] = []
  @OptionGroup var selection: SelectionOptions

  func validate() throws {
    if !runs.isEmpty, selection.isGiven {
      throw ValidationError("give either runs or options that choose them, not both")
    }
  }

  func ids(in store: ExperimentStore) throws -> [String] {
    try runs.isEmpty
      ? selection.runs(from: store).chosen.map(\.id) : runs.map(store.runID(named:))
  }
}
