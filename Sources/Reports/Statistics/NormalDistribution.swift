import Foundation

/// The standard normal distribution.
package enum NormalDistribution {
  package static func density(_ x: Double) -> Double {
    exp(-x * x / 2) / (2 * .pi).squareRoot()
  }

  /// Probability of less than x: erfc(−x / √2) / 2, which keeps the digits of small tails.
  package static func below(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

  /// The x below which a share of all cases lies; infinite for 0 and 1. By bisection.
  package static func quantile(_ share: Double) -> Double {
    precondition((0...1).contains(share), "a share of \(share)")
    if share == 0 { return -.infinity }
    if share == 1 { return .infinity }
    // On the side of the small tail, where numbers are dense.
    if share > 0.5 { return -quantile(1 - share) }
    return Bisection.root(between: -40, and: 0) { below($0) - share }
  }
}
