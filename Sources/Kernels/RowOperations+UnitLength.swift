extension RowOperations {
  /// Whether a row is at unit length as far as `normalize` can tell: no row that it gives is
  /// farther from 1.
  ///
  /// With n columns and unit roundoff u, `normalize` takes ‖x‖² in sums over 16 lanes, n/16 + 20
  /// roundings deep, the root of it and a quotient for each value, which together leave
  /// |‖unit‖² − 1| ≤ (n/16 + 24) u.
  package static func isAtUnitLength(
    _ x: borrowing Matrix<Float>, row: Int
  ) -> Bool {
    let roundings = Double(x.columns / 16 + 24)
    let roundoff = Double(Float.ulpOfOne) / 2
    return abs(exactDot(x, row: row, x, row: row) - 1) <= roundings * roundoff
  }

  /// Copies the rows named by `indices` to the first rows of `result`, at unit length. A row that
  /// is so already is copied as it is: normalising it again would only round it again, and what
  /// was computed with it once could not be computed again.
  package static func gatherAtUnitLength(
    _ indices: [Int64], from source: borrowing Matrix<Float>, into result: inout Matrix<Float>
  ) {
    gather(indices, from: source, normalized: true, into: &result)
    for (place, index) in indices.enumerated() where isAtUnitLength(source, row: Int(index)) {
      let columns = source.columns
      source.withPointer { source in
        result.withMutablePointer { result in
          (result + place * columns).update(from: source + Int(index) * columns, count: columns)
        }
      }
    }
  }
}
