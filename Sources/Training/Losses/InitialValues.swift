internal import Kernels

/// What the tables that a loss learns begin with.
///
/// A value is a function of seed, table, row and column: row r of a table is the same whatever
/// the number of rows, and tables of one seed are independent.
struct InitialValues {
  private let stream: RandomStream
  private let table: UInt64

  /// Values of table number `table` of the loss.
  init(seed: UInt64, table: Int = 0) {
    stream = RandomStream(seed: seed, stream: .proxies)
    self.table = UInt64(table) << 32
  }

  /// Normal draws of mean 0.
  func normal<Scalar: KernelScalar>(
    rows: Int, columns: Int, deviation: Double
  ) -> Matrix<Scalar> {
    fill(rows: rows, columns: columns) { deviation * stream.normal(at: $1, tag: $0) }
  }

  /// Uniform draws in ±`bound`.
  func uniform<Scalar: KernelScalar>(rows: Int, columns: Int, bound: Double) -> Matrix<Scalar> {
    fill(rows: rows, columns: columns) { bound * (2 * stream.uniform(at: $1, tag: $0) - 1) }
  }

  private func fill<Scalar: KernelScalar>(
    rows: Int, columns: Int, draw: (_ tag: UInt64, _ position: UInt32) -> Double
  ) -> Matrix<Scalar> {
    var values = Matrix<Scalar>(rows: rows, columns: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        values[row, column] = Scalar(draw(table | UInt64(row), UInt32(column)))
      }
    }
    return values
  }
}
