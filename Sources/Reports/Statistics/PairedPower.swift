import Foundation

/// What a paired t test of n pairs can show.
package enum PairedPower {
  /// Probability that a two-sided test at 5 % finds a true difference of `effect` standard
  /// deviations of the differences: P(|T′| > t) of Student's noncentral t with the noncentrality
  /// effect · √n, E_s[Φ(δ − t s) + Φ(−δ − t s)]. Cohen, Statistical Power Analysis for the
  /// Behavioral Sciences, 2nd edition, 1988, chapter 2.
  package static func power(pairs: Int, effect: Double) -> Double {
    precondition(pairs > 1, "\(pairs) pairs")
    return power(Setting(pairs: pairs), effect: effect)
  }

  /// The true difference, in standard deviations of the differences, that such a test finds in a
  /// share `power` of all cases.
  package static func smallestEffect(pairs: Int, power wanted: Double = 0.8) -> Double {
    precondition(pairs > 1, "\(pairs) pairs")
    let setting = Setting(pairs: pairs)
    var high = 1.0
    while power(setting, effect: high) < wanted { high *= 2 }
    return FalsePosition.root(between: 0, and: high, tolerance: 1e-10) {
      power(setting, effect: $0) - wanted
    }
  }

  private struct Setting {
    let pairs: Int
    let critical: Double
    let scale: ScaleDistribution

    init(pairs: Int) {
      self.pairs = pairs
      let degrees = Double(pairs - 1)
      critical = StudentDistribution(degreesOfFreedom: degrees)
        .halfWidth(containing: CellStatistics.confidence)
      scale = ScaleDistribution(degreesOfFreedom: degrees)
    }
  }

  private static func power(_ setting: Setting, effect: Double) -> Double {
    let noncentrality = effect * Double(setting.pairs).squareRoot()
    return setting.scale.mean { scale in
      let reach = setting.critical * scale
      return NormalDistribution.below(noncentrality - reach)
        + NormalDistribution.below(-noncentrality - reach)
    }
  }
}
