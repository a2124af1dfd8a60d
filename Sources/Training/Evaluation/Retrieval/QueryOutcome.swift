/// What became of one query.
struct QueryOutcome {
  /// Rank of the first row found of its class, from 1; `Int.max` if there is none among the
  /// ranks used.
  private(set) var firstHit = Int.max
  /// Rows of its class to find.
  let toFind: Int
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

  /// `(1/R) Σ rel(k) · precision@k` over all ranks.
  var averagePrecision: Double? {
    guard let ranks, toFind > 0 else { return nil }
    return ranks.enumerated().reduce(0) { $0 + Double($1.offset + 1) / Double($1.element) }
      / Double(toFind)
  }
}
