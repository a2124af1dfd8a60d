import Kernels

/// Random rows of unit length.
enum UnitRows {
  /// Rows of uniform direction in a cube around 0.
  static func scattered(_ count: Int, _ dimension: Int, seed: UInt64) -> Matrix<Float> {
    let stream = RandomStream(seed: seed, stream: .synthesis)
    return normalized(
      Matrix(
        rows: count, columns: dimension,
        values: (0..<count * dimension).map { Float(stream.uniform(at: UInt32($0)) - 0.5) }))
  }

  /// Rows around one random centre a class, `noise` wide; row i is of class `labels[i]`.
  static func clustered(
    _ labels: [Int32], _ dimension: Int, noise: Double, seed: UInt64
  ) -> Matrix<Float> {
    let stream = RandomStream(seed: seed, stream: .synthesis)
    var x = Matrix<Float>(rows: labels.count, columns: dimension)
    for row in labels.indices {
      for column in 0..<dimension {
        let center = stream.uniform(at: UInt32(column), tag: UInt64(labels[row])) - 0.5
        let shift = stream.uniform(at: UInt32(column), tag: 1 << 32 | UInt64(row)) - 0.5
        x[row, column] = Float(center + noise * shift)
      }
    }
    return normalized(x)
  }

  private static func normalized(_ x: consuming Matrix<Float>) -> Matrix<Float> {
    var unit = x
    RowOperations.normalizeInPlace(&unit, rows: unit.rows)
    return unit
  }
}
