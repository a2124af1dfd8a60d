extension Matrix {
  /// Replaces part of a row, x, by `softmax(scale x)` and returns `log Σ exp(scale x)`.
  ///
  /// Shifted by the largest value; summed in order, in 64 bits. What is −∞ does not take part;
  /// where nothing does, the row becomes 0 and the result is −∞. What is not a number makes the
  /// result not a number.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func softmax(
    row: Int, columns part: Range<Int>, scale: Double = 1
  ) -> Double {
    precondition(
      row >= 0 && row < rows && part.lowerBound >= 0 && part.upperBound <= columns && scale > 0,
      "columns \(part) of row \(row) of \(rows) × \(columns), times \(scale)")
    guard !part.isEmpty else { return -.infinity }
    let (first, count, factor) = (row * columns + part.lowerBound, part.count, Scalar(scale))
    return withMutablePointer { base in
      let x = base + first
      var peak = x[0]
      for position in 0..<count where !(x[position] <= peak) { peak = x[position] }
      guard peak != -.infinity else {
        x.update(repeating: 0, count: count)
        return -.infinity
      }
      for position in 0..<count { x[position] = factor * (x[position] - peak) }
      Scalar.exponential(count, x, x)
      var sum = 0.0
      for position in 0..<count { sum += Double(x[position]) }
      let share = Scalar(1 / sum)
      for position in 0..<count { x[position] *= share }
      return scale * Double(peak) + PortableMath.logarithm(sum)
    }
  }

  /// Adds the gradient through a softmax, `factor p ∘ (g − Σ p g)`, to the first columns of a row.
  /// p and g, the gradient by p, are the columns `part` of the same row of matrices of one shape.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  package mutating func addSoftmaxGradient(
    row: Int, of p: borrowing Matrix, gradient g: borrowing Matrix, columns part: Range<Int>,
    times factor: Scalar = 1
  ) {
    precondition(
      row >= 0 && row < min(rows, p.rows, g.rows) && p.columns == g.columns
        && part.lowerBound >= 0 && part.upperBound <= p.columns && part.count <= columns,
      "columns \(part) of row \(row) of \(p.rows) × \(p.columns) to \(rows) × \(columns)")
    let (first, start, count) = (row * columns, row * p.columns + part.lowerBound, part.count)
    p.withPointer { p in
      g.withPointer { g in
        withMutablePointer { values in
          var along = 0.0
          for place in start..<(start + count) { along += Double(p[place]) * Double(g[place]) }
          let mean = Scalar(along)
          for column in 0..<count {
            values[first + column] += factor * p[start + column] * (g[start + column] - mean)
          }
        }
      }
    }
  }
}
