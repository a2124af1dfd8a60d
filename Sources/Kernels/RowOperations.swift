internal import CKernels

/// Operations on whole rows. Each row is treated alone, so a block gives the bits of the whole.
package enum RowOperations {
  /// `unit[i] = x[i] / max(‖x[i]‖, 10⁻¹²)` and `norms[i] = ‖x[i]‖`; `batch × dimension`.
  package static func normalize<Scalar: KernelScalar>(
    _ x: borrowing Matrix<Scalar>, into unit: inout Matrix<Scalar>, norms: inout Matrix<Scalar>
  ) {
    precondition(
      unit.rows == x.rows && unit.columns == x.columns && norms.count >= x.rows,
      "\(x.rows)×\(x.columns) into \(unit.rows)×\(unit.columns)")
    let (rows, columns) = (x.rows, x.columns)
    x.withPointer { x in
      unit.withMutablePointer { unit in
        norms.withMutablePointer { norms in
          Scalar.normalizeRows(rows, columns, x, unit, norms)
        }
      }
    }
  }

  /// Brings the first `rows` rows to unit length.
  package static func normalizeInPlace<Scalar: KernelScalar>(
    _ x: inout Matrix<Scalar>, rows: Int
  ) {
    precondition(rows <= x.rows)
    let columns = x.columns
    x.withMutablePointer { x in Scalar.normalizeRows(rows, columns, x, x, nil) }
  }

  /// `result = x · wᵀ` for the first `rows` rows of x, each entry summed in order: equal rows of
  /// x give equal bits wherever they lie, which OpenBLAS does not promise (it sums remainders of
  /// tiles in another order).
  package static func orderedProduct<Scalar: KernelScalar>(
    _ x: borrowing Matrix<Scalar>, rows: Int, transposing w: borrowing Matrix<Scalar>,
    into result: inout Matrix<Scalar>
  ) {
    precondition(
      x.columns == w.columns && rows <= x.rows && rows <= result.rows && result.columns == w.rows,
      "\(rows)×\(x.columns) times \(w.columns)×\(w.rows) into \(result.rows)×\(result.columns)")
    let (inner, columns) = (x.columns, w.rows)
    var panel = Matrix<Scalar>(rows: 1, columns: rll_ordered_product_panel(inner))
    x.withPointer { x in
      w.withPointer { w in
        result.withMutablePointer { result in
          panel.withMutablePointer { panel in
            Scalar.orderedProduct(rows, inner, columns, x, w, panel, result)
          }
        }
      }
    }
  }

  /// Gradient through `normalize`, losses.md §1: `(g − (g·f) f) / ‖x‖`, zero for a row whose
  /// norm is below 10⁻¹².
  package static func normalizeBackward<Scalar: KernelScalar>(
    gradient: borrowing Matrix<Scalar>, unit: borrowing Matrix<Scalar>,
    norms: borrowing Matrix<Scalar>, into result: inout Matrix<Scalar>
  ) {
    precondition(gradient.rows == unit.rows && gradient.columns == unit.columns)
    precondition(result.rows == unit.rows && result.columns == unit.columns)
    precondition(norms.count >= unit.rows)
    let (rows, columns) = (unit.rows, unit.columns)
    gradient.withPointer { gradient in
      unit.withPointer { unit in
        norms.withPointer { norms in
          result.withMutablePointer { result in
            Scalar.normalizeRowsBackward(rows, columns, gradient, unit, norms, result)
          }
        }
      }
    }
  }

  /// Copies the rows named by `indices` to the first rows of `result`, at unit length if asked.
  package static func gather<Scalar: KernelScalar>(
    _ indices: [Int64], from source: borrowing Matrix<Scalar>, normalized: Bool,
    into result: inout Matrix<Scalar>
  ) {
    precondition(indices.count <= result.rows && source.columns == result.columns)
    for index in indices {
      precondition(index >= 0 && index < source.rows, "row \(index) of \(source.rows)")
    }
    let columns = source.columns
    source.withPointer { source in
      result.withMutablePointer { result in
        indices.withUnsafeBufferPointer { indices in
          guard let first = indices.baseAddress else { return }
          Scalar.gatherRows(indices.count, columns, first, source, normalized ? 1 : 0, result)
        }
      }
    }
  }

  /// Subtracts one row from the first `rows` rows.
  package static func subtract<Scalar: KernelScalar>(
    _ shift: borrowing Matrix<Scalar>, from result: inout Matrix<Scalar>, rows: Int
  ) {
    precondition(shift.count == result.columns && rows <= result.rows)
    let columns = result.columns
    shift.withPointer { shift in
      result.withMutablePointer { result in Scalar.subtractRow(rows, columns, shift, result) }
    }
  }

  /// Adds the first `rows` rows to `sums`, in 64 bits and in order of rows.
  package static func add<Scalar: KernelScalar>(
    _ x: borrowing Matrix<Scalar>, rows: Int, to sums: inout [Double]
  ) {
    precondition(sums.count == x.columns && rows <= x.rows)
    let columns = x.columns
    x.withPointer { x in
      sums.withUnsafeMutableBufferPointer { sums in
        guard let first = sums.baseAddress else { return }
        Scalar.addRows(rows, columns, x, first)
      }
    }
  }

  /// The dot product of two rows in 64 bits and in a fixed order: equal rows give equal bits.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package static func exactDot<Scalar: KernelScalar>(
    _ a: borrowing Matrix<Scalar>, row rowA: Int, _ b: borrowing Matrix<Scalar>, row rowB: Int
  ) -> Double {
    precondition(a.columns == b.columns && rowA < a.rows && rowB < b.rows)
    let columns = a.columns
    return a.withPointer { a in
      b.withPointer { b in
        Scalar.exactDot(columns, a + rowA * columns, b + rowB * columns)
      }
    }
  }

  /// The value of rank `depth` (from 1, largest first) in one row; `heap` holds `depth` values.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package static func nthLargest<Scalar: KernelScalar>(
    _ depth: Int, inRow row: Int, of x: borrowing Matrix<Scalar>, heap: inout Matrix<Scalar>
  ) -> Scalar {
    precondition(depth >= 1 && depth <= x.columns && heap.count >= depth && row < x.rows)
    let columns = x.columns
    return x.withPointer { x in
      heap.withMutablePointer { heap in Scalar.nthLargest(columns, x + row * columns, depth, heap) }
    }
  }

  /// Positions in one row of the values that are at least `threshold`, ascending.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package static func select<Scalar: KernelScalar>(
    atLeast threshold: Scalar, inRow row: Int, of x: borrowing Matrix<Scalar>,
    into positions: inout [Int32]
  ) -> Int {
    precondition(row < x.rows && positions.count >= x.columns)
    let columns = x.columns
    return x.withPointer { x in
      positions.withUnsafeMutableBufferPointer { positions in
        guard let first = positions.baseAddress else { return 0 }
        return Scalar.selectAtLeast(columns, x + row * columns, threshold, first)
      }
    }
  }
}

extension Matrix {
  /// Row and column of the first value that is not finite, or nil.
  package var firstNonFinite: (row: Int, column: Int)? {
    let position = withPointer { Scalar.firstNonFinite(count, $0) }
    return position < 0 ? nil : (position / columns, position % columns)
  }
}
