import Foundation
import Kernels
import Testing

struct ElementTests {
  /// Relative errors in units of the last place of 1.
  private static let expUlps = 2.0

  @Test func `the exponential agrees with the C library in both types`() {
    for step in 0...4_000 {
      let x = -Double(step) * 0.02
      var (input, result) = (x, 0.0)
      Double.exponential(1, &input, &result)
      #expect(abs(result - exp(x)) <= Self.expUlps * Double.ulpOfOne * exp(x), "x = \(x)")
      var (floatInput, floatResult) = (Float(x), Float(0))
      Float.exponential(1, &floatInput, &floatResult)
      let reference = exp(Double(Float(x)))
      let bound =
        Self.expUlps * Double(Float.ulpOfOne) * reference + Double(Float.leastNormalMagnitude)
      #expect(abs(Double(floatResult) - reference) <= bound, "x = \(x)")
    }
  }

  @Test func `the portable cosine agrees with the C library`() {
    for step in 0...1_000 {
      let x = Double(step) / 1_000
      #expect(abs(PortableMath.cosinePi(x) - cos(Double.pi * x)) < 4 * Double.ulpOfOne)
    }
  }

  @Test(arguments: [1, 15, 16, 17, 70])
  func `the exact dot product does not depend on where a row lies`(columns: Int) {
    let stream = RandomStream(seed: 5, stream: .synthesis)
    let row = (0..<columns).map { Float(stream.uniform(at: UInt32($0)) - 0.5) }
    let other = (0..<columns).map { Float(stream.uniform(at: UInt32($0), tag: 1)) }
    let x = Matrix<Float>(rows: 3, columns: columns, values: row + other + row)
    let first = RowOperations.exactDot(x, row: 0, x, row: 1)
    #expect(first == RowOperations.exactDot(x, row: 2, x, row: 1))
    #expect(first == RowOperations.exactDot(x, row: 1, x, row: 0))
    let plain = zip(row, other).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    #expect(abs(first - plain) < 1e-12 * Double(columns))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a value that is not finite is found where it stands`(value: Double) {
    var x = Matrix<Float>(rows: 101, columns: 67)
    #expect(x.firstNonFinite == nil)
    x[70, 13] = Float(value)
    #expect(x.firstNonFinite?.row == 70)
    #expect(x.firstNonFinite?.column == 13)
  }

  @Test func `rows of zero and of extreme length are normalised without overflow`() {
    let x = Matrix<Float>(
      rows: 4, columns: 2, values: [0, 0, 3e30, 4e30, 3e-30, 4e-30, 3, 4])
    var unit = Matrix<Float>(rows: 4, columns: 2)
    var norms = Matrix<Float>(rows: 1, columns: 4)
    RowOperations.normalize(x, into: &unit, norms: &norms)
    #expect(unit.values[0...1] == [0, 0])
    #expect(abs(unit[1, 0] - 0.6) < 1e-6)
    #expect(abs(norms[0, 2] / 5e-30 - 1) < 1e-6)
    #expect(unit[3, 1] == 0.8)
  }
}
