/// The exact permutation test of paired differences: were the two sides alike, each difference
/// could as well have had the other sign.
///
/// p is the share of the 2ⁿ choices of signs whose sum is at least as far from 0 as the observed
/// one: Fisher, The Design of Experiments, 1935, section 21.
package struct SignFlipTest: Sendable, Hashable {
  package let p: Double
  /// The least p that so many pairs can give, 2 / 2ⁿ: all differences of one sign.
  package let smallestP: Double

  /// With fewer the least p is above 5 %, with more there are too many choices to count; there
  /// the t test has nothing to fear from other distributions.
  package static let counts = 6...20

  /// Sums that differ by rounding only are the same: relative to the sum of absolute values.
  private static let rounding = 1e-12

  /// Nil for another number of differences than `counts`. O(2ⁿ).
  package init?(_ differences: [Double]) {
    guard Self.counts.contains(differences.count), differences.allSatisfy(\.isFinite) else {
      return nil
    }
    let observed = abs(differences.reduce(0, +))
    let least = observed - Self.rounding * differences.reduce(0) { $0 + abs($1) }
    // Half of the choices are the others with all signs changed.
    let half = 1 << (differences.count - 1)
    var extreme = 0
    for signs in 0..<half {
      var sum = 0.0
      for (place, difference) in differences.enumerated() {
        sum += signs >> place & 1 == 1 ? -difference : difference
      }
      if abs(sum) >= least { extreme += 1 }
    }
    p = Double(extreme) / Double(half)
    smallestP = 1 / Double(half)
  }
}
