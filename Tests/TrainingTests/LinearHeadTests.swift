import Kernels
import Testing
import Training

struct LinearHeadTests {
  /// Central differences in Double with step 1e-6 are good to about 1e-9.
  private static let differenceTolerance = 1e-7

  /// A smooth stand-in for a loss: the sum of c · f over all entries.
  private static func value(
    _ head: LinearHead<Double>, _ x: borrowing Matrix<Double>, _ c: borrowing Matrix<Double>
  ) -> Double {
    head.forward(x)
    return zip(head.unit.values, c.values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test func `the gradient of the weights agrees with central differences`() throws {
    let head = LinearHead<Double>(
      dimension: 5, embedding: 4, batch: 3, seed: 8, blas: try BLASLibrary.load())
    let stream = RandomStream(seed: 21, stream: .synthesis)
    let x = Matrix<Double>(
      rows: 3, columns: 5, values: (0..<15).map { stream.uniform(at: UInt32($0)) - 0.5 })
    let c = Matrix<Double>(
      rows: 3, columns: 4, values: (0..<12).map { stream.uniform(at: UInt32($0), tag: 1) - 0.5 })
    head.forward(x)
    head.backward(x, unitGradient: c)
    let analytic = head.weightGradient.values
    let step = 1e-6
    for row in 0..<4 {
      for column in 0..<5 {
        let original = head.weights[row, column]
        head.weights[row, column] = original + step
        let above = Self.value(head, x, c)
        head.weights[row, column] = original - step
        let below = Self.value(head, x, c)
        head.weights[row, column] = original
        let numeric = (above - below) / (2 * step)
        #expect(abs(numeric - analytic[row * 5 + column]) < Self.differenceTolerance)
      }
    }
  }

  @Test func `initial rows do not depend on the size of the embedding and fill their range`() throws
  {
    let blas = try BLASLibrary.load()
    let small = LinearHead<Float>(dimension: 300, embedding: 2, batch: 1, seed: 3, blas: blas)
    let large = LinearHead<Float>(dimension: 300, embedding: 5, batch: 1, seed: 3, blas: blas)
    #expect(small.weights.values == Array(large.weights.values[0..<600]))
    let bound: Float = 0.1
    let largest = large.weights.values.map { abs($0) }.max() ?? 0
    #expect(largest <= bound && largest > 0.99 * bound)
  }
}
