/// What layers do to the rows of a batch.
extension RowOperations {
  /// Adds one row to the first `rows` rows.
  package static func add<Scalar: KernelScalar>(
    _ row: borrowing Matrix<Scalar>, to result: inout Matrix<Scalar>, rows: Int
  ) {
    precondition(row.count == result.columns && rows <= result.rows)
    let columns = result.columns
    row.withPointer { row in
      result.withMutablePointer { Scalar.addRow(rows, columns, row, $0) }
    }
  }

  /// Writes the sum of all rows, in their order, to `result`, `1 × columns`.
  package static func sumColumns<Scalar: KernelScalar>(
    _ x: borrowing Matrix<Scalar>, into result: inout Matrix<Scalar>
  ) {
    precondition(result.count == x.columns)
    let (rows, columns) = (x.rows, x.columns)
    x.withPointer { x in
      result.withMutablePointer { Scalar.sumColumns(rows, columns, x, $0) }
    }
  }

  /// `x = max(x, 0)` in the first `rows` rows.
  package static func rectify<Scalar: KernelScalar>(_ x: inout Matrix<Scalar>, rows: Int) {
    precondition(rows <= x.rows)
    let count = rows * x.columns
    x.withMutablePointer { Scalar.rectify(count, $0) }
  }

  /// Puts zeros where `x` is not positive.
  package static func mask<Scalar: KernelScalar>(
    _ result: inout Matrix<Scalar>, wherePositive x: borrowing Matrix<Scalar>
  ) {
    precondition(result.rows == x.rows && result.columns == x.columns)
    let count = x.count
    x.withPointer { x in
      result.withMutablePointer { Scalar.mask(count, x, $0) }
    }
  }

  /// Copies all rows of `source` to the columns of `result` from `column` on.
  package static func copy<Scalar: KernelScalar>(
    _ source: borrowing Matrix<Scalar>, rows: Int, into result: inout Matrix<Scalar>,
    atRow row: Int = 0, column: Int
  ) {
    precondition(rows <= source.rows && row + rows <= result.rows)
    precondition(column + source.columns <= result.columns)
    let (from, to) = (source.columns, result.columns)
    source.withPointer { source in
      result.withMutablePointer { result in
        for index in 0..<rows {
          (result + (row + index) * to + column).update(from: source + index * from, count: from)
        }
      }
    }
  }

  /// Copies the columns of `source` from `column` on to all rows of `result`.
  package static func copy<Scalar: KernelScalar>(
    columnsFrom column: Int, of source: borrowing Matrix<Scalar>,
    into result: inout Matrix<Scalar>
  ) {
    precondition(source.rows == result.rows && column + result.columns <= source.columns)
    let (from, to, rows) = (source.columns, result.columns, source.rows)
    source.withPointer { source in
      result.withMutablePointer { result in
        for index in 0..<rows {
          (result + index * to).update(from: source + index * from + column, count: to)
        }
      }
    }
  }
}
