extension Matrix {
  /// Adds a matrix of the same shape.
  package mutating func add(_ other: borrowing Matrix) {
    precondition(
      rows == other.rows && columns == other.columns,
      "\(other.rows) × \(other.columns) added to \(rows) × \(columns)")
    let count = count
    other.withPointer { other in
      withMutablePointer { values in
        for position in 0..<count { values[position] += other[position] }
      }
    }
  }

  /// Multiplies one row by a number.
  package mutating func scale(row: Int, by factor: Scalar) {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    let (first, count) = (row * columns, columns)
    withMutablePointer { values in
      for position in first..<(first + count) { values[position] *= factor }
    }
  }

  /// Replaces negative values by 0.
  package mutating func clampNegatives() {
    let count = count
    withMutablePointer { values in
      for position in 0..<count where values[position] < 0 { values[position] = 0 }
    }
  }

  /// Copies `count` columns of `source`, from column `first` on, to the columns from `target` on.
  package mutating func copyColumns(
    from source: borrowing Matrix, at first: Int, to target: Int, count: Int
  ) {
    precondition(
      rows == source.rows && first + count <= source.columns && target + count <= columns,
      "columns \(first)..<\(first + count) of \(source.rows) × \(source.columns) "
        + "to \(target) of \(rows) × \(columns)")
    let (rows, width, sourceWidth) = (rows, columns, source.columns)
    source.withPointer { source in
      withMutablePointer { values in
        for row in 0..<rows {
          (values + row * width + target).update(
            from: source + row * sourceWidth + first, count: count)
        }
      }
    }
  }

  /// A new matrix with rows and columns exchanged.
  package func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }
}
