import Foundation

/// Student's t distribution of a whole number of degrees of freedom.
///
/// With θ = atan(t/√ν) the probability of |T| ≤ t is a finite sum: Abramowitz and Stegun, Handbook
/// of Mathematical Functions, 26.7.3 for odd ν and 26.7.4 for even ν. All terms are positive, so no
/// digits are lost.
package struct StudentDistribution: Sendable, Hashable {
  package let degreesOfFreedom: Int

  package init(degreesOfFreedom: Int) {
    precondition(degreesOfFreedom > 0, "\(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// Probability of |T| ≤ t, for t ≥ 0. O(ν).
  package func central(within t: Double) -> Double {
    central(angle: atan(t / Double(degreesOfFreedom).squareRoot()))
  }

  /// The t ≥ 0 with |T| ≤ t in a share of all cases, 0 ≤ share < 1; 0.95 for an interval of 95 %.
  /// To the last digits of 64 bits, by bisection over θ. O(ν).
  package func halfWidth(containing share: Double) -> Double {
    precondition((0..<1).contains(share), "a share of \(share)")
    var (low, high) = (0.0, Double.pi / 2)
    while true {
      let middle = low + (high - low) / 2
      guard low < middle, middle < high else { break }
      if central(angle: middle) < share { low = middle } else { high = middle }
    }
    return Double(degreesOfFreedom).squareRoot() * tan(low + (high - low) / 2)
  }

  private func central(angle: Double) -> Double {
    let isOdd = degreesOfFreedom % 2 == 1
    let (sine, cosine) = (sin(angle), cos(angle))
    var term = isOdd ? cosine : 1
    var sum = degreesOfFreedom == 1 ? 0 : term
    for next in stride(from: isOdd ? 3 : 2, to: degreesOfFreedom, by: 2) {
      term *= Double(next - 1) / Double(next) * cosine * cosine
      sum += term
    }
    return isOdd ? 2 / .pi * (angle + sine * sum) : sine * sum
  }
}
