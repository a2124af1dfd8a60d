/// What the nightly gate says of a sweep.
package enum GateVerdict: String, Sendable, Codable, CaseIterable {
  case pass
  case regression
  case cannotJudge = "cannot_judge"

  /// The one that counts of two: a regression before what cannot be judged.
  package func joined(with other: GateVerdict) -> GateVerdict {
    if self == .regression || other == .regression { return .regression }
    return self == .cannotJudge ? self : other
  }
}
