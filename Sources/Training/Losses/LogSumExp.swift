internal import Kernels

/// Sums of exponentials, shifted by the largest exponent: they neither overflow nor vanish.
enum LogSumExp {
  /// `log Σ e^z`, or `log(1 + Σ e^z)` where `besideOne`; −∞ where nothing is summed. Replaces
  /// each exponent by its derivative, its share in the sum.
  static func takeShares(of exponents: inout [Double], besideOne: Bool = false) -> Double {
    var peak = besideOne ? 0 : -Double.infinity
    for exponent in exponents { peak = max(peak, exponent) }
    guard peak > -.infinity else { return peak }
    var sum = besideOne ? PortableMath.exponential(ofNonPositive: -peak) : 0
    for place in exponents.indices { exponents[place] -= peak }
    PortableMath.exponentiate(nonPositive: &exponents)
    for share in exponents { sum += share }
    for place in exponents.indices { exponents[place] /= sum }
    return peak + PortableMath.logarithm(sum)
  }

  /// `log(eᵃ + eᵇ)`.
  static func joined(_ a: Double, _ b: Double) -> Double {
    let peak = max(a, b)
    guard peak > -.infinity else { return peak }
    let small = PortableMath.exponential(ofNonPositive: min(a, b) - peak)
    return peak + PortableMath.logarithm(1 + small)
  }
}
