package import Kernels

/// `x ↦ P (x − mean)`, or `x − mean` where nothing is projected.
///
/// Entries are summed one by one in order, so equal rows have equal results wherever they lie.
package final class LinearTransform: Sendable {
  /// `1 × inputs`.
  package let mean: Matrix<Float>
  /// `outputs × inputs`; no rows where nothing is projected.
  package let projection: Matrix<Float>

  package init(mean: consuming Matrix<Float>, projection: consuming Matrix<Float>) {
    precondition(
      mean.rows == 1 && (projection.rows == 0 || projection.columns == mean.columns),
      "a mean of \(mean.columns) and a projection of \(projection.columns) values")
    self.mean = mean
    self.projection = projection
  }

  package convenience init(mean: consuming Matrix<Float>) {
    let columns = mean.columns
    self.init(mean: mean, projection: Matrix(rows: 0, columns: columns))
  }

  package var projects: Bool { projection.rows > 0 }

  package var inputs: Int { mean.columns }

  package var outputs: Int { projects ? projection.rows : inputs }

  /// Subtracts the mean from the first `rows` rows.
  func center(_ x: inout Matrix<Float>, rows: Int) {
    RowOperations.subtract(mean, from: &x, rows: rows)
  }

  /// The transform of the first `rows` rows, which lose their mean.
  func project(_ x: inout Matrix<Float>, rows: Int) -> Matrix<Float> {
    center(&x, rows: rows)
    var result = Matrix<Float>(rows: rows, columns: outputs)
    RowOperations.orderedProduct(x, rows: rows, transposing: projection, into: &result)
    return result
  }
}
