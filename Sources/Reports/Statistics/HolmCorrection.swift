/// Holm's correction for several tests: the chance that any of them is a false alarm stays at 5 %,
/// however the tests depend on each other.
///
/// Of m tests the k-th smallest p becomes the greatest of (m − j + 1) · p_j for j ≤ k, 1 at most:
/// Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
/// Statistics 6, 1979.
package enum HolmCorrection {
  /// In the order given.
  package static func corrected(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var corrected = values
    var greatest = 0.0
    for (rank, place) in order.enumerated() {
      greatest = max(greatest, min(1, Double(values.count - rank) * values[place]))
      corrected[place] = greatest
    }
    return corrected
  }
}
