internal import COpenBLAS

/// The eigenvalues of a symmetric matrix, largest first, with their vectors.
///
/// Each vector has unit length and its entry of largest magnitude is positive (the first of
/// equal ones), so that a vector is one and not one of two. LAPACK's `dsyevd`.
package struct SymmetricEigen: ~Copyable {
  package let values: [Double]
  /// One vector a row, in the order of `values`; `size × size`.
  package let vectors: Matrix<Double>

  /// Takes the lower triangle of `matrix`, `size × size`, finite. O(size³).
  package init(of matrix: consuming Matrix<Double>, blas: BLASLibrary) {
    precondition(
      matrix.rows == matrix.columns, "eigenvalues of \(matrix.rows) × \(matrix.columns)")
    let size = matrix.rows
    var ascending = [Double](repeating: 0, count: size)
    if size > 0 { Self.solve(&matrix, values: &ascending, blas: blas) }
    var vectors = Matrix<Double>(rows: size, columns: size)
    matrix.withPointer { solved in
      vectors.withMutablePointer { vectors in
        for place in 0..<size {
          let source = UnsafeBufferPointer(start: solved + (size - 1 - place) * size, count: size)
          Self.copy(source, to: vectors + place * size)
        }
      }
    }
    values = ascending.reversed()
    self.vectors = vectors
  }

  private static func copy(
    _ vector: UnsafeBufferPointer<Double>, to result: UnsafeMutablePointer<Double>
  ) {
    var peak = 0
    for entry in vector.indices where abs(vector[entry]) > abs(vector[peak]) { peak = entry }
    let sign: Double = vector[peak] < 0 ? -1 : 1
    for entry in vector.indices { result[entry] = sign * vector[entry] }
  }

  /// Replaces the matrix by its vectors, one a row, in ascending order of `values`.
  private static func solve(
    _ matrix: inout Matrix<Double>, values: inout [Double], blas: BLASLibrary
  ) {
    let size = blasint(matrix.rows)
    let workSize = 1 + 6 * matrix.rows + 2 * matrix.rows * matrix.rows
    let integerWorkSize = 3 + 5 * matrix.rows
    var work = [Double](repeating: 0, count: workSize)
    var integerWork = [blasint](repeating: 0, count: integerWorkSize)
    var info: blasint = 0
    matrix.withMutablePointer { matrix in
      // Fortran keeps columns together: its upper triangle is the lower one here.
      withUnsafePointer(to: size) { size in
        withUnsafePointer(to: blasint(workSize)) { workSize in
          withUnsafePointer(to: blasint(integerWorkSize)) { integerWorkSize in
            blas.dsyevd(
              "V", "U", size, matrix, size, &values, &work, workSize, &integerWork,
              integerWorkSize, &info, 1, 1)
          }
        }
      }
    }
    precondition(info == 0, "dsyevd of \(size) × \(size) ended with \(info)")
  }
}
