/// Searches in rows of scores. `positions` has room for one more than the row has columns.
package enum RowSearch {
  /// Positions, ascending, in one row of x (of its first `count` columns) that reach
  /// `threshold` or their own of `thresholds`, from column `offset` of it on.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package static func select<Scalar: KernelScalar>(
    atLeast threshold: Scalar, orOwnOf thresholds: borrowing Matrix<Scalar>, from offset: Int,
    inRow row: Int, of x: borrowing Matrix<Scalar>, count: Int, into positions: inout [Int32]
  ) -> Int {
    precondition(row < x.rows && count <= x.columns && offset + count <= thresholds.count)
    precondition(positions.count > count)
    let columns = x.columns
    return x.withPointer { x in
      thresholds.withPointer { thresholds in
        Scalar.selectEither(count, x + row * columns, threshold, thresholds + offset, &positions)
      }
    }
  }

  /// Subtracts `penalty` from the first `count` columns of one row of x, and gives the
  /// positions, ascending, of what is then at most `margin` below the largest of them and
  /// `least`.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package static func selectNearest<Scalar: KernelScalar>(
    inRow row: Int, of x: inout Matrix<Scalar>, count: Int, penalty: borrowing Matrix<Scalar>,
    least: Scalar, margin: Scalar, into positions: inout [Int32]
  ) -> Int {
    precondition(row < x.rows && count <= x.columns && penalty.count >= count)
    precondition(positions.count > count)
    let columns = x.columns
    return x.withMutablePointer { x in
      penalty.withPointer { penalty in
        Scalar.selectNearest(count, x + row * columns, penalty, least, margin, &positions)
      }
    }
  }

  /// How many values of one row of x are above a range, and the positions of those inside.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package static func select<Scalar: KernelScalar>(
    _ range: ClosedRange<Scalar>, inRow row: Int, of x: borrowing Matrix<Scalar>,
    into positions: inout [Int32]
  ) -> (found: Int, above: Int) {
    precondition(row < x.rows && positions.count > x.columns)
    let columns = x.columns
    var above = 0
    let found = x.withPointer { x in
      Scalar.selectBetween(
        columns, x + row * columns, range.lowerBound, range.upperBound, &positions, &above)
    }
    return (found, above)
  }
}
