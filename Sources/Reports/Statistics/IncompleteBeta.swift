import Foundation

/// The regularised incomplete beta function I_x(a, b).
///
/// By the continued fraction 26.5.8 of Abramowitz and Stegun, Handbook of Mathematical Functions,
/// evaluated forwards by the method of Lentz (Applied Optics 15, 1976) on the side where it
/// converges fast, x < (a + 1) / (a + b + 2), and by I_x(a, b) = 1 − I_{1−x}(b, a) on the other.
struct IncompleteBeta {
  let a: Double
  let b: Double

  private static let mostTerms = 10_000
  /// Stands for a denominator of 0.
  private static let tiny = 1e-300

  /// - Parameter complement: 1 − x, with digits that a subtraction would lose.
  func value(at x: Double, complement: Double) -> Double {
    guard x > 0 else { return 0 }
    guard complement > 0 else { return 1 }
    let isNear = x < (a + 1) / (a + b + 2)
    return isNear
      ? tail(x: x, complement: complement)
      : 1 - IncompleteBeta(a: b, b: a).tail(x: complement, complement: x)
  }

  private func tail(x: Double, complement: Double) -> Double {
    let scale = exp(
      lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(complement))
    return scale / a / fraction(x)
  }

  /// 1 + d₁x / (1 + d₂x / (1 + …)).
  private func fraction(_ x: Double) -> Double {
    var (value, upper, lower) = (1.0, 1.0, 0.0)
    for term in 1...Self.mostTerms {
      let m = Double(term / 2)
      let coefficient =
        term.isMultiple(of: 2)
        ? m * (b - m) / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1))
      lower = 1 + coefficient * x * lower
      upper = 1 + coefficient * x / upper
      if abs(lower) < Self.tiny { lower = Self.tiny }
      if abs(upper) < Self.tiny { upper = Self.tiny }
      lower = 1 / lower
      value *= upper * lower
      if abs(upper * lower - 1) < .ulpOfOne { break }
    }
    return value
  }
}
