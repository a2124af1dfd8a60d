import Kernels
import Testing
import Training

struct ContingencyTableTests {
  /// Sums of logarithms of factorials and small numbers of pairs: nothing worse.
  private static let tolerance = 1e-12

  private static func table(_ classes: [Int32], _ clusters: [Int32]) -> ContingencyTable {
    ContingencyTable(classes: classes, clusters: clusters)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `pair measures are what counting every pair of rows gives`(seed: UInt64) {
    let stream = RandomStream(seed: seed, stream: .synthesis)
    let classes = (0..<60).map { Int32(stream.index(below: 5, at: UInt32($0))) }
    let clusters = (0..<60).map { Int32(stream.index(below: 7, at: UInt32($0), tag: 1)) * 3 }
    var (both, cluster, group) = (0.0, 0.0, 0.0)
    for first in 0..<60 {
      for second in 0..<first {
        let sameCluster = clusters[first] == clusters[second]
        let sameClass = classes[first] == classes[second]
        both += sameCluster && sameClass ? 1 : 0
        cluster += sameCluster ? 1 : 0
        group += sameClass ? 1 : 0
      }
    }
    let table = Self.table(classes, clusters)
    let (precision, recall) = (both / cluster, both / group)
    #expect(table.pairPrecision == precision, "seed \(seed)")
    #expect(table.pairRecall == recall, "seed \(seed)")
    #expect(
      abs(table.pairF1 - 2 * precision * recall / (precision + recall)) < Self.tolerance,
      "seed \(seed)")
  }

  @Test func `the adjusted information is 0 on average over all ways to give clusters`() {
    // All 6! orders of the clusters: the expectation is over exactly these.
    let classes: [Int32] = [0, 0, 0, 1, 1, 2]
    var sum = 0.0
    var orders = 0
    func permute(_ clusters: [Int32], _ place: Int) {
      guard place < clusters.count else {
        sum += Self.table(classes, clusters).adjustedMutualInformation
        orders += 1
        return
      }
      for other in place..<clusters.count {
        var next = clusters
        next.swapAt(place, other)
        permute(next, place + 1)
      }
    }
    permute([0, 0, 1, 1, 1, 2], 0)
    #expect(orders == 720)
    // The same-split shortcut and the formula must agree for the average to vanish.
    #expect(abs(sum / Double(orders)) < Self.tolerance)
  }

  @Test func `names of classes and clusters and the order of rows change no bit`() {
    let stream = RandomStream(seed: 9, stream: .synthesis)
    let classes = (0..<200).map { Int32(stream.index(below: 9, at: UInt32($0))) }
    let clusters = (0..<200).map { Int32(stream.index(below: 9, at: UInt32($0), tag: 1)) }
    let order = stream.permutation(of: 200, tag: 2)
    let table = Self.table(classes, clusters)
    #expect(table == Self.table(order.map { classes[$0] }, order.map { clusters[$0] }))
    #expect(table == Self.table(classes.map { 5 * $0 - 7 }, clusters.map { 2 * $0 }))
  }

  @Test func `splits that say nothing have the values of their limits`() {
    let one = [Int32](repeating: 0, count: 8)
    let each = (0..<8).map { Int32($0) }
    #expect(Self.table(one, one).normalizedMutualInformation == 1)
    #expect(Self.table(one, one).adjustedMutualInformation == 1)
    #expect(Self.table(each, each).adjustedMutualInformation == 1)
    #expect(Self.table(one, each).normalizedMutualInformation == 0)
    #expect(abs(Self.table(one, each).adjustedMutualInformation) < Self.tolerance)
    #expect(Self.table(one, each).pairPrecision == 0)
    #expect(Self.table(each, one).pairF1 == 0)
  }

  @Test func `thousands of classes take no time that grows with their pairs`() {
    let stream = RandomStream(seed: 3, stream: .synthesis)
    let classes = (0..<60_000).map { Int32($0 / 5) }
    let clusters = (0..<60_000).map { Int32(stream.index(below: 12_000, at: UInt32($0))) }
    let table = Self.table(classes, clusters)
    #expect(table.normalizedMutualInformation > 0.8)
    // Random clusters: all of that is chance.
    #expect(abs(table.adjustedMutualInformation) < 0.01)
  }
}
