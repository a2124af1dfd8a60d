extension Matrix {
  /// Replaces part of a row, x, by `softmax(scale x)` and returns `log Σ exp(scale x)`.
  ///
  /// Shifted by the largest value; summed in order, in 64 bits. What is −∞ does not take part;
  /// where nothing does, the row becomes 0 and the result is −∞. What is not a number makes the
  /// result not a number.
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
}
