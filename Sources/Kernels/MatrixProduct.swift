/// One call of a matrix product, C = alpha op(A) op(B) + beta C, row-major.
package struct ProductCall<Scalar: KernelScalar> {
  var transposeA: Bool
  var transposeB: Bool
  /// op(A) is m × k, op(B) is k × n, C is m × n.
  var m: Int
  var n: Int
  var k: Int
  var alpha: Scalar
  var a: UnsafePointer<Scalar>
  var leadingA: Int
  var b: UnsafePointer<Scalar>
  var leadingB: Int
  var beta: Scalar
  var c: UnsafeMutablePointer<Scalar>
  var leadingC: Int
}

extension BLASLibrary {
  /// `result = op(a) · op(b)`, where op transposes if asked to. O(m n k).
  package func multiply<Scalar: KernelScalar>(
    _ a: borrowing Matrix<Scalar>, transposingFirst transposeA: Bool = false,
    _ b: borrowing Matrix<Scalar>, transposingSecond transposeB: Bool = false,
    into result: inout Matrix<Scalar>
  ) {
    precondition(
      result.columns == (transposeB ? b.rows : b.columns),
      "\(transposeB ? b.rows : b.columns) columns into \(result.columns)")
    multiply(
      a, rows: 0..<a.rows, transposingFirst: transposeA, b, rows: 0..<b.rows,
      transposingSecond: transposeB,
      into: &result, rows: 0..<result.rows)
  }

  /// The same over ranges of rows of each matrix: what a pass in blocks needs. Fills the first
  /// columns of a wider result; the product is added to what is there if asked to.
  package func multiply<Scalar: KernelScalar>(
    _ a: borrowing Matrix<Scalar>, rows rowsA: Range<Int>, transposingFirst transposeA: Bool,
    _ b: borrowing Matrix<Scalar>, rows rowsB: Range<Int>, transposingSecond transposeB: Bool,
    into result: inout Matrix<Scalar>, rows rowsC: Range<Int>,
    accumulating: Bool = false
  ) {
    let m = transposeA ? a.columns : rowsA.count
    let k = transposeA ? rowsA.count : a.columns
    let n = transposeB ? rowsB.count : b.columns
    let inner = transposeB ? b.columns : rowsB.count
    precondition(
      k == inner && rowsC.count == m && result.columns >= n,
      "\(m)×\(k) times \(inner)×\(n) into \(rowsC.count)×\(result.columns)")
    precondition(
      rowsA.upperBound <= a.rows && rowsB.upperBound <= b.rows && rowsC.upperBound <= result.rows)
    guard m > 0, n > 0 else { return }
    let (columnsA, columnsB, columnsC) = (a.columns, b.columns, result.columns)
    a.withPointer { aBase in
      b.withPointer { bBase in
        result.withMutablePointer { cBase in
          Scalar.product(
            self,
            ProductCall(
              transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: 1,
              a: aBase + rowsA.lowerBound * columnsA, leadingA: columnsA,
              b: bBase + rowsB.lowerBound * columnsB, leadingB: columnsB,
              beta: accumulating ? 1 : 0,
              c: cBase + rowsC.lowerBound * columnsC, leadingC: columnsC))
        }
      }
    }
  }

  /// `result = a · aᵀ`, `rows × rows`, exactly symmetric. Half the work of `multiply`.
  package func gram<Scalar: KernelScalar>(
    _ a: borrowing Matrix<Scalar>, into result: inout Matrix<Scalar>
  ) {
    precondition(
      result.rows == a.rows && result.columns == a.rows,
      "the Gram matrix of \(a.rows) rows into \(result.rows)×\(result.columns)")
    let (size, columns) = (a.rows, a.columns)
    guard size > 0 else { return }
    a.withPointer { aBase in
      result.withMutablePointer { cBase in
        Scalar.gram(self, size, columns, aBase, cBase)
        Scalar.mirrorLower(size, cBase)
      }
    }
  }
}
