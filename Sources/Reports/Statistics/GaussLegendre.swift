import Foundation

/// Gaussian integration over −1…1: the sum of weight · f(place), exact for polynomials of degree
/// 2n − 1. Places are the zeros of Legendre's polynomial, weights 2 / ((1 − x²) P′(x)²): Abramowitz
/// and Stegun, Handbook of Mathematical Functions, 25.4.29.
enum GaussLegendre {
  static let sixteen = nodes(16)

  private static func nodes(_ count: Int) -> [(place: Double, weight: Double)] {
    (0..<count).map { number in
      var place = cos(.pi * (Double(number) + 0.75) / (Double(count) + 0.5))
      // Newton's method doubles the digits; it begins with more than one.
      for _ in 0..<8 {
        let (value, slope) = legendre(count, place)
        place -= value / slope
      }
      let slope = legendre(count, place).slope
      return (place, 2 / ((1 - place * place) * slope * slope))
    }
  }

  private static func legendre(_ degree: Int, _ x: Double) -> (value: Double, slope: Double) {
    var (before, value) = (0.0, 1.0)
    for k in 1...degree {
      (before, value) = (
        value, (Double(2 * k - 1) * x * value - Double(k - 1) * before) / Double(k)
      )
    }
    return (value, Double(degree) * (x * value - before) / (x * x - 1))
  }
}
