/// Distances between the unit rows of a batch, from one Gram matrix: d² = 2 − 2 s.
///
/// Where two rows nearly touch that difference has no digits left; there it is summed directly,
/// losses.md §1. The diagonal is exactly 0.
package struct PairDistances<Scalar: KernelScalar>: ~Copyable {
  /// Below this d² the difference of the rows is taken.
  private static var nearlyTouching: Scalar { 0.01 }

  package let size: Int
  /// `batch × batch`, symmetric.
  package var matrix: Matrix<Scalar>

  package init(size: Int) {
    self.size = size
    matrix = Matrix(rows: size, columns: size)
  }

  package subscript(row: Int, column: Int) -> Scalar { matrix[row, column] }

  /// Fills `matrix` with the distances of the rows of `unit`, `batch × embedding`. O(N² D).
  @specialized(where Scalar == Float)
  package mutating func fill(unit: borrowing Matrix<Scalar>, blas: BLASLibrary) {
    precondition(unit.rows == size, "\(unit.rows) rows for \(size) distances")
    blas.gram(unit, into: &matrix)
    let (size, columns) = (size, unit.columns)
    unit.withPointer { unit in
      matrix.withMutablePointer { matrix in
        for row in 0..<size {
          matrix[row * size + row] = 0
          for column in 0..<row {
            var square = 2 - 2 * matrix[row * size + column]
            if square < Self.nearlyTouching {
              square = Self.squaredDistance(unit + row * columns, unit + column * columns, columns)
            }
            let distance = square.squareRoot()
            matrix[row * size + column] = distance
            matrix[column * size + row] = distance
          }
        }
      }
    }
  }

  private static func squaredDistance(
    _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ count: Int
  ) -> Scalar {
    var sum = 0.0
    for position in 0..<count {
      let difference = Double(a[position]) - Double(b[position])
      sum += difference * difference
    }
    return Scalar(sum)
  }
}
