internal import Kernels

/// A number in 64 bits for each ordered pair of a batch.
struct PairTable {
  let size: Int
  private var values: [Double]
  /// Whether what was taken over last are numbers, all of them.
  private(set) var isFinite = true

  init(size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  subscript(row: Int, other: Int) -> Double {
    get { values[row * size + other] }
    set { values[row * size + other] = newValue }
  }

  mutating func clear() {
    for place in values.indices { values[place] = 0 }
  }

  mutating func scale(by factor: Double) {
    for place in values.indices { values[place] *= factor }
  }

  /// Takes over the numbers of a matrix, `batch × batch`.
  @specialized(where Scalar == Float)
  mutating func copy<Scalar: KernelScalar>(_ matrix: borrowing Matrix<Scalar>) {
    precondition(matrix.count == values.count, "\(matrix.count) of \(values.count) pairs")
    var sum = 0.0
    matrix.withValues { source in
      for place in source.indices {
        values[place] = Double(source[place])
        sum += values[place]
      }
    }
    isFinite = sum.isFinite
  }

  /// Rounds the numbers to a matrix, `batch × batch`.
  @specialized(where Scalar == Float)
  func write<Scalar: KernelScalar>(to matrix: inout Matrix<Scalar>) {
    precondition(matrix.count == values.count, "\(matrix.count) of \(values.count) pairs")
    matrix.withMutableValues { result in
      for place in result.indices { result[place] = Scalar(values[place]) }
    }
  }
}
