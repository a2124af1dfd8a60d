package import Store
import Sweeps

/// A stored sweep compared as a whole: each of its sets of data for itself.
package struct SweepReport: Sendable {
  /// A single one without a name where there is one set of data.
  package let sets: [(name: String?, comparison: SweepComparison)]

  /// Its repeats; the search where there are none, or where it is asked for.
  package init(
    of sweep: SweepSummary, isSearch: Bool = false,
    as request: ComparisonRequest = ComparisonRequest(), in store: ExperimentStore
  ) throws {
    let trials = try store.runs(.sweep(sweep.name, role: .search))
    let repeats = try store.runs(.sweep(sweep.name, role: .repetition))
    let subject: ComparisonSubject =
      repeats.isEmpty ? .everything : isSearch ? .search : .repeats(search: trials)
    try self.init(
      of: sweep, runs: subject.isRepeats ? repeats : trials, subject: subject, as: request,
      in: store)
  }

  init(
    of sweep: SweepSummary, runs: [RunSummary], subject: ComparisonSubject,
    as request: ComparisonRequest = ComparisonRequest(), in store: ExperimentStore
  ) throws {
    sets = try DataSetPartition.sets(of: runs).map { set in
      (
        name: set.name,
        comparison: try SweepComparison(
          of: sweep, axes: DataSetPartition.axes(of: sweep, within: set.name), runs: set.runs,
          subject: subject, as: request, in: store)
      )
    }
  }

  package var report: Report {
    let named = sets.compactMap { set in set.name.map { (name: $0, comparison: set.comparison) } }
    return named.isEmpty ? sets[0].comparison.report : DataSetComparison(named).report
  }
}
