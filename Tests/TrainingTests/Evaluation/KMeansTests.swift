import Kernels
import Testing
import Training

struct KMeansTests {
  /// 64-bit sums of a few hundred squares, once in two orders.
  private static let tolerance = 1e-9

  private static let labels = (0..<240).map { Int32($0 % 12) }

  /// Lloyd's iterations as they are written in books, from the same first rows.
  private static func naive(
    _ x: borrowing Matrix<Float>, clusters: Int, start: [Int]
  ) -> (clusters: [Int32], error: Double) {
    var centers = start.map { row in (0..<x.columns).map { Double(x[row, $0]) } }
    var assigned = [Int32](repeating: -1, count: x.rows)
    while true {
      var error = 0.0
      var next = assigned
      for row in 0..<x.rows {
        let distances = centers.map { center in
          (0..<x.columns).reduce(0.0) { sum, column in
            let difference = Double(x[row, column]) - center[column]
            return sum + difference * difference
          }
        }
        let least = distances.min() ?? 0
        next[row] = Int32(distances.firstIndex(of: least) ?? 0)
        error += least
      }
      if next == assigned { return (assigned, error) }
      assigned = next
      for cluster in 0..<clusters {
        let rows = (0..<x.rows).filter { assigned[$0] == Int32(cluster) }
        guard !rows.isEmpty else { continue }
        centers[cluster] = (0..<x.columns).map { column in
          Double(Float(rows.reduce(0.0) { $0 + Double(x[$1, column]) } / Double(rows.count)))
        }
      }
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
  func `clusters are those of the plain algorithm`(seed: UInt64) throws {
    let x = UnitRows.clustered(Self.labels, 10, noise: 1.5, seed: seed)
    let found = KMeans<Float>(clusters: 12, seed: seed, blas: try BLASLibrary.load())
      .run(x, restart: 2)
    let start = RandomStream(seed: seed, stream: .clustering).permutation(of: 240, tag: 2)
    let expected = Self.naive(x, clusters: 12, start: Array(start.prefix(12)))
    #expect(found.isConverged, "seed \(seed)")
    // Where a cluster runs empty the plain algorithm has no answer; these seeds have none.
    #expect(found.clusters == expected.clusters, "seed \(seed)")
    #expect(abs(found.squaredError - expected.error) < Self.tolerance, "seed \(seed)")
  }

  @Test(arguments: [1, 3, 64, 240])
  func `the block changes no bit`(block: Int) throws {
    let x = UnitRows.clustered(Self.labels, 33, noise: 2, seed: 8)
    let blas = try BLASLibrary.load()
    let whole = KMeans<Float>(clusters: 20, seed: 1, blas: blas).run(x, restart: 0)
    let parts = KMeans<Float>(clusters: 20, seed: 1, blas: blas, blockRows: block)
      .run(x, restart: 0)
    #expect(parts == whole)
    #expect(parts.squaredError.bitPattern == whole.squaredError.bitPattern)
    #expect(
      KMeans<Float>(clusters: 20, seed: 1, blas: blas).run(x, restart: 1).clusters
        != whole.clusters)
  }

  @Test func `an empty cluster takes the row farthest from its centre`() throws {
    // 39 equal rows and one other: wherever two centres start, both directions end up with one.
    var x = Matrix<Float>(rows: 40, columns: 2)
    for row in 0..<40 { x[row, row == 17 ? 1 : 0] = 1 }
    for seed in UInt64(0)..<10 {
      let found = KMeans<Float>(clusters: 2, seed: seed, blas: try BLASLibrary.load())
        .run(x, restart: 0)
      #expect(found.isConverged && found.squaredError == 0, "seed \(seed)")
      #expect(
        (0..<40).allSatisfy { (found.clusters[$0] == found.clusters[17]) == ($0 == 17) },
        "seed \(seed)")
    }
  }

  @Test func `rows that are all equal end at once, with clusters left empty`() throws {
    var x = Matrix<Float>(rows: 30, columns: 3)
    for row in 0..<30 { x[row, 1] = 1 }
    let found = KMeans<Float>(clusters: 7, seed: 1, blas: try BLASLibrary.load())
      .run(x, restart: 0)
    #expect(found.isConverged && found.iterations <= 2 && found.squaredError == 0)
    #expect(found.clusters == [Int32](repeating: 0, count: 30))
  }

  @Test func `as many clusters as rows leave no error`() throws {
    let x = UnitRows.scattered(50, 8, seed: 2)
    let found = KMeans<Float>(clusters: 50, seed: 4, blas: try BLASLibrary.load())
      .run(x, restart: 0)
    #expect(Set(found.clusters).count == 50 && found.squaredError < 1e-12)
  }

  @Test func `the iteration limit ends a run that is not done`() throws {
    let x = UnitRows.scattered(400, 8, seed: 2)
    let found = KMeans<Float>(
      clusters: 20, iterationLimit: 2, seed: 4, blas: try BLASLibrary.load()
    ).run(x, restart: 0)
    #expect(found.iterations == 2 && !found.isConverged)
  }

  @Test func `the restart of least squared error is reported, not the best NMI`() throws {
    let x = UnitRows.clustered(Self.labels, 10, noise: 3, seed: 5)
    let blas = try BLASLibrary.load()
    let measures = ClusteringMeasures(
      unit: x, labels: Self.labels, restarts: 8, seed: 3, blas: blas)
    let runs = (0..<8).map {
      KMeans<Float>(clusters: 12, seed: 3, blas: blas).run(x, restart: $0)
    }
    let figures = runs.map {
      ContingencyTable(classes: Self.labels, clusters: $0.clusters).normalizedMutualInformation
    }
    let best = runs.indices.min { runs[$0].squaredError < runs[$1].squaredError } ?? 0
    #expect(measures.restarts == figures)
    #expect(measures.normalizedMutualInformation == figures[best])
    #expect(figures[best] < figures.max() ?? 0, "the two must differ for this test to tell")
    #expect(measures.spread > 0)
    let perfect = ClusteringMeasures(
      unit: UnitRows.clustered(Self.labels, 10, noise: 0.01, seed: 5), labels: Self.labels,
      restarts: 5, seed: 3, blas: blas)
    #expect(perfect.restarts.count == 5)
    #expect(perfect.f1 <= 1 && perfect.adjustedMutualInformation > 0.9)
  }
}
