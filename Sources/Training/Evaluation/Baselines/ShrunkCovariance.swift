internal import Kernels

/// A covariance drawn towards a multiple of the identity, so that it can be inverted.
///
/// Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices",
/// Journal of Multivariate Analysis 88 (2004): with `S = XᵀX / n`, `m = tr S / p`,
/// `d² = ‖S − m I‖² / p` and `b² = min(d², (Σ_k ‖x_k‖⁴ / n − ‖S‖²) / (n p))`, the estimate is
/// `b²/d² · m I + (1 − b²/d²) S`. As scikit-learn does, columns are first brought to unit
/// variance and the estimate is brought back.
enum ShrunkCovariance {
  /// The estimate from some rows of `x`, less their mean; `columns × columns`.
  static func estimate(
    _ rows: [Int], of x: borrowing Matrix<Double>, blas: BLASLibrary
  ) -> Matrix<Double> {
    let (count, columns) = (Double(rows.count), x.columns)
    var standard = Matrix<Double>(rows: rows.count, columns: columns)
    var scales = [Double](repeating: 1, count: columns)
    for column in 0..<columns {
      var mean = 0.0
      for row in rows { mean += x[row, column] }
      mean /= count
      var square = 0.0
      for (place, row) in rows.enumerated() {
        standard[place, column] = x[row, column] - mean
        square += standard[place, column] * standard[place, column]
      }
      let deviation = (square / count).squareRoot()
      if deviation > 10 * Double.ulpOfOne { scales[column] = deviation }
      for place in rows.indices { standard[place, column] /= scales[column] }
    }
    var result = Matrix<Double>(rows: columns, columns: columns)
    blas.multiply(standard, transposingFirst: true, standard, into: &result)
    shrink(&result, of: standard, scales: scales)
    return result
  }

  /// Turns `XᵀX` into the estimate, in the units of the columns.
  private static func shrink(
    _ products: inout Matrix<Double>, of x: borrowing Matrix<Double>, scales: [Double]
  ) {
    let (count, columns) = (Double(x.rows), products.columns)
    var fourth = 0.0
    for row in 0..<x.rows {
      let square = RowOperations.exactDot(x, row: row, x, row: row)
      fourth += square * square
    }
    products.withMutableValues { values in
      var trace = 0.0
      for column in 0..<columns { trace += values[column * columns + column] / count }
      let mean = trace / Double(columns)
      var (norm, distance) = (0.0, 0.0)
      for row in 0..<columns {
        for column in 0..<columns {
          let value = values[row * columns + column] / count
          let difference = row == column ? value - mean : value
          norm += value * value
          distance += difference * difference
        }
      }
      distance /= Double(columns)
      let error = min((fourth / count - norm) / (count * Double(columns)), distance)
      let share = error > 0 ? error / distance : 0
      for row in 0..<columns {
        for column in 0..<columns {
          let value = (1 - share) * values[row * columns + column] / count
          values[row * columns + column] =
            (row == column ? value + share * mean : value) * scales[row] * scales[column]
        }
      }
    }
  }
}
