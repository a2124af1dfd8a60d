package import Datasets
package import Kernels

/// Exact nearest-neighbour retrieval by cosine similarity.
///
/// Matrix products in blocks find the candidates: every row whose similarity could be among
/// the nearest, given the largest error a product can have. Candidates are ranked by a 64-bit
/// dot product in fixed order, equal ones by the lower row. So the ranking does not depend on
/// block size, on the library's summation or on where a row lies.
///
/// O(Q · R · D) time, half of it where the queries are the references; memory for a block of
/// similarities and for the candidates.
package struct Retrieval<Scalar: KernelScalar> {
  /// Columns of a block of similarities for each of its rows.
  private static var blockShape: Int { 8 }
  private static var leastBlockRows: Int { 128 }

  private let blas: BLASLibrary
  /// Queries per matrix product. Part of no bits.
  private let blockRows: Int
  /// The most candidates that are kept at a time, of 8 bytes each in 32 bits.
  private let candidateLimit: Int

  package init(blas: BLASLibrary, blockRows: Int = 512, candidateLimit: Int = 24_000_000) {
    self.blas = blas
    self.blockRows = blockRows
    self.candidateLimit = candidateLimit
  }

  /// Every row queries all the others; `unit` is `rows × dimension`, of unit norm.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package func leaveOneOut(
    unit: borrowing Matrix<Scalar>, labels: [Int32], recallAt: [Int], rankingAll: Bool = false
  ) -> RetrievalMeasures {
    RetrievalMeasures(
      leaveOneOutOutcomes(unit: unit, labels: labels, recallAt: recallAt, rankingAll: rankingAll),
      recallAt: recallAt, rankingAll: rankingAll)
  }

  private func leaveOneOutOutcomes(
    unit: borrowing Matrix<Scalar>, labels: [Int32], recallAt: [Int], rankingAll: Bool
  ) -> [QueryOutcome] {
    precondition(unit.rows == labels.count, "\(unit.rows) rows, \(labels.count) labels")
    let task = RankingTask(
      queryLabels: labels, referenceLabels: labels, ownReference: Array(labels.indices),
      recallAt: recallAt)
    let depths = labels.indices.map(task.depth)
    guard !rankingAll, unit.rows > 1, CandidateLists<Scalar>.room(for: depths) <= candidateLimit
    else {
      return outcomes(
        task, of: Array(labels.indices), queries: unit, references: unit, rankingAll: rankingAll)
    }
    return symmetricOutcomes(task, depths: depths, unit)
  }

  /// Queries against references; where they are the same rows, a row never finds itself.
  ///
  /// `rankingAll` adds the measures that need the rank of every relevant row: O(R) more for
  /// each of them.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package func evaluate(
    queries: borrowing Matrix<Scalar>, queryLabels: [Int32],
    references: borrowing Matrix<Scalar>, referenceLabels: [Int32], excludingSelf: Bool,
    recallAt: [Int], rankingAll: Bool = false
  ) -> RetrievalMeasures {
    precondition(queries.columns == references.columns)
    precondition(queries.rows == queryLabels.count && references.rows == referenceLabels.count)
    let task = RankingTask(
      queryLabels: queryLabels, referenceLabels: referenceLabels,
      ownReference: queryLabels.indices.map { excludingSelf ? $0 : nil }, recallAt: recallAt)
    return RetrievalMeasures(
      outcomes(
        task, of: Array(queryLabels.indices), queries: queries, references: references,
        rankingAll: rankingAll), recallAt: recallAt, rankingAll: rankingAll)
  }

  /// The queries of some rows against their gallery, or every row against all the others where
  /// `queryGallery` is nil; a row that is both never finds itself. Copies the gallery.
  package func evaluate(
    unit: borrowing Matrix<Scalar>, labels: [Int32], _ queryGallery: QueryGallery?,
    recallAt: [Int], rankingAll: Bool = false
  ) -> RetrievalMeasures {
    RetrievalMeasures(
      outcomes(
        unit: unit, labels: labels, queryGallery, recallAt: recallAt, rankingAll: rankingAll),
      recallAt: recallAt, rankingAll: rankingAll)
  }

  /// What becomes of each query, in the order of the rows; only those of `queryGallery` where that
  /// is given.
  package func outcomes(
    unit: borrowing Matrix<Scalar>, labels: [Int32], _ queryGallery: QueryGallery?,
    recallAt: [Int], rankingAll: Bool = false
  ) -> [QueryOutcome] {
    guard let queryGallery else {
      return leaveOneOutOutcomes(
        unit: unit, labels: labels, recallAt: recallAt, rankingAll: rankingAll)
    }
    precondition(unit.rows == labels.count && unit.rows == queryGallery.count)
    let gallery = queryGallery.gallery
    var references = Matrix<Scalar>(rows: gallery.count, columns: unit.columns)
    RowOperations.gather(
      gallery.map { Int64($0) }, from: unit, normalized: false, into: &references)
    var ownReference = [Int?](repeating: nil, count: unit.rows)
    for (place, row) in gallery.enumerated() { ownReference[row] = place }
    let task = RankingTask(
      queryLabels: labels, referenceLabels: gallery.map { labels[$0] },
      ownReference: ownReference, recallAt: recallAt)
    return outcomes(
      task, of: queryGallery.queries, queries: unit, references: references,
      rankingAll: rankingAll)
  }

  /// What becomes of the queries of some rows.
  private func outcomes(
    _ task: RankingTask, of rows: [Int], queries: borrowing Matrix<Scalar>,
    references: borrowing Matrix<Scalar>, rankingAll: Bool
  ) -> [QueryOutcome] {
    var outcomes: [QueryOutcome] = []
    eachOutcome(
      of: rows.map { Int64($0) }, task, queries: queries, references: references,
      rankingAll: rankingAll
    ) { outcomes.append($1) }
    return outcomes
  }

  /// |error| ≤ dimension · u · ‖a‖‖b‖ for a product of unit rows, on either side, doubled.
  private func margin(_ unit: borrowing Matrix<Scalar>) -> Scalar {
    Scalar(2 * unit.columns) * Scalar.ulpOfOne
  }

  // MARK: Any queries

  /// Some queries against all references, a block of whole rows of similarities at a time.
  private func eachOutcome(
    of rows: [Int64], _ task: RankingTask, queries: borrowing Matrix<Scalar>,
    references: borrowing Matrix<Scalar>, rankingAll: Bool, _ body: (Int, QueryOutcome) -> Void
  ) {
    let block = min(blockRows, max(rows.count, 1))
    var input = Matrix<Scalar>(rows: block, columns: queries.columns)
    var similarity = Matrix<Scalar>(rows: block, columns: references.rows)
    var search = RowCandidates<Scalar>(references: references.rows, margin: margin(queries))
    for start in stride(from: 0, to: rows.count, by: block) {
      let part = Array(rows[start..<min(start + block, rows.count)])
      RowOperations.gather(part, from: queries, normalized: false, into: &input)
      blas.multiply(
        input, rows: 0..<part.count, transposingFirst: false, references,
        rows: 0..<references.rows, transposingSecond: true, into: &similarity,
        rows: 0..<part.count)
      for (place, row) in part.enumerated() {
        let query = Int(row)
        guard task.available(query) > 0 else {
          body(query, task.outcome(ofQuery: query, candidates: [], queries, references))
          continue
        }
        if let own = task.ownReference[query] { similarity[place, own] = -.infinity }
        let ranks =
          rankingAll
          ? search.ranks(ofQuery: query, inRow: place, of: similarity, task, queries, references)
          : nil
        let candidates = search.candidates(
          depth: task.depth(query), inRow: place, of: similarity)
        body(
          query,
          task.outcome(
            ofQuery: query, candidates: candidates, ranks: ranks, queries, references))
      }
    }
  }

  // MARK: Queries that are the references

  /// Each block of similarities serves its rows and its columns.
  private func symmetricOutcomes(
    _ task: RankingTask, depths: [Int], _ unit: borrowing Matrix<Scalar>
  ) -> [QueryOutcome] {
    // Small sets are cut into several blocks all the same: what lies below the diagonal of one
    // is work for nothing.
    let blockRows = min(self.blockRows, max(unit.rows / Self.blockShape, Self.leastBlockRows))
    let blockColumns = min(blockRows * Self.blockShape, unit.rows)
    var lists = CandidateLists<Scalar>(
      depths: depths, margin: margin(unit), blockColumns: blockColumns)
    var similarity = Matrix<Scalar>(rows: min(blockRows, unit.rows), columns: blockColumns)
    for rowStart in stride(from: 0, to: unit.rows, by: blockRows) {
      let rows = rowStart..<min(rowStart + blockRows, unit.rows)
      for columnStart in stride(from: rowStart, to: unit.rows, by: blockColumns) {
        let columns = columnStart..<min(columnStart + blockColumns, unit.rows)
        blas.multiply(
          unit, rows: rows, transposingFirst: false, unit, rows: columns,
          transposingSecond: true, into: &similarity, rows: 0..<rows.count)
        lists.take(similarity, rows: rows, columns: columns)
      }
    }
    var outcomes: [QueryOutcome] = []
    var crowded: [Int64] = []
    for query in 0..<unit.rows {
      let candidates = lists.candidates(of: query)
      if candidates == nil { crowded.append(Int64(query)) }
      outcomes.append(
        task.outcome(ofQuery: query, candidates: candidates ?? [], unit, unit))
    }
    eachOutcome(of: crowded, task, queries: unit, references: unit, rankingAll: false) {
      outcomes[$0] = $1
    }
    return outcomes
  }
}
