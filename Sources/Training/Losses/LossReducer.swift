/// What the terms of a loss are divided by. The number counts as a constant in the gradient.
package enum LossReducer: String, Sendable, CaseIterable {
  /// The number of terms above 0.
  case nonzero
  /// The number of terms.
  case all
}

/// Terms of a loss, as they come in.
struct LossTerms {
  private(set) var sum = 0.0
  private var count = 0
  private var nonzero = 0

  mutating func add(_ term: Double) {
    sum += term
    count += 1
    if term > 0 { nonzero += 1 }
  }

  /// What multiplies the sum and its gradient; 0 where there is nothing to divide by.
  func factor(_ reducer: LossReducer) -> Double {
    let divisor = reducer == .all ? count : nonzero
    return divisor == 0 ? 0 : 1 / Double(divisor)
  }
}
