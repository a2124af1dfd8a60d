/// Distances between the unit rows of a batch, from one Gram matrix: d² = 2 − 2 s.
///
/// Where two rows nearly touch that difference has no digits left; there it is summed directly,
/// losses.md §1. The diagonal is exactly 0.
package struct PairDistances<Scalar: KernelScalar>: ~Copyable {
  package let size: Int
  /// `batch × batch`, symmetric.
  package var matrix: Matrix<Scalar>

  package init(size: Int) {
    self.size = size
    matrix = Matrix(rows: size, columns: size)
  }

  package subscript(row: Int, column: Int) -> Scalar { matrix[row, column] }

  /// Fills `matrix` with the distances of the rows of `unit`, `batch × embedding`. O(N² D).
  package mutating func fill(unit: borrowing Matrix<Scalar>, blas: BLASLibrary) {
    precondition(unit.rows == size, "\(unit.rows) rows for \(size) distances")
    blas.gram(unit, into: &matrix)
    let (size, columns) = (size, unit.columns)
    unit.withPointer { unit in
      matrix.withMutablePointer { Scalar.pairDistances(size, columns, unit, $0) }
    }
  }
}
