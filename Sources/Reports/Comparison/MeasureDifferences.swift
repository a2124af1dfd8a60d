/// The cells of one family beside one of them, in one measure.
package struct MeasureDifferences: Sendable {
  /// What all cells are compared with.
  package enum Method: String, Sendable {
    /// A cell that the user named, by Dunnett's comparison.
    case reference = "dunnett"
    /// The best by this measure, by Hsu's comparison.
    case best = "hsu_best"
  }

  package let measure: String
  package let method: Method
  /// Place of the cell that the others are compared with.
  package let reference: Int
  /// By the places of their cells, the reference left out.
  package let differences: [Int: CellDifference]
  /// The places of the cells that may be the best at 95 %, the reference among them; empty where
  /// that is not known or a reference was named.
  package let possiblyBest: [Int]
  /// See `BlockDesign.spreadRatio`.
  package let spreadRatio: Double?
  /// How many seeds all ranked lines share, over which they stand beside one another at once.
  package let sharedSeeds: Int
  /// Whether a ranked line has other seeds too.
  package let hasOtherSeeds: Bool

  /// Nil where nothing can be compared.
  ///
  /// - Parameters:
  ///   - family: The places of the cells to compare, with their values; those without a seed are
  ///     left out.
  ///   - named: The place that the user named.
  ///   - ranked: The places of cells that are complete, which alone can be the best.
  init?(
    _ measure: String, family: [(place: Int, values: SeedValues)], named: Int?, ranked: Set<Int>,
    isMaximized: Bool
  ) {
    self.measure = measure
    let family = family.filter { !$0.values.seeds.isEmpty }
    let core = family.filter { ranked.contains($0.place) || $0.place == named }
    let shared = Self.sharedSeeds(core.map(\.values))
    sharedSeeds = shared.count
    hasOtherSeeds = core.contains { $0.values.seeds.count > shared.count }
    let design = BlockDesign(core.map { cell in shared.compactMap(cell.values.value(ofSeed:)) })
    let comparison: SimultaneousComparison?
    if let named {
      method = .reference
      guard family.contains(where: { $0.place == named }) else { return nil }
      reference = named
      let own = core.firstIndex { $0.place == named }
      comparison = design.flatMap { design in
        own.map { SimultaneousComparison.withReference($0, in: design) }
      }
      possiblyBest = []
    } else {
      method = .best
      let best = design.map { SimultaneousComparison.withBest(in: $0, maximizing: isMaximized) }
      comparison = best?.comparison
      let fallback = Self.best(core, isMaximized: isMaximized)
      guard let place = best.map({ core[$0.reference].place }) ?? fallback else { return nil }
      reference = place
      possiblyBest =
        best.map { best in
          zip(core, best.comparison.differences).filter { _, difference in
            difference.map { isMaximized ? $0.high > 0 : $0.low < 0 } ?? true
          }.map(\.0.place)
        } ?? []
    }
    spreadRatio = design?.spreadRatio
    differences = Self.differences(
      family, reference: reference,
      simultaneous: Dictionary(
        uniqueKeysWithValues: zip(core, comparison?.differences ?? []).compactMap { cell, found in
          found.map { (cell.place, $0) }
        }))
    guard differences.values.contains(where: \.isJudged) else { return nil }
  }

  private static func differences(
    _ family: [(place: Int, values: SeedValues)], reference: Int,
    simultaneous: [Int: SimultaneousComparison.Difference]
  ) -> [Int: CellDifference] {
    guard let other = family.first(where: { $0.place == reference }) else { return [:] }
    var found: [Int: CellDifference] = [:]
    for cell in family where cell.place != reference {
      found[cell.place] = CellDifference(cell.values, reference: reference, other.values)
      found[cell.place]?.simultaneous = simultaneous[cell.place]
    }
    let tested = found.compactMap { place, difference in
      (difference.paired?.p).map { (place: place, p: $0) }
    }
    for (cell, p) in zip(tested, HolmCorrection.corrected(tested.map(\.p))) {
      found[cell.place]?.holm = p
    }
    return found
  }

  /// The seeds that every one of the cells has, ascending.
  private static func sharedSeeds(_ cells: [SeedValues]) -> [Int] {
    guard let first = cells.first else { return [] }
    return cells.reduce(first.seeds) { seeds, cell in
      let shared = Set(cell.seeds(sharedWith: first))
      return seeds.filter(shared.contains)
    }
  }

  private static func best(
    _ cells: [(place: Int, values: SeedValues)], isMaximized: Bool
  ) -> Int? {
    let means = cells.compactMap { cell in
      CellStatistics(cell.values.values).map { (place: cell.place, mean: $0.mean) }
    }
    return means.max { isMaximized ? $0.mean < $1.mean : $0.mean > $1.mean }?.place
  }
}
