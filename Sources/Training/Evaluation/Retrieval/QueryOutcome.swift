/// What became of one query.
package struct QueryOutcome: Sendable, Hashable {
  /// Rank of the first row found of its class, from 1; `Int.max` if there is none among the
  /// ranks used.
  package private(set) var firstHit = Int.max
  /// Rows of its class to find.
  package let toFind: Int
  /// Of these, how many are among the nearest `toFind`.
  private(set) var found = 0
  /// Σ rel(k) · precision@k over the nearest `toFind`.
  private(set) var precisionSum = 0.0
  let isTied: Bool
  /// Ranks of all rows of its class, ascending, where all ranks were asked for.
  let ranks: [Int]?

  /// From whether each of the nearest rows is of the query's class, nearest first.
  init(relevance: some Sequence<Bool>, toFind: Int, isTied: Bool, ranks: [Int]? = nil) {
    self.toFind = toFind
    self.isTied = isTied
    self.ranks = ranks
    var rank = 0
    for isRelevant in relevance {
      rank += 1
      guard isRelevant else { continue }
      firstHit = min(firstHit, rank)
      guard rank <= toFind else { continue }
      found += 1
      precisionSum += Double(found) / Double(rank)
    }
  }

  /// `(1/R) Σ rel(k) · precision@k` over the nearest R, of which MAP@R is the mean; nil where there
  /// is nothing to find.
  package var averagePrecisionAtR: Double? {
    toFind > 0 ? precisionSum / Double(toFind) : nil
  }

  /// `(1/R) Σ rel(k) · precision@k` over all ranks.
  var averagePrecision: Double? {
    guard let ranks, toFind > 0 else { return nil }
    return ranks.enumerated().reduce(0) { $0 + Double($1.offset + 1) / Double($1.element) }
      / Double(toFind)
  }
}
