import Kernels
import Testing
import Training

struct RetrievalTests {
  /// A plain full sort by 64-bit dot products.
  private static func naive(
    _ x: borrowing Matrix<Float>, _ labels: [Int32], recallAt: [Int]
  ) -> (recall: [Double], mapAtR: Double, rPrecision: Double, map: Double, rank: Double) {
    var hits = [Int](repeating: 0, count: recallAt.count)
    var (mapSum, precisionSum, counted, wholeSum, rankSum) = (0.0, 0.0, 0, 0.0, 0.0)
    for query in labels.indices {
      var others: [(similarity: Double, row: Int)] = []
      for row in labels.indices where row != query {
        others.append((RowOperations.exactDot(x, row: query, x, row: row), row))
      }
      others.sort { ($0.similarity, $1.row) > ($1.similarity, $0.row) }
      let relevant = others.map { labels[$0.row] == labels[query] }
      for (position, k) in recallAt.enumerated() where relevant.prefix(k).contains(true) {
        hits[position] += 1
      }
      let toFind = relevant.filter { $0 }.count
      guard toFind > 0 else { continue }
      counted += 1
      var (found, sum) = (0, 0.0)
      for rank in 0..<toFind where relevant[rank] {
        found += 1
        sum += Double(found) / Double(rank + 1)
      }
      mapSum += sum / Double(toFind)
      let ranks = relevant.indices.filter { relevant[$0] }.map { Double($0 + 1) }
      wholeSum +=
        ranks.enumerated().reduce(0) { $0 + Double($1.offset + 1) / $1.element } / Double(toFind)
      rankSum += 1 / (ranks.first ?? .infinity)
      precisionSum += Double(found) / Double(toFind)
    }
    return (
      hits.map { Double($0) / Double(labels.count) }, mapSum / Double(counted),
      precisionSum / Double(counted), wholeSum / Double(counted), rankSum / Double(counted)
    )
  }

  @Test(arguments: [1, 2, 7, 64, 300], [UInt64(1), 2])
  func `measures agree with a plain full sort whatever the block`(block: Int, seed: UInt64) throws {
    let stream = RandomStream(seed: seed, stream: .classOrder)
    let labels = (0..<150).map { Int32(stream.index(below: 12, at: UInt32($0))) } + [99]
    let x = UnitRows.scattered(151, 6, seed: seed)
    let expected = Self.naive(x, labels, recallAt: [1, 2, 4, 8])
    let measures = Retrieval<Float>(blas: try BLASLibrary.load(), blockRows: block).leaveOneOut(
      unit: x, labels: labels, recallAt: [1, 2, 4, 8])
    #expect([1, 2, 4, 8].map { measures.recallAt[$0] } == expected.recall)
    #expect(measures.meanAveragePrecisionAtR == expected.mapAtR)
    #expect(measures.rPrecision == expected.rPrecision)
    #expect(measures.precisionAtOne == expected.recall[0] * 151 / 150)
    #expect(measures.loneQueries == 1)
    #expect(measures.tiedQueries == 0)
    #expect(measures.meanAveragePrecision == nil && measures.meanReciprocalRank == nil)
    var whole = Retrieval<Float>(blas: try BLASLibrary.load(), blockRows: block).leaveOneOut(
      unit: x, labels: labels, recallAt: [1, 2, 4, 8], rankingAll: true)
    #expect(whole.meanAveragePrecision == expected.map)
    #expect(whole.meanReciprocalRank == expected.rank)
    (whole.meanAveragePrecision, whole.meanReciprocalRank) = (nil, nil)
    #expect(whole == measures)
  }

  @Test(arguments: [1, 5, 16, 300], [0, 30, 200, 300])
  func `rows that crowd together have the measures of a query against all`(
    block: Int, equal: Int
  ) throws {
    // Groups of equal rows, of which no list of candidates can hold all.
    let x = UnitRows.scattered(300, 5, seed: 4)
    let crowded = Matrix<Float>(
      rows: 300, columns: 5,
      values: (0..<300).flatMap { row in
        let source = row < equal ? row % 2 : row
        return (0..<5).map { x[source, $0] }
      })
    let labels = (0..<300).map { Int32($0 * 7 % 60) }
    let blas = try BLASLibrary.load()
    let once = Retrieval<Float>(blas: blas, blockRows: block).leaveOneOut(
      unit: crowded, labels: labels, recallAt: [1, 8])
    let twice = Retrieval<Float>(blas: blas).evaluate(
      queries: crowded, queryLabels: labels, references: crowded, referenceLabels: labels,
      excludingSelf: true, recallAt: [1, 8])
    #expect(once == twice)
    #expect((once.tiedQueries > 0) == (equal > 0))
  }

  @Test func `a row alone, and no row at all, find nothing`() throws {
    let retrieval = Retrieval<Float>(blas: try BLASLibrary.load())
    let alone = retrieval.leaveOneOut(
      unit: Matrix(rows: 1, columns: 2, values: [1, 0]), labels: [3], recallAt: [1])
    #expect(alone.recallAt == [1: 0] && alone.precisionAtOne == 0)
    let none = retrieval.leaveOneOut(
      unit: Matrix(rows: 0, columns: 2), labels: [], recallAt: [1], rankingAll: true)
    #expect(none.queries == 0 && none.recallAt == [1: 0] && none.meanAveragePrecision == 0)
  }

  @Test func `rows whose lists of candidates would not fit are ranked all the same`() throws {
    let labels = (0..<200).map { Int32($0 < 190 ? 0 : 1) }
    let x = UnitRows.scattered(200, 3, seed: 2)
    let blas = try BLASLibrary.load()
    let listed = Retrieval<Float>(blas: blas).leaveOneOut(unit: x, labels: labels, recallAt: [1])
    let whole = Retrieval<Float>(blas: blas, candidateLimit: 1_000).leaveOneOut(
      unit: x, labels: labels, recallAt: [1])
    #expect(listed == whole && listed.rPrecision > 0.8)
  }

  @Test func `equal rows tie, the lower one first, and the ties are counted`() throws {
    let x = Matrix<Float>(rows: 4, columns: 2, values: [1, 0, 0.6, 0.8, 0.6, 0.8, 0, 1])
    let retrieval = Retrieval<Float>(blas: try BLASLibrary.load())
    let lowerIsRight = retrieval.leaveOneOut(unit: x, labels: [0, 0, 1, 2], recallAt: [1])
    let lowerIsWrong = retrieval.leaveOneOut(unit: x, labels: [0, 1, 0, 2], recallAt: [1])
    #expect(lowerIsRight.recallAt[1] == 0.25)
    #expect(lowerIsWrong.recallAt[1] == 0)
    #expect(lowerIsRight.tiedQueries == 1)
  }
}
