internal import Kernels

/// What queries look for: the classes of both sides and how many ranks matter.
struct RankingTask {
  let queryLabels: [Int32]
  let referenceLabels: [Int32]
  /// The reference that a query is itself, which it never finds; nil where it is none of them.
  let ownReference: [Int?]
  /// The deepest K of Recall@K.
  private let cutoff: Int
  /// Reference rows of each class, ascending.
  private let rowsOfClass: [Int32: [Int]]

  init(
    queryLabels: [Int32], referenceLabels: [Int32], ownReference: [Int?], recallAt: [Int]
  ) {
    precondition(queryLabels.count == ownReference.count)
    self.queryLabels = queryLabels
    self.referenceLabels = referenceLabels
    self.ownReference = ownReference
    cutoff = max(recallAt.max() ?? 1, 1)
    rowsOfClass = Dictionary(grouping: referenceLabels.indices) { referenceLabels[$0] }
  }

  /// References that a query can find at all.
  func available(_ query: Int) -> Int {
    referenceLabels.count - (ownReference[query] == nil ? 0 : 1)
  }

  /// References of the query's class, itself left out.
  func toFind(_ query: Int) -> Int {
    (rowsOfClass[queryLabels[query]]?.count ?? 0) - (ownReference[query] == nil ? 0 : 1)
  }

  func relevantRows(_ query: Int) -> [Int] {
    let rows = rowsOfClass[queryLabels[query]] ?? []
    return rows.filter { $0 != ownReference[query] }
  }

  /// Ranks that measures look at.
  func ranksUsed(_ query: Int) -> Int { max(cutoff, toFind(query)) }

  /// Ranks to know: one more, which tells of a tie across the end.
  func depth(_ query: Int) -> Int { min(available(query), ranksUsed(query) + 1) }

  /// A reference at its exact similarity: in 64 bits and in a fixed order.
  func neighbor<Scalar: KernelScalar>(
    _ row: Int, ofQuery query: Int, _ queries: borrowing Matrix<Scalar>,
    _ references: borrowing Matrix<Scalar>
  ) -> Neighbor {
    Neighbor(
      similarity: RowOperations.exactDot(queries, row: query, references, row: row), row: row,
      isRelevant: referenceLabels[row] == queryLabels[query])
  }

  /// The outcome of a query whose `depth` nearest, and what ties with the last of them, are
  /// among the candidates.
  func outcome<Scalar: KernelScalar>(
    ofQuery query: Int, candidates: ArraySlice<Int32>, ranks: [Int]? = nil,
    _ queries: borrowing Matrix<Scalar>, _ references: borrowing Matrix<Scalar>
  ) -> QueryOutcome {
    var ranked: [Neighbor] = []
    let own = ownReference[query]
    for row in candidates where Int(row) != own {
      ranked.append(neighbor(Int(row), ofQuery: query, queries, references))
    }
    ranked.sort()
    let used = min(available(query), ranksUsed(query))
    return QueryOutcome(
      relevance: ranked.prefix(used).lazy.map(\.isRelevant), toFind: toFind(query),
      isTied: Neighbor.hasDecisiveTie(ranked, within: used), ranks: ranks)
  }
}
