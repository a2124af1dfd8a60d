import Foundation

/// Student's t distribution; the degrees of freedom need not be a whole number.
///
/// P(|T| > t) = I_x(ν/2, 1/2) with x = ν / (ν + t²): Abramowitz and Stegun, Handbook of
/// Mathematical Functions, 26.7.1 and 26.5.27.
package struct StudentDistribution: Sendable, Hashable {
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "\(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// Probability of |T| > |t|: the p of a two-sided test.
  package func outside(_ t: Double) -> Double {
    guard t.isFinite else { return t.isNaN ? .nan : 0 }
    let square = t * t
    return IncompleteBeta(a: degreesOfFreedom / 2, b: 0.5).value(
      at: degreesOfFreedom / (degreesOfFreedom + square),
      complement: square / (degreesOfFreedom + square))
  }

  /// The t ≥ 0 with |T| ≤ t in a share of all cases, 0 ≤ share < 1; 0.95 for an interval of 95 %.
  /// By bisection over atan(t / √ν), down to neighbouring numbers.
  package func halfWidth(containing share: Double) -> Double {
    precondition((0..<1).contains(share), "a share of \(share)")
    let root = degreesOfFreedom.squareRoot()
    let angle = Bisection.root(between: 0, and: .pi / 2) {
      1 - share - outside(root * tan($0))
    }
    return root * tan(angle)
  }
}
