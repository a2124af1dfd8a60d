import Foundation

extension QueryOutcomes {
  /// Sums over the queries of one class.
  package struct ClassSums: Sendable, Hashable {
    package fileprivate(set) var queries = 0
    /// Queries with something to find.
    package fileprivate(set) var findable = 0
    /// For each K of `recallAt` the queries with a hit.
    package fileprivate(set) var hits: [Int]
    package fileprivate(set) var averagePrecision = 0.0
  }

  /// For each of the names of `classes`. O(queries).
  package var byClass: [ClassSums] {
    var sums = [ClassSums](
      repeating: ClassSums(hits: Array(repeating: 0, count: recallAt.count)),
      count: classes.names.count)
    let places = classes.placeNumbers
    for (number, query) in queries.enumerated() {
      let place = places[number]
      sums[place].queries += 1
      guard let precision = query.averagePrecision else { continue }
      sums[place].findable += 1
      sums[place].averagePrecision += precision
      if let first = query.firstHit.flatMap(recallAt.firstIndex(of:)) {
        for cutoff in first..<recallAt.count { sums[place].hits[cutoff] += 1 }
      }
    }
    return sums
  }

  /// Recall@K for each of `recallAt`, and MAP@R.
  var means: (recall: [Double], averagePrecision: Double) {
    let sums = byClass
    let all = Double(max(classes.queries, 1))
    let findable = Double(max(sums.reduce(0) { $0 + $1.findable }, 1))
    return (
      recallAt.indices.map { cutoff in Double(sums.reduce(0) { $0 + $1.hits[cutoff] }) / all },
      sums.reduce(0) { $0 + $1.averagePrecision } / findable
    )
  }
}
