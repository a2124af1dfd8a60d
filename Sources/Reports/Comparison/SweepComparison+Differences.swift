import Store
import Sweeps

extension SweepComparison {
  /// Which cells are ranked together, by place: all, or those whose embeddings have one length.
  static func groups(
    of cells: [Cell], allowingMixedDimensions: Bool
  ) -> [(dimensions: [Int], places: [Int])] {
    let dimensions = Set(cells.map(\.dimensions))
    guard !allowingMixedDimensions, dimensions.count > 1 else {
      return [([], Array(cells.indices))]
    }
    return dimensions.sorted { $0.lexicographicallyPrecedes($1) }.map { own in
      (own, cells.indices.filter { cells[$0].dimensions == own })
    }
  }

  /// The differences of all cells in one measure, one family for each group that is ranked
  /// together, or that of the reference alone. A searched objective is of other runs.
  func differences(in measure: String) -> [MeasureDifferences] {
    guard !(hasSearchedObjective && measure == objective.metric) else { return [] }
    let isMaximized =
      measure == objective.metric ? objective.goal == .maximize : !Measure(measure).isMinimized
    let complete = cells.contains(where: \.isComplete)
    let ranked = Set(cells.indices.filter { cells[$0].isComplete || !complete })
    return groups.compactMap { group in
      if let reference, !group.places.contains(reference) { return nil }
      let family = group.places.map { place in
        (
          place: place,
          values: SeedValues(
            cells[place].replicates, measure: measure, averaging: averaged.map(\.column))
        )
      }
      return MeasureDifferences(
        measure, family: family, named: reference, ranked: ranked, isMaximized: isMaximized)
    }
  }

  /// The differences that tables show: in the objective and in its counterparts on the test
  /// classes.
  var shownDifferences: [MeasureDifferences] {
    let onTest = Measure(objective.metric).onTest
    let joint = Measure.jointPrefix + onTest.dropFirst("test/".count)
    var names = [objective.metric]
    for name in [onTest, joint] where !names.contains(name) { names.append(name) }
    return names.flatMap { name in differences.filter { $0.measure == name } }
  }

  /// Of a cell: in the objective, or in its counterpart on the test classes where the objective
  /// is of other runs.
  func mainDifference(at place: Int) -> (measure: String, CellDifference)? {
    for name in [objective.metric, Measure(objective.metric).onTest] {
      guard let found = differences.first(where: { $0.measure == name && $0.contains(place) })
      else { continue }
      return found.differences[place].map { (name, $0) }
    }
    return nil
  }
}

extension MeasureDifferences {
  func contains(_ place: Int) -> Bool { place == reference || differences[place] != nil }
}
