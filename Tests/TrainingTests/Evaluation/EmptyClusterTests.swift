import Kernels
import Testing
import Training

/// Runs in which clusters lose all their rows, step by step against the rules as they are stated.
struct EmptyClusterTests {
  /// Few directions of unequal length for many rows, so that centres often start at equal ones.
  private static func rows(seed: UInt64) -> Matrix<Float> {
    let stream = RandomStream(seed: seed, stream: .synthesis)
    let places = 10 + stream.index(below: 10, at: 0, tag: 1)
    let count = 14 + stream.index(below: 14, at: 1, tag: 1)
    var x = Matrix<Float>(rows: count, columns: 2)
    for row in 0..<count {
      let place = UInt32(stream.index(below: places, at: UInt32(row), tag: 2))
      for column in 0..<2 {
        x[row, column] = Float(stream.uniform(at: 2 * place + UInt32(column), tag: 3) - 0.5)
      }
    }
    return x
  }

  /// What `KMeans` says of itself, in its arithmetic: a product of 32-bit values is exact in 64
  /// bits, so a sum of two of them is rounded once in any order.
  private struct Plain {
    let points: [(Double, Double)]
    var centers: [(Double, Double)]
    var clusters: [Int]
    var scores: [Double]
    /// Rows that an empty cluster would have taken, had they not been alone in theirs.
    var refusals = 0

    init(_ x: borrowing Matrix<Float>, start: [Int]) {
      points = (0..<x.rows).map { (Double(x[$0, 0]), Double(x[$0, 1])) }
      centers = start.map { [points] in points[$0] }
      clusters = [Int](repeating: -1, count: x.rows)
      scores = [Double](repeating: 0, count: x.rows)
    }

    private static func dot(_ a: (Double, Double), _ b: (Double, Double)) -> Double {
      a.0 * b.0 + a.1 * b.1
    }

    private func distance(_ row: Int) -> Double {
      max(Self.dot(points[row], points[row]) - 2 * scores[row], 0)
    }

    var squaredError: Double { points.indices.reduce(0) { $0 + distance($1) } }

    mutating func run() {
      while assign() {
        for center in centers.indices {
          let own = points.indices.filter { clusters[$0] == center }
          if own.isEmpty { continue }
          let sum = own.reduce((0.0, 0.0)) { ($0.0 + points[$1].0, $0.1 + points[$1].1) }
          let count = Double(own.count)
          centers[center] = (Double(Float(sum.0 / count)), Double(Float(sum.1 / count)))
        }
      }
    }

    private mutating func assign() -> Bool {
      let before = clusters
      for row in points.indices {
        let all = centers.map { Self.dot(points[row], $0) - Self.dot($0, $0) / 2 }
        scores[row] = all.max() ?? 0
        clusters[row] = all.firstIndex(of: scores[row]) ?? 0
      }
      // Distances are those before any row is moved.
      let distances = points.indices.map(distance)
      var candidates = points.indices.filter { distances[$0] > 1e-12 }
        .sorted { (-distances[$0], $0) < (-distances[$1], $1) }
      let empty = centers.indices.filter { center in !clusters.contains(center) }
      for center in empty {
        while let row = candidates.first {
          candidates.removeFirst()
          guard clusters.count(where: { $0 == clusters[row] }) > 1 else {
            refusals += 1
            continue
          }
          clusters[row] = center
          scores[row] = Self.dot(points[row], points[row]) / 2
          break
        }
      }
      return clusters != before
    }
  }

  @Test func `empty clusters take rows as the rules say, and never the last of another`() throws {
    let blas = try BLASLibrary.load()
    var refusals = 0
    for seed in UInt64(0)..<600 {
      let x = Self.rows(seed: seed)
      let clusters = 8 + Int(seed % 6)
      let found = KMeans<Float>(clusters: clusters, seed: seed, blas: blas).run(x, restart: 0)
      let start = RandomStream(seed: seed, stream: .clustering).permutation(of: x.rows)
      var expected = Plain(x, start: Array(start.prefix(clusters)))
      expected.run()
      #expect(found.clusters.map(Int.init) == expected.clusters, "seed \(seed)")
      #expect(found.squaredError == expected.squaredError, "seed \(seed)")
      refusals += expected.refusals
    }
    #expect(refusals > 10, "rows that are alone must come up for this test to tell")
  }
}
