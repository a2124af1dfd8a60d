/// Measures of retrieval by nearest neighbours, protocol.md §7. Ratios in 0…1.
package struct RetrievalMeasures: Sendable, Hashable {
  /// Share of all queries with a row of their class among the K nearest; a query that has
  /// nothing to find counts as a miss.
  package var recallAt: [Int: Double]
  /// Share of the queries with something to find whose nearest row is of their class.
  package var precisionAtOne: Double
  /// Mean over queries with something to find of (1/R) Σ_{k ≤ R} rel(k) · precision@k.
  package var meanAveragePrecisionAtR: Double
  /// Mean over queries with something to find of precision@R.
  package var rPrecision: Double
  /// Mean over queries with something to find of (1/R) Σ_k rel(k) · precision@k over all
  /// ranks; nil where these were not asked for.
  package var meanAveragePrecision: Double?
  /// Mean over queries with something to find of 1 / rank of the first row of their class; nil
  /// where all ranks were not asked for.
  package var meanReciprocalRank: Double?
  /// Queries of which a tie in similarity decides whether a row counts.
  package var tiedQueries: Int
  package var queries: Int
  /// Queries without any row of their class to find.
  package var loneQueries: Int

  /// Adds up outcomes in 64 bits and in order.
  init(_ outcomes: [QueryOutcome], recallAt cutoffs: [Int], rankingAll: Bool) {
    let targeted = outcomes.filter { $0.toFind > 0 }
    let divisor = Double(max(targeted.count, 1))
    func mean(_ value: (QueryOutcome) -> Double) -> Double {
      targeted.reduce(0) { $0 + value($1) } / divisor
    }
    recallAt = Dictionary(
      cutoffs.map { cutoff in
        let hits = outcomes.count { $0.firstHit <= cutoff }
        return (cutoff, Double(hits) / Double(max(outcomes.count, 1)))
      }, uniquingKeysWith: { $1 })
    precisionAtOne = Double(targeted.count { $0.firstHit == 1 }) / divisor
    meanAveragePrecisionAtR = mean { $0.precisionSum / Double($0.toFind) }
    rPrecision = mean { Double($0.found) / Double($0.toFind) }
    meanAveragePrecision = rankingAll ? mean { $0.averagePrecision ?? 0 } : nil
    meanReciprocalRank = rankingAll ? mean { $0.ranks?.first.map { 1 / Double($0) } ?? 0 } : nil
    tiedQueries = outcomes.count { $0.isTied }
    queries = outcomes.count
    loneQueries = outcomes.count - targeted.count
  }
}
