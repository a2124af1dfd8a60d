import Foundation
import Kernels
import Testing

struct SoftmaxTests {
  @Test(arguments: [1, 0.25, 30])
  func `part of a row becomes its softmax, the rest is left alone`(scale: Double) {
    let values = [9, -1, 0.5, 2, 0.25, 7, 100, 1, 2, 3]
    var matrix = Matrix<Double>(rows: 2, columns: 5, values: values)
    let logSum = matrix.softmax(row: 0, columns: 1..<4, scale: scale)
    let terms = values[1..<4].map { exp(scale * $0) }
    let total = terms.reduce(0, +)
    #expect(abs(logSum - log(total)) < 1e-13 * abs(logSum))
    for (place, term) in terms.enumerated() {
      #expect(abs(matrix[0, place + 1] - term / total) < 1e-14)
    }
    #expect(matrix[0, 0] == 9 && matrix[0, 4] == 0.25 && matrix[1, 0] == 7)
  }

  @Test func `large values do not overflow, and infinite ones are left out`() {
    var matrix = Matrix<Float>(
      rows: 3, columns: 3,
      values: [1e30, -.infinity, 1e30, -.infinity, -.infinity, -.infinity, 0, .nan, 1])
    #expect(matrix.softmax(row: 0, columns: 0..<3) == Double(1e30 as Float))
    #expect(matrix.softmax(row: 1, columns: 0..<3) == -.infinity)
    #expect(matrix.values[..<6] == [0.5, 0, 0.5, 0, 0, 0])
    #expect(matrix.softmax(row: 2, columns: 0..<3).isNaN)
    #expect(matrix.softmax(row: 1, columns: 1..<1) == -.infinity)
  }
}
