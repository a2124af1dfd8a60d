/// Fisher's F distribution: the ratio of two mean squares of normal values of one variance.
///
/// P(F > x) = I_{ν₂/(ν₂ + ν₁x)}(ν₂/2, ν₁/2): Abramowitz and Stegun, Handbook of Mathematical
/// Functions, 26.6.2.
package struct FisherDistribution: Sendable, Hashable {
  /// ν₁, of the mean square above the line.
  package let numerator: Int
  /// ν₂, of the one below.
  package let denominator: Int

  package init(numerator: Int, denominator: Int) {
    precondition(
      numerator > 0 && denominator > 0, "\(numerator) and \(denominator) degrees of freedom")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Probability of a ratio above `ratio` ≥ 0.
  package func above(_ ratio: Double) -> Double {
    guard ratio.isFinite else { return 0 }
    let (first, second) = (Double(numerator) * ratio, Double(denominator))
    return IncompleteBeta(a: second / 2, b: Double(numerator) / 2)
      .value(at: second / (second + first), complement: first / (second + first))
  }
}
