/// Measures of retrieval by nearest neighbours, protocol.md §7. Ratios in 0…1.
package struct RetrievalMeasures: Sendable, Hashable {
  /// Share of all queries with a row of their class among the K nearest; a query that has
  /// nothing to find counts as a miss.
  package var recallAt: [Int: Double]
  /// Mean over queries with something to find of (1/R) Σ_{k ≤ R} rel(k) · precision@k.
  package var meanAveragePrecisionAtR: Double
  /// Mean over queries with something to find of precision@R.
  package var rPrecision: Double
  /// Queries of which a tie in similarity decides whether a row counts.
  package var tiedQueries: Int
  package var queries: Int
  /// Queries without any row of their class to find.
  package var loneQueries: Int
}

/// Adds up `RetrievalMeasures` query by query, in 64 bits and in order.
struct RetrievalTally {
  private let cutoffs: [Int]
  private var hits: [Int]
  private var averagePrecision = 0.0
  private var precisionAtR = 0.0
  private var tied = 0
  private var queries = 0
  private var lone = 0

  init(recallAt cutoffs: [Int]) {
    self.cutoffs = cutoffs
    hits = [Int](repeating: 0, count: cutoffs.count)
  }

  /// Counts one query: whether each of its nearest rows is of its class, nearest first, and
  /// how many rows there are to find in all.
  mutating func add(relevance: some Collection<Bool>, toFind: Int, isTied: Bool) {
    queries += 1
    tied += isTied ? 1 : 0
    var (rank, found, precisionSum) = (0, 0, 0.0)
    var firstHit = Int.max
    for isRelevant in relevance {
      rank += 1
      guard isRelevant else { continue }
      firstHit = min(firstHit, rank)
      guard rank <= toFind else { continue }
      found += 1
      precisionSum += Double(found) / Double(rank)
    }
    for (position, cutoff) in cutoffs.enumerated() where firstHit <= cutoff { hits[position] += 1 }
    guard toFind > 0 else {
      lone += 1
      return
    }
    averagePrecision += precisionSum / Double(toFind)
    precisionAtR += Double(found) / Double(toFind)
  }

  var measures: RetrievalMeasures {
    let withTargets = Double(max(queries - lone, 1))
    return RetrievalMeasures(
      recallAt: Dictionary(
        uniqueKeysWithValues: zip(cutoffs, hits.map { Double($0) / Double(max(queries, 1)) })),
      meanAveragePrecisionAtR: averagePrecision / withTargets,
      rPrecision: precisionAtR / withTargets,
      tiedQueries: tied, queries: queries, loneQueries: lone)
  }
}
