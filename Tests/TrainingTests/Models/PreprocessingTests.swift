import Kernels
import Testing
import Training

struct PreprocessingTests {
  typealias Step = TrainingConfiguration.PreprocessingStep

  /// Rounding to 32 bits of values near 1, after sums of a few dozen.
  private static let tolerance = 2e-5

  /// Rows that vary unequally and together, far from the origin.
  private static func features(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix<Float> {
    let stream = RandomStream(seed: seed, stream: .synthesis)
    var x = Matrix<Float>(rows: rows, columns: columns)
    for row in 0..<rows {
      let shared = stream.uniform(at: UInt32(row), tag: 1) - 0.5
      for column in 0..<columns {
        let own = stream.uniform(at: UInt32(column), tag: 2 << 32 | UInt64(row)) - 0.5
        x[row, column] = Float(2 + shared * Double(column % 3) + own * Double(column + 1) / 4)
      }
    }
    return x
  }

  private static let rows = (0..<300).map { Int64($0 * 7 % 300) }

  private static func transformed(
    _ steps: [Step], of x: borrowing Matrix<Float>, rows: [Int64] = rows
  ) throws -> Matrix<Float> {
    let preprocessing = try Preprocessing(
      fitting: steps, rows: Self.rows, of: x, blas: try BLASLibrary.load())
    var result = Matrix<Float>(rows: rows.count, columns: preprocessing.outputs)
    preprocessing.apply(to: rows, of: x, into: &result)
    return result
  }

  /// Mean of each column, and the covariance of the columns.
  private static func moments(
    _ x: borrowing Matrix<Float>
  ) -> (mean: [Double], covariance: [[Double]]) {
    let columns = 0..<x.columns
    let count = Double(x.rows)
    let mean = columns.map { column in
      (0..<x.rows).reduce(0.0) { $0 + Double(x[$1, column]) } / count
    }
    let covariance = columns.map { a in
      columns.map { b in
        (0..<x.rows).reduce(0.0) {
          $0 + (Double(x[$1, a]) - mean[a]) * (Double(x[$1, b]) - mean[b])
        } / (count - 1)
      }
    }
    return (mean, covariance)
  }

  @Test func `whitened training rows have mean 0 and unit covariance`() throws {
    for steps: [Step] in [
      [.whitened(5)], [.unitLength, .center, .whitened(5)],
      [.principalComponents(6), .whitened(5)],
    ] {
      let (mean, covariance) = Self.moments(
        try Self.transformed(steps, of: Self.features(300, 9, seed: 1)))
      for a in 0..<5 {
        #expect(abs(mean[a]) < Self.tolerance, "\(steps)")
        for b in 0..<5 {
          #expect(abs(covariance[a][b] - (a == b ? 1 : 0)) < 100 * Self.tolerance, "\(steps)")
        }
      }
    }
  }

  @Test func `principal components keep the most variance and do not vary together`() throws {
    let x = Self.features(300, 9, seed: 2)
    let whole = Self.moments(x).covariance
    let covariance = Self.moments(try Self.transformed([.principalComponents(9)], of: x)).covariance
    for a in 0..<9 {
      for b in 0..<9 where a != b { #expect(abs(covariance[a][b]) < Self.tolerance) }
    }
    let variances = (0..<9).map { covariance[$0][$0] }
    #expect(variances == variances.sorted(by: >))
    let total = (0..<9).reduce(0.0) { $0 + whole[$1][$1] }
    #expect(abs(variances.reduce(0, +) - total) < Self.tolerance * total)
    // All components are a rotation about the mean: distances stay.
    let rotated = try Self.transformed([.principalComponents(9)], of: x, rows: [3, 8])
    let before = (0..<9).reduce(0.0) { $0 + Double((x[3, $1] - x[8, $1]) * (x[3, $1] - x[8, $1])) }
    let after = (0..<9).reduce(0.0) {
      $0 + Double((rotated[0, $1] - rotated[1, $1]) * (rotated[0, $1] - rotated[1, $1]))
    }
    #expect(abs(before - after) < Self.tolerance * before)
  }

  @Test(arguments: [
    [Step.center, .unitLength], [.unitLength, .center, .unitLength], [.whitened(4), .unitLength],
    [.center, .unitLength, .principalComponents(3), .center],
  ])
  func `steps apply in the order given, each to what the one before leaves`(steps: [Step]) throws {
    let x = Self.features(300, 7, seed: 3)
    let blas = try BLASLibrary.load()
    let whole = try Self.transformed(steps, of: x).values
    // The same one by one, each fitted to the rows as they have become.
    var current = try Self.transformed([], of: x, rows: (0..<300).map(Int64.init))
    for step in steps {
      let single = try Preprocessing(fitting: [step], rows: Self.rows, of: current, blas: blas)
      var next = Matrix<Float>(rows: 300, columns: single.outputs)
      single.apply(to: (0..<300).map(Int64.init), of: current, into: &next)
      current = next
    }
    let columns = current.columns
    let expected = Self.rows.flatMap { row in (0..<columns).map { current[Int(row), $0] } }
    #expect(whole == expected)
  }

  @Test func `what was fitted is stored and restored to the same bits`() throws {
    let steps: [Step] = [.center, .unitLength, .principalComponents(6), .whitened(4), .center]
    let x = Self.features(300, 9, seed: 4)
    let fitted = try Preprocessing(
      fitting: steps, rows: Self.rows, of: x, blas: try BLASLibrary.load())
    #expect(
      fitted.tensors.map(\.name) == [
        "preprocess.mean", "preprocess.pca.mean", "preprocess.pca.projection",
        "preprocess.whiten.mean", "preprocess.whiten.projection", "preprocess.mean.2",
      ])
    let restored = try #require(Preprocessing(steps: steps, inputs: 9, tensors: fitted.tensors))
    var first = Matrix<Float>(rows: 300, columns: 4)
    var second = Matrix<Float>(rows: 300, columns: 4)
    fitted.apply(to: Self.rows, of: x, into: &first)
    restored.apply(to: Self.rows, of: x, into: &second)
    #expect(first.values == second.values && restored.outputs == 4 && restored.steps == steps)
    #expect(
      Preprocessing(steps: steps, inputs: 9, tensors: Array(fitted.tensors.dropLast())) == nil)
    #expect(Preprocessing(steps: steps, inputs: 8, tensors: fitted.tensors) == nil)
  }

