extension PortableMath {
  /// The natural logarithm, within 2 ulp for x > 0; −∞ at 0, and NaN below.
  ///
  /// `x = 2^k m` with m in [√½, √2), and `ln m = 2 artanh((m − 1) / (m + 1))` as a series.
  package static func logarithm(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return x == 0 ? -.infinity : x < 0 ? .nan : x }
    var (exponent, mantissa) = (x.exponent, x.significand)
    if mantissa > 2.0.squareRoot() {
      mantissa /= 2
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    // |ratio| ≤ 0.1716, so the term of ratio²³ is below 2⁻⁵⁸ of the first.
    var sum = 0.0
    for power in stride(from: 21, through: 3, by: -2) {
      sum = (sum + 1 / Double(power)) * square
    }
    return Double(exponent) * Self.naturalLogarithmOfTwo + 2 * (ratio + ratio * sum)
  }

  private static let naturalLogarithmOfTwo = 0x1.62e42fefa39efp-1

  /// `e^x`, the bits of the kernels' exponential: for x ≤ 0 only.
  package static func exponential<Scalar: KernelScalar>(ofNonPositive x: Scalar) -> Scalar {
    precondition(x <= 0, "the exponential of \(x)")
    var result: Scalar = 0
    withUnsafePointer(to: x) { Scalar.exponential(1, $0, &result) }
    return result
  }
}
