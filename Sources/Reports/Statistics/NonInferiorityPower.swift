import Foundation

/// How many seeds it takes to show that nothing was lost, where nothing was.
package enum NonInferiorityPower {
  private static let mostSeeds = 10_000

  /// Probability that the lower bound of `OneSidedDifference` lies above −margin where the true
  /// difference is 0: P(T′ > t) of Student's noncentral t with the noncentrality margin / error,
  /// E_s[Φ(δ − t s)].
  package static func power(margin: Double, error: Double, degreesOfFreedom: Double) -> Double {
    let student = StudentDistribution(degreesOfFreedom: degreesOfFreedom)
    let t = student.halfWidth(containing: 1 - 2 * GateLevel.error)
    let delta = margin / error
    return ScaleDistribution(degreesOfFreedom: degreesOfFreedom).mean {
      NormalDistribution.below(delta - t * $0)
    }
  }

  /// The least number of pairs, or of values on each side where they are not paired, with which a
  /// share `power` of unchanged cells pass; nil where none of reasonable size does.
  ///
  /// - Parameter variances: That of the differences; or those of both sides, for values that are
  ///   not paired.
  package static func seedsNeeded(
    margin: Double, variances: [Double], power wanted: Double = 0.9
  ) -> Int? {
    let total = variances.reduce(0, +)
    guard total > 0 else { return 2 }
    let squares = variances.reduce(0) { $0 + $1 * $1 }
    func suffices(_ seeds: Int) -> Bool {
      power(
        margin: margin, error: (total / Double(seeds)).squareRoot(),
        degreesOfFreedom: Double(seeds - 1) * total * total / squares) >= wanted
    }
    var high = 2
    while !suffices(high) {
      high *= 2
      if high > mostSeeds { return nil }
    }
    var low = high / 2
    while high - low > 1 {
      let middle = (low + high) / 2
      if middle > 1, suffices(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
