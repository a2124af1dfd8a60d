import Store

/// What runs score on each test class, the mean over the runs.
struct ClassFigures {
  let classes: QueryClasses
  private let recallAt: [Int]
  private let queries: [Double]
  private let findable: [Double]
  /// For each class and K.
  private let hits: [[Double]]
  private let precisions: [Double]

  /// Nil where there is nothing, or where runs have other queries or K than each other.
  init?(_ runs: [QueryOutcomes]) {
    guard let first = runs.first,
      runs.allSatisfy({
        $0.recallAt == first.recallAt && $0.classes.hasSameQueries(as: first.classes)
      })
    else { return nil }
    classes = first.classes
    recallAt = first.recallAt
    let sums = runs.map(\.byClass)
    let share = 1 / Double(runs.count)
    let places = classes.names.indices
    queries = places.map { Double(sums[0][$0].queries) }
    findable = places.map { Double(sums[0][$0].findable) }
    hits = places.map { place in
      first.recallAt.indices.map { cutoff in
        sums.reduce(0) { $0 + Double($1[place].hits[cutoff]) } * share
      }
    }
    precisions = places.map { place in
      sums.reduce(0) { $0 + $1[place].averagePrecision } * share
    }
  }

  /// A measure on the test classes as sums over each of them; nil for one that is no mean over
  /// queries.
  func series(of measure: String) -> ClassBootstrap.Series? {
    if measure == "test/map@r" {
      return ClassBootstrap.Series(numerators: precisions, denominators: findable)
    }
    guard measure.hasPrefix("test/recall@"),
      let cutoff = Int(measure.dropFirst("test/recall@".count)),
      let place = recallAt.firstIndex(of: cutoff)
    else { return nil }
    return ClassBootstrap.Series(numerators: hits.map { $0[place] }, denominators: queries)
  }

  /// This minus another, of the same queries; nil of others.
  func series(
    of measure: String, minus other: ClassFigures
  ) -> ClassBootstrap.Series? {
    guard classes.hasSameQueries(as: other.classes), let own = series(of: measure),
      let its = other.series(of: measure)
    else { return nil }
    return ClassBootstrap.Series(
      numerators: zip(own.numerators, its.numerators).map { $0 - $1 },
      denominators: own.denominators)
  }
}
