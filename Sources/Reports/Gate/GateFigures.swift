import Store

/// The values of one measure in one cell by seed; the folds of a seed are averaged, as they share
/// data and are no replicates.
struct GateFigures {
  struct Figure {
    var folds: Set<Int?>
    var value: Double
  }

  let bySeed: [Int: Figure]

  /// Seeds of which some fold lacks the measure are left out.
  init(_ jobs: [(place: GateCells.Place, job: SweepResults.Job)], measure: String) {
    var bySeed: [Int: Figure] = [:]
    for (seed, members) in Dictionary(grouping: jobs, by: \.place.seed) {
      let values = members.compactMap { $0.job.measures[measure] }.filter(\.isFinite)
      guard values.count == members.count, let mean = CellStatistics(values)?.mean else { continue }
      bySeed[seed] = Figure(folds: Set(members.map(\.place.fold)), value: mean)
    }
    self.bySeed = bySeed
  }

  /// The mean of several nights for each seed; a night counts where it has the folds of the newest
  /// one that has the seed.
  init(meanOf nights: [GateFigures]) {
    var bySeed: [Int: Figure] = [:]
    for seed in Set(nights.flatMap(\.bySeed.keys)) {
      let known = nights.compactMap { $0.bySeed[seed] }
      guard let folds = known.first?.folds else { continue }
      let values = known.filter { $0.folds == folds }.map(\.value)
      if let mean = CellStatistics(values)?.mean {
        bySeed[seed] = Figure(folds: folds, value: mean)
      }
    }
    self.bySeed = bySeed
  }

  var values: [Double] { bySeed.sorted { $0.key < $1.key }.map(\.value.value) }

  /// Of the seeds that both have with the same folds, ascending.
  func pairs(with other: GateFigures) -> [(first: Double, second: Double)] {
    bySeed.sorted { $0.key < $1.key }.compactMap { seed, figure in
      guard let partner = other.bySeed[seed], partner.folds == figure.folds else { return nil }
      return (figure.value, partner.value)
    }
  }
}