  @Test func `rows one by one have the bits of rows in blocks`() throws {
    let x = Self.features(300, 20, seed: 5)
    let preprocessing = try Preprocessing(
      fitting: [.unitLength, .whitened(13), .unitLength], rows: Self.rows, of: x,
      blas: try BLASLibrary.load())
    var whole = Matrix<Float>(rows: 300, columns: 13)
    preprocessing.apply(to: Self.rows, of: x, into: &whole)
    var single = Matrix<Float>(rows: 1, columns: 13)
    for (place, row) in Self.rows.enumerated() {
      preprocessing.apply(to: [row], of: x, into: &single)
      #expect(single.values == (0..<13).map { whole[place, $0] }, "row \(row)")
    }
  }

  @Test func `a direction in which rows do not vary is whitened to 0`() throws {
    var x = Self.features(300, 4, seed: 6)
    for row in 0..<300 { x[row, 3] = 5 }
    let result = try Self.transformed([.whitened(4)], of: x)
    #expect(result.firstNonFinite == nil)
    for row in 0..<300 { #expect(result[row, 3] == 0) }
  }

  @Test(arguments: [
    (Step.principalComponents(10), "pca for 10 components, but 300 training rows of 9 values", 9),
    (.whitened(0), "whiten for 0 components, but 300 training rows of 9 values", 9),
  ])
  func `more components than there are is an error that says how many there are`(
    step: Step, text: String, most: Int
  ) throws {
    let error = try #require(throws: TrainingError.self) {
      _ = try Self.transformed([step], of: Self.features(300, 9, seed: 7))
    }
    #expect(
      error.description
        == "dataset.preprocess asks \(text) have at most \(most). Lower it")
  }
}
