/// How much of the variation of a measure goes with one setting, or with two together beyond what
/// goes with each.
package struct SensitivityTerm: Sendable {
  /// Places of one or two factors, ascending.
  package let factors: [Int]
  /// Of all variation; 0…1.
  package let share: Double
  /// What noise alone would give on average; nil where that is not known.
  package var chanceShare: Double?
  package var degreesOfFreedom: Int?
  /// The term's mean square over that of the noise.
  package var ratio: Double?
  /// Probability of such a ratio by noise alone.
  package var p: Double?
  /// Standard deviation of the share over the trees of a forest.
  package var shareDeviation: Double?

  init(factors: [Int], share: Double) {
    self.factors = factors
    self.share = share
  }
}
