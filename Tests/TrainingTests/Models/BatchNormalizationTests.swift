import Kernels
import Testing
import Training

struct BatchNormalizationTests {
  private static let epsilon = 1e-5
  /// A few operations on numbers near 1 in 64 bits.
  private static let tolerance = 1e-12

  private static let batches: [[[Double]]] = [
    [[1, -2], [3, 0.5], [0, 4], [-1, 1]], [[2, 2], [2, -1], [5, 0], [3, 7]],
  ]

  private static func normalization() -> BatchNormalization<Double> {
    BatchNormalization(name: "n", width: 2, batch: 4)
  }

  @Test func `running means move a tenth of the way to those of a batch, of a sample`() {
    let normalization = Self.normalization()
    var (mean, variance) = ([0.0, 0.0], [1.0, 1.0])
    for batch in Self.batches {
      var x = Matrix<Double>(rows: 4, columns: 2, values: Array(batch.joined()))
      normalization.forward(&x)
      for column in 0..<2 {
        let values = batch.map { $0[column] }
        let own = values.reduce(0, +) / 4
        let square = values.reduce(0) { $0 + ($1 - own) * ($1 - own) }
        mean[column] = 0.9 * mean[column] + 0.1 * own
        variance[column] = 0.9 * variance[column] + 0.1 * square / 3
        #expect(abs(normalization.runningMean.value[0, column] - mean[column]) < Self.tolerance)
        #expect(
          abs(normalization.runningVariance.value[0, column] - variance[column]) < Self.tolerance)
        // In the batch itself the variance is that of all its rows.
        for row in 0..<4 {
          let expected = (values[row] - own) / (square / 4 + Self.epsilon).squareRoot()
          #expect(abs(x[row, column] - expected) < Self.tolerance)
        }
      }
    }
  }

  @Test(arguments: [0.0, 1e-5, 2])
  func `single rows are normalised by the running means`(variance: Double) {
    let normalization = Self.normalization()
    normalization.runningMean.value[0, 1] = 0.5
    normalization.runningVariance.value[0, 1] = variance
    normalization.scale.value[0, 1] = 3
    normalization.shift.value[0, 1] = -1
    var x = Matrix<Double>(rows: 1, columns: 2, values: [0, 0.75])
    normalization.apply(&x, rows: 1)
    let expected = 3 * 0.25 / (variance + Self.epsilon).squareRoot() - 1
    #expect(abs(x[0, 1] - expected) < Self.tolerance * abs(expected))
  }

  @Test func `each layer and each step drops entries of its own`() {
    func kept(number: Int, step: Int) -> [Bool] {
      var x = Matrix<Double>(rows: 10, columns: 20, values: [Double](repeating: 1, count: 200))
      Dropout(rate: 0.5, number: number, seed: 3).apply(to: &x, step: step)
      return x.values.map { $0 != 0 }
    }
    let draws = [kept(number: 1, step: 0), kept(number: 2, step: 0), kept(number: 1, step: 1)]
    #expect(Set(draws).count == 3)
    for (first, second) in [(0, 1), (0, 2), (1, 2)] {
      // Alike in half of 200 entries; ten standard deviations are 71.
      let alike = zip(draws[first], draws[second]).count { $0 == $1 }
      #expect(abs(alike - 100) < 71)
    }
  }
}
