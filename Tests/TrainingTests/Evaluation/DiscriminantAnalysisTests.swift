import Kernels
import Testing
import Training

/// Linear discriminants against the equations that define them, in double loops.
struct DiscriminantAnalysisTests {
  /// The directions are stored in 32 bits.
  private static let tolerance = 2e-5

  private static let labels = (0..<80).map { Int32($0 * 3 % 5) }
  private static let columns = 6

  /// Classes apart along some columns, with noise that is wide, unequal and shared by columns.
  private static func features(seed: UInt64) -> Matrix<Float> {
    let stream = RandomStream(seed: seed, stream: .synthesis)
    var x = Matrix<Float>(rows: labels.count, columns: columns)
    for row in labels.indices {
      let shared = stream.uniform(at: UInt32(row), tag: 1) - 0.5
      for column in 0..<columns {
        let center = stream.uniform(at: UInt32(column), tag: 2 << 32 | UInt64(labels[row]))
        let own = stream.uniform(at: UInt32(column), tag: 3 << 32 | UInt64(row)) - 0.5
        x[row, column] = Float(
          3 + center + shared * Double(column) + own * Double(column + 1) / 2)
      }
    }
    return x
  }

  /// Ledoit and Wolf's estimate of the covariance of some rows, columns at unit variance.
  private static func covariance(
    _ rows: [Int], of x: borrowing Matrix<Float>
  ) -> [[Double]] {
    let (n, p) = (Double(rows.count), Double(columns))
    let all = 0..<columns
    let mean = all.map { column in rows.reduce(0.0) { $0 + Double(x[$1, column]) } / n }
    let deviation = all.map { column in
      (rows.reduce(0.0) { $0 + (Double(x[$1, column]) - mean[column]).squared } / n).squareRoot()
    }
    let z = rows.map { row in
      all.map { (Double(x[row, $0]) - mean[$0]) / deviation[$0] }
    }
    let sample = all.map { a in
      all.map { b in z.reduce(0.0) { $0 + $1[a] * $1[b] } / n }
    }
    let m = all.reduce(0.0) { $0 + sample[$1][$1] } / p
    var (d2, b2) = (0.0, 0.0)
    for a in all {
      for b in all { d2 += (sample[a][b] - (a == b ? m : 0)).squared / p }
    }
    for row in z {
      for a in all {
        for b in all { b2 += (row[a] * row[b] - sample[a][b]).squared / (n * n * p) }
      }
    }
    let share = min(b2, d2) / d2
    return all.map { a in
      all.map { b in
        ((1 - share) * sample[a][b] + (a == b ? share * m : 0)) * deviation[a] * deviation[b]
      }
    }
  }

  /// The mean over rows of the covariance of their class.
  private static func withinClasses(_ x: borrowing Matrix<Float>) -> [[Double]] {
    var sum = [[Double]](repeating: [Double](repeating: 0, count: columns), count: columns)
    for label in Set(labels) {
      let rows = labels.indices.filter { labels[$0] == label }
      let own = covariance(rows, of: x)
      for a in 0..<columns {
        for b in 0..<columns { sum[a][b] += own[a][b] * Double(rows.count) / Double(labels.count) }
      }
    }
    return sum
  }

  /// `v M wᵀ` for two directions.
  private static func form(
    _ matrix: [[Double]], _ v: Int, _ w: Int, _ directions: borrowing Matrix<Float>
  ) -> Double {
    var sum = 0.0
    for a in 0..<columns {
      for b in 0..<columns {
        sum += Double(directions[v, a]) * matrix[a][b] * Double(directions[w, b])
      }
    }
    return sum
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `discriminants solve their equation, the most telling first`(seed: UInt64) throws {
    let x = Self.features(seed: seed)
    let transform = try #require(
      DiscriminantAnalysis.transform(
        Self.labels.indices.map(Int64.init), of: x, labels: Self.labels, components: Self.columns,
        blas: try BLASLibrary.load()))
    #expect(transform.outputs == Self.columns)
    #expect(transform.mean.values == [Float](repeating: 0, count: Self.columns))
    let within = Self.withinClasses(x)
    let total = Self.covariance(Array(Self.labels.indices), of: x)
    var ratios: [Double] = []
    for v in 0..<Self.columns {
      for w in 0..<Self.columns {
        let own = Self.form(within, v, w, transform.projection)
        #expect(abs(own - (v == w ? 1 : 0)) < Self.tolerance, "seed \(seed), \(v) and \(w)")
        let all = Self.form(total, v, w, transform.projection)
        if v == w { ratios.append(all) } else { #expect(abs(all) < 20 * Self.tolerance) }
      }
    }
    #expect(ratios == ratios.sorted(by: >), "seed \(seed)")
    #expect(ratios[0] > 1.1 * ratios[1], "ratios that are alike would not tell")

    let fewer = try #require(
      DiscriminantAnalysis.transform(
        Self.labels.indices.map(Int64.init), of: x, labels: Self.labels, components: 2,
        blas: try BLASLibrary.load()))
    #expect(fewer.projection.values == Array(transform.projection.values.prefix(2 * Self.columns)))
  }

  @Test func `rows of one place each leave no direction`() throws {
    var x = Matrix<Float>(rows: Self.labels.count, columns: 3)
    for row in Self.labels.indices { x[row, 0] = Float(Self.labels[row] + 1) }
    let transform = DiscriminantAnalysis.transform(
      Self.labels.indices.map(Int64.init), of: x, labels: Self.labels, components: 3,
      blas: try BLASLibrary.load())
    #expect(transform == nil)
  }
}

extension Double {
  fileprivate var squared: Double { self * self }
}
