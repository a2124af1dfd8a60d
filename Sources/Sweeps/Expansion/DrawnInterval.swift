internal import Foundation

/// An interval from which trials draw a value.
struct DrawnInterval: Sendable, Hashable {
  enum Scale: String, Sendable, CaseIterable {
    case uniform
    case logUniform = "log_uniform"
    /// Whole numbers, both ends included.
    case intUniform = "int_uniform"
  }

  var scale: Scale
  var low: Double
  var high: Double

  /// The value at a share of the interval, 0 ≤ share < 1.
  ///
  /// Six significant digits: enough to tell settings apart, short enough to type again, and no last
  /// bit of the host's mathematics reaches a job key.
  func value(at share: Double) -> Double {
    switch scale {
    case .uniform: rounded(low + (high - low) * share)
    case .logUniform: rounded(exp(log(low) * (1 - share) + log(high) * share))
    case .intUniform: min(high, low + ((high - low + 1) * share).rounded(.down))
    }
  }

  private func rounded(_ value: Double) -> Double {
    min(high, max(low, Double(String(format: "%.5e", value)) ?? value))
  }
}
