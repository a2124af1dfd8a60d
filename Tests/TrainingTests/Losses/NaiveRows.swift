import Kernels

/// Rows as plain arrays, for formulas written out.
typealias Rows = [[Double]]

func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

func unitRow(_ row: [Double]) -> [Double] {
  let length = dot(row, row).squareRoot()
  return row.map { $0 / max(length, 1e-12) }
}

func softmax(_ scores: [Double], exponential: (Double) -> Double) -> [Double] {
  let terms = scores.map(exponential)
  return terms.map { $0 / terms.reduce(0, +) }
}

extension Matrix {
  init(_ rows: Rows) {
    self.init(
      rows: rows.count, columns: rows.first?.count ?? 0,
      values: rows.flatMap { $0.map(Scalar.init) })
  }

  /// The values as plain arrays.
  func asRows() -> Rows {
    (0..<rows).map { row in (0..<columns).map { Double(self[row, $0]) } }
  }
}
