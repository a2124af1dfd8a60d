import Foundation

/// The distribution of s / σ, where s² is an estimate of the variance σ² of ν degrees of freedom:
/// √(χ²_ν / ν), of density 2 (ν/2)^(ν/2) / Γ(ν/2) · s^(ν−1) · exp(−ν s² / 2).
///
/// Studentised statistics are means over it of statistics with a known variance.
struct ScaleDistribution {
  private let nodes: [(scale: Double, weight: Double)]

  private static let panels = 16
  /// Standard deviations, 1 / √(2ν), of the range integrated over; beyond it lies less than 1e-17.
  private static let reach = (below: 10.0, above: 12.0)

  /// Places of less weight add nothing to ten digits.
  private static let leastWeight = 1e-16

  init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "\(degreesOfFreedom) degrees of freedom")
    let half = degreesOfFreedom / 2
    let deviation = 1 / (2 * degreesOfFreedom).squareRoot()
    let low = max(0, 1 - Self.reach.below * deviation)
    let width = (1 + Self.reach.above * deviation - low) / Double(Self.panels)
    let logScale = log(2) + half * log(half) - lgamma(half)
    let all = (0..<Self.panels).flatMap { panel in
      GaussLegendre.sixteen.map { node in
        let scale = low + width * (Double(panel) + (node.place + 1) / 2)
        let density = exp(
          logScale + (degreesOfFreedom - 1) * log(scale) - half * scale * scale)
        return (scale: scale, weight: density * node.weight * width / 2)
      }
    }
    nodes = all.filter { $0.weight > Self.leastWeight }
  }

  /// The mean of a function of s / σ.
  func mean(of function: (Double) -> Double) -> Double {
    nodes.reduce(0) { $0 + $1.weight * function($1.scale) }
  }
}
