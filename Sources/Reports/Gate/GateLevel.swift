/// The constants of the gate's judgement.
package enum GateLevel {
  /// How often a judgement may be wrong.
  package static let error = 0.05
  /// Recent nights that together are the second thing to judge against, and with whose cost a night
  /// is compared.
  package static let windowNights = 14
  /// Nights that are looked through for distinct ones.
  package static let searchedNights = 60
  /// Nights that a median of costs needs.
  package static let leastCostNights = 3
  /// What a night may cost more than the median.
  package static let costRise = 1.25
}
