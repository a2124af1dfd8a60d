/// Functions whose bits must not depend on the C library of the host.
package enum PortableMath {
  /// `base` to a whole power from 0, by repeated squaring.
  package static func power(_ base: Double, _ exponent: Int) -> Double {
    precondition(exponent >= 0, "the power \(exponent)")
    var (result, square, left) = (1.0, base, exponent)
    while left > 0 {
      if left & 1 == 1 { result *= square }
      square *= square
      left >>= 1
    }
    return result
  }

  /// cos(π x) for x in 0...1, within 2 ulp of 1. Taylor series on a quarter turn.
  package static func cosinePi(_ x: Double) -> Double {
    precondition((0...1).contains(x), "cos(πx) at x = \(x)")
    if x > 0.5 { return -cosinePi(1 - x) }
    if x > 0.25 { return sine(Double.pi * (0.5 - x)) }
    return cosine(Double.pi * x)
  }

  private static func cosine(_ angle: Double) -> Double {
    series(angle * angle, first: 1, from: 0)
  }

  private static func sine(_ angle: Double) -> Double {
    series(angle * angle, first: angle, from: 1)
  }

  /// `Σ first · (−1)^k y^k start! / (start + 2k)!`.
  private static func series(_ y: Double, first: Double, from start: Int) -> Double {
    var (term, sum) = (first, first)
    for k in stride(from: start + 2, through: start + 20, by: 2) {
      term *= -y / Double(k * (k - 1))
      sum += term
    }
    return sum
  }
}
