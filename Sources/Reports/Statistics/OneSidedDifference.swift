import Foundation

/// A difference of means with bounds of one side, for tests of "not worse by more than".
///
/// The lower bound at an error of 5 % lies below the true difference in 95 % of all cases, so a
/// loss of more than a margin is excluded where it lies above −margin: Schuirmann, "A comparison of
/// the two one-sided tests procedure", Journal of Pharmacokinetics and Biopharmaceutics 15, 1987.
package struct OneSidedDifference: Sendable, Hashable {
  /// What is known of how far the estimate may be off.
  private enum Doubt: Sendable, Hashable {
    /// The sides are the same, value by value.
    case none
    /// All differences are one and the same number: Student's t has no spread to go by. The least
    /// and the greatest difference bound the median with the error of a sign test, 2⁻ⁿ for n pairs
    /// and 1 / C(n + m, n) for n and m values that are not paired.
    case ties(error: Double)
    case student(error: Double, degreesOfFreedom: Double)
  }

  /// First side minus second side.
  package let mean: Double
  private let doubt: Doubt

  /// Of values in pairs; nil for a single pair of different values, and without any.
  package init?(_ pairs: [(first: Double, second: Double)]) {
    guard let paired = PairedDifference(pairs) else { return nil }
    mean = paired.statistics.mean
    let count = paired.statistics.count
    if pairs.allSatisfy({ $0.first == $0.second }) {
      doubt = .none
    } else if let deviation = paired.statistics.deviation {
      doubt =
        deviation > 0
        ? .student(
          error: deviation / Double(count).squareRoot(), degreesOfFreedom: Double(count - 1))
        : .ties(error: pow(0.5, Double(count)))
    } else {
      return nil
    }
  }

  /// Of values that are not paired; nil where a side has fewer than two.
  package init?(_ first: [Double], _ second: [Double]) {
    guard let welch = WelchDifference(first, second) else { return nil }
    mean = welch.mean
    if let degrees = welch.degreesOfFreedom {
      doubt = .student(error: welch.standardError, degreesOfFreedom: degrees)
    } else if welch.mean == 0 {
      doubt = .none
    } else {
      let (n, m) = (Double(first.count), Double(second.count))
      doubt = .ties(error: exp(lgamma(n + 1) + lgamma(m + 1) - lgamma(n + m + 1)))
    }
  }

  /// −∞ where so few values tell nothing at this error.
  package func lowerBound(error: Double) -> Double { mean - reach(error: error) }

  /// ∞ where so few values tell nothing at this error.
  package func upperBound(error: Double) -> Double { mean + reach(error: error) }

  private func reach(error allowed: Double) -> Double {
    switch doubt {
    case .none: 0
    case .ties(let error): error <= allowed ? 0 : .infinity
    case .student(let error, let degrees):
      error
        * StudentDistribution(degreesOfFreedom: degrees).halfWidth(containing: 1 - 2 * allowed)
    }
  }

  /// Probability of a difference as low as this one, or lower, where the true one is 0.
  package var pOfLoss: Double {
    switch doubt {
    case .none: return 1
    case .ties(let error): return mean < 0 ? error : 1
    case .student(let error, let degrees):
      let outside = StudentDistribution(degreesOfFreedom: degrees).outside(mean / error)
      return mean < 0 ? outside / 2 : 1 - outside / 2
    }
  }
}
