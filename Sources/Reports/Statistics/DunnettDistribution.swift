import Foundation

/// The greatest of several differences to one mean, each divided by its standard error: m values of
/// a multivariate t distribution with correlations of 1/2 between any two, as those of equally many
/// observations have.
///
/// With Z₀ the reference's own deviation and s the estimated over the true standard deviation,
/// P(max |T| ≤ d) = E_s ∫ φ(z) [Φ(√2 d s + z) − Φ(−√2 d s + z)]^m dz and
/// P(max T ≤ d) = E_s ∫ φ(z) Φ(√2 d s + z)^m dz: Dunnett, "A multiple comparison procedure for
/// comparing several treatments with a control", Journal of the American Statistical Association
/// 50, 1955. Here both integrals are computed numerically, to about ten digits.
package struct DunnettDistribution: Sendable {
  package enum Side: Sendable {
    /// Of the absolute values: a difference in either direction.
    case both
    /// Of the values: a difference in one direction.
    case one
  }

  private let comparisons: Int
  private let side: Side
  private let scale: ScaleDistribution

  /// Steps of the trapezoidal rule, which converges faster than any power of the step for a smooth
  /// function that vanishes at both ends.
  private static let normal: [(place: Double, weight: Double)] = stride(
    from: -8.5, through: 8.5, by: 0.25
  ).map { ($0, 0.25 * NormalDistribution.density($0)) }

  package init(comparisons: Int, degreesOfFreedom: Double, side: Side) {
    precondition(comparisons > 0, "\(comparisons) comparisons")
    self.comparisons = comparisons
    self.side = side
    scale = ScaleDistribution(degreesOfFreedom: degreesOfFreedom)
  }

  /// Probability that all stay within d.
  package func within(_ d: Double) -> Double { 1 - outside(d) }

  /// Probability that any lies beyond d, the p of the greatest difference.
  package func outside(_ d: Double) -> Double {
    let power = Double(comparisons)
    return min(
      1,
      scale.mean { scale in
        let reach = 2.0.squareRoot() * d * scale
        return Self.normal.reduce(0) { sum, node in
          let below = NormalDistribution.below(reach + node.place)
          let share =
            side == .one ? below : below - NormalDistribution.below(node.place - reach)
          // 1 − share^m without the digits that are lost next to 1.
          return sum + node.weight * (share > 0 ? -expm1(power * log(share)) : 1)
        }
      })
  }

  /// The d within which all stay in a share of all cases, to nine digits.
  package func halfWidth(containing share: Double) -> Double {
    precondition((0..<1).contains(share), "a share of \(share)")
    var high = 1.0
    while outside(high) > 1 - share { high *= 2 }
    return FalsePosition.root(between: 0, and: high, tolerance: 1e-9) {
      1 - share - outside($0)
    }
  }
}
