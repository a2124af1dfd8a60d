/// Plain element loops over matrices. They are compiled for both types by name: callers in other
/// modules would otherwise run them unspecialised, some thirty times slower.
extension Matrix {
  /// Adds a matrix of the same shape, times a number.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func add(_ other: borrowing Matrix, times factor: Scalar = 1) {
    precondition(
      rows == other.rows && columns == other.columns,
      "\(other.rows) × \(other.columns) added to \(rows) × \(columns)")
    let count = count
    other.withPointer { other in
      withMutablePointer { values in
        for position in 0..<count { values[position] += factor * other[position] }
      }
    }
  }

  /// Adds one row to every row.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func addToRows(_ shift: borrowing Matrix) {
    precondition(
      shift.rows == 1 && shift.columns == columns,
      "\(shift.rows) × \(shift.columns) added to the rows of \(rows) × \(columns)")
    let (rows, columns) = (rows, columns)
    shift.withPointer { shift in
      withMutablePointer { values in
        for row in 0..<rows {
          for column in 0..<columns { values[row * columns + column] += shift[column] }
        }
      }
    }
  }

  /// Gives every value of some rows the same value; of all rows if none are named.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func fill(_ value: Scalar, rows part: Range<Int>? = nil) {
    let part = part ?? 0..<rows
    precondition(part.lowerBound >= 0 && part.upperBound <= rows, "rows \(part) of \(rows)")
    let (first, count) = (part.lowerBound * columns, part.count * columns)
    withMutablePointer { ($0 + first).update(repeating: value, count: count) }
  }

  /// Copies one row of `source` to a row of this matrix.
  package mutating func copyRow(_ row: Int, of source: borrowing Matrix, to target: Int) {
    precondition(
      row >= 0 && row < source.rows && target >= 0 && target < rows && columns == source.columns,
      "row \(row) of \(source.rows) × \(source.columns) to \(target) of \(rows) × \(columns)")
    let (columns, first) = (columns, target * columns)
    source.withPointer { source in
      withMutablePointer { ($0 + first).update(from: source + row * columns, count: columns) }
    }
  }

  /// Multiplies one row by a number.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func scale(row: Int, by factor: Scalar) {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    let (first, count) = (row * columns, columns)
    withMutablePointer { values in
      for position in first..<(first + count) { values[position] *= factor }
    }
  }

  /// Replaces negative values by 0.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func clampNegatives() {
    let count = count
    withMutablePointer { values in
      for position in 0..<count where values[position] < 0 { values[position] = 0 }
    }
  }

  /// Replaces values by 0 where those of a matrix of the same shape are not positive.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func clear(whereNotPositive other: borrowing Matrix) {
    precondition(
      rows == other.rows && columns == other.columns,
      "\(other.rows) × \(other.columns) for \(rows) × \(columns)")
    let count = count
    other.withPointer { other in
      withMutablePointer { values in
        for position in 0..<count where !(other[position] > 0) { values[position] = 0 }
      }
    }
  }

  /// Copies `count` columns of `source`, from column `first` on, to the columns from `target` on.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
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
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }
}
