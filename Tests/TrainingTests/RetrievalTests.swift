import Kernels
import Testing
import Training

struct RetrievalTests {
  private static func unitRows(_ count: Int, _ dimension: Int, seed: UInt64) -> Matrix<Float> {
    let stream = RandomStream(seed: seed, stream: .synthesis)
    let x = Matrix<Float>(
      rows: count, columns: dimension,
      values: (0..<count * dimension).map { Float(stream.uniform(at: UInt32($0)) - 0.5) })
    var unit = Matrix<Float>(rows: count, columns: dimension)
    var norms = Matrix<Float>(rows: 1, columns: count)
    RowOperations.normalize(x, into: &unit, norms: &norms)
    return unit
  }

  /// A plain full sort by 64-bit dot products.
  private static func naive(
    _ x: borrowing Matrix<Float>, _ labels: [Int32], recallAt: [Int]
  ) -> (recall: [Double], mapAtR: Double, rPrecision: Double) {
    var hits = [Int](repeating: 0, count: recallAt.count)
    var (mapSum, precisionSum, counted) = (0.0, 0.0, 0)
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
      precisionSum += Double(found) / Double(toFind)
    }
    return (
      hits.map { Double($0) / Double(labels.count) }, mapSum / Double(counted),
      precisionSum / Double(counted)
    )
  }

  @Test(arguments: [1, 2, 7, 64, 300], [UInt64(1), 2])
  func `measures agree with a plain full sort whatever the block`(block: Int, seed: UInt64) throws {
    let stream = RandomStream(seed: seed, stream: .classOrder)
    let labels = (0..<150).map { Int32(stream.index(below: 12, at: UInt32($0))) } + [99]
    let x = Self.unitRows(151, 6, seed: seed)
    let expected = Self.naive(x, labels, recallAt: [1, 2, 4, 8])
    let measures = Retrieval<Float>(blas: try BLASLibrary.load(), blockRows: block).leaveOneOut(
      unit: x, labels: labels, recallAt: [1, 2, 4, 8])
    #expect([1, 2, 4, 8].map { measures.recallAt[$0] } == expected.recall)
    #expect(measures.meanAveragePrecisionAtR == expected.mapAtR)
    #expect(measures.rPrecision == expected.rPrecision)
    #expect(measures.loneQueries == 1)
    #expect(measures.tiedQueries == 0)
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
