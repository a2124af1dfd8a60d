package import Store
import Sweeps

/// Runs by the data that they learned from and were tested on.
///
/// Files of one path are one set of data, whichever of their levels are used, and so are runs that
/// share the content of a level.
package enum DataSetPartition {
  /// Settings that say where data lies.
  package static let settings = ["dataset.path", "dataset.paths", "dataset.train", "dataset.test"]

  /// In the order of the runs; one set without a name where there is only one.
  package static func sets(of runs: [RunSummary]) -> [(name: String?, runs: [RunSummary])] {
    var sets: [(marks: Set<String>, places: [Int])] = []
    for (place, run) in runs.enumerated() {
      var marks = marks(of: run)
      var places = [place]
      for set in sets where !set.marks.isDisjoint(with: marks) {
        marks.formUnion(set.marks)
        places += set.places
      }
      sets.removeAll { !$0.marks.isDisjoint(with: marks) }
      sets.append((marks, places.sorted()))
    }
    sets.sort { $0.places[0] < $1.places[0] }
    guard sets.count > 1 else { return [(nil, runs)] }
    let paths = sets.map { path(of: runs[$0.places[0]]) }
    let names = paths.map { String($0.split(separator: "/").last ?? "data") }
    let isUnique = Set(names).count == names.count
    return sets.indices.map { number in
      (isUnique ? names[number] : paths[number], sets[number].places.map { runs[$0] })
    }
  }

  /// The runs of one of the sets; without a name those of the only one.
  package static func set(
    named name: String?, of runs: [RunSummary], sweep: String
  ) throws -> [RunSummary] {
    let sets = sets(of: runs)
    if sets.count == 1, name == nil { return runs }
    if let found = sets.first(where: { $0.name != nil && $0.name == name }) { return found.runs }
    let known = sets.compactMap(\.name)
    guard !known.isEmpty else {
      throw ReportError(.otherData, "\(sweep) has one set of data: leave out --data-set")
    }
    throw ReportError(
      .otherData,
      "\(sweep) has \(sets.count) sets of data, which are never averaged; choose one with "
        + "--data-set: " + known.joined(separator: ", "))
  }

  /// Candidates of the same set of data as the runs.
  static func runs(_ candidates: [RunSummary], ofDataOf runs: [RunSummary]) -> [RunSummary] {
    let known = runs.reduce(into: Set<String>()) { $0.formUnion(marks(of: $1)) }
    return candidates.filter { !known.isDisjoint(with: marks(of: $0)) }
  }

  /// The names of what a sweep varies, in a set of data of this name without where that lies.
  static func axes(of sweep: SweepSummary, within set: String?) -> [String] {
    sweep.launch.axes.map(\.name).filter { set == nil || !settings.contains($0) }
  }

  private static func path(of run: RunSummary) -> String {
    settings.compactMap { run.settings[$0]?.display }.joined(separator: ", ")
  }

  private static func marks(of run: RunSummary) -> Set<String> {
    Set(run.dataDigests.map { "\($0.key) \($0.value)" }).union(["at " + path(of: run)])
  }
}
