package import Kernels

/// Exact nearest-neighbour retrieval by cosine similarity.
///
/// A matrix product in blocks of queries finds the candidates: every row whose similarity
/// could be among the nearest, given the largest error a product can have. Candidates are
/// ranked by a 64-bit dot product in fixed order, equal ones by the lower row. So the ranking
/// does not depend on block size, on the library's summation or on where a row lies.
///
/// O(Q · R · D) time; memory for one block of similarities.
package struct Retrieval<Scalar: KernelScalar> {
  private let blas: BLASLibrary
  /// Queries per matrix product. Part of no bits.
  private let blockRows: Int

  package init(blas: BLASLibrary, blockRows: Int = 256) {
    self.blas = blas
    self.blockRows = blockRows
  }

  /// Every row queries all the others; `unit` is `rows × dimension`, of unit norm.
  package func leaveOneOut(
    unit: borrowing Matrix<Scalar>, labels: [Int32], recallAt: [Int]
  ) -> RetrievalMeasures {
    evaluate(
      queries: unit, queryLabels: labels, references: unit, referenceLabels: labels,
      excludingSelf: true, recallAt: recallAt)
  }

  /// Queries against references; where they are the same rows, a row never finds itself.
  package func evaluate(
    queries: borrowing Matrix<Scalar>, queryLabels: [Int32],
    references: borrowing Matrix<Scalar>, referenceLabels: [Int32], excludingSelf: Bool,
    recallAt: [Int]
  ) -> RetrievalMeasures {
    precondition(queries.columns == references.columns)
    precondition(queries.rows == queryLabels.count && references.rows == referenceLabels.count)
    let classSizes = Dictionary(referenceLabels.map { ($0, 1) }, uniquingKeysWith: +)
    let available = references.rows - (excludingSelf ? 1 : 0)
    let deepest = min(
      available, max(recallAt.max() ?? 1, classSizes.values.max() ?? 1) + 1)
    var tally = RetrievalTally(recallAt: recallAt)
    guard deepest >= 1 else { return tally.measures }

    // |error| ≤ dimension · u · ‖a‖‖b‖ for a product of unit rows, on either side.
    let margin = Scalar(2 * queries.columns) * Scalar.ulpOfOne
    var heap = Matrix<Scalar>(rows: 1, columns: deepest)
    var candidates = [Int32](repeating: 0, count: references.rows)
    var ranked: [Neighbor] = []
    let block = min(blockRows, max(queries.rows, 1))
    var similarity = Matrix<Scalar>(rows: block, columns: references.rows)
    for start in stride(from: 0, to: queries.rows, by: block) {
      let rows = start..<min(start + block, queries.rows)
      blas.multiply(
        queries, rows: rows, transposingFirst: false, references, rows: 0..<references.rows,
        transposingSecond: true, into: &similarity, rows: 0..<rows.count)
      for query in rows {
        if excludingSelf { similarity[query - start, query] = -.infinity }
        let label = queryLabels[query]
        let toFind = (classSizes[label] ?? 0) - (excludingSelf ? 1 : 0)
        let depth = min(available, max(recallAt.max() ?? 1, toFind) + 1)
        let threshold =
          RowOperations.nthLargest(depth, inRow: query - start, of: similarity, heap: &heap)
          - margin
        let found = RowOperations.select(
          atLeast: threshold, inRow: query - start, of: similarity, into: &candidates)
        ranked.removeAll(keepingCapacity: true)
        for position in 0..<found {
          let row = Int(candidates[position])
          if excludingSelf && row == query { continue }
          ranked.append(
            Neighbor(
              similarity: RowOperations.exactDot(queries, row: query, references, row: row),
              row: row, isRelevant: referenceLabels[row] == label))
        }
        ranked.sort()
        let used = min(depth, max(recallAt.max() ?? 1, toFind))
        tally.add(
          relevance: ranked.prefix(used).lazy.map(\.isRelevant), toFind: toFind,
          isTied: Self.hasDecisiveTie(ranked, within: used))
      }
    }
    return tally.measures
  }

  /// Whether two rows of equal similarity, one relevant and one not, meet among the ranks used
  /// or across their end.
  private static func hasDecisiveTie(_ ranked: [Neighbor], within used: Int) -> Bool {
    var start = 0
    while start < min(used, ranked.count) {
      var end = start + 1
      while end < ranked.count && ranked[end].similarity == ranked[start].similarity { end += 1 }
      let group = ranked[start..<end]
      if group.contains(where: \.isRelevant) && group.contains(where: { !$0.isRelevant }) {
        return true
      }
      start = end
    }
    return false
  }
}

/// One row as seen from a query; nearest first, equal ones by the lower row.
private struct Neighbor: Comparable {
  let similarity: Double
  let row: Int
  let isRelevant: Bool

  static func < (left: Neighbor, right: Neighbor) -> Bool {
    left.similarity != right.similarity
      ? left.similarity > right.similarity : left.row < right.row
  }
}
