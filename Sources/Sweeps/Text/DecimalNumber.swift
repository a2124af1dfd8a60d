/// An exact decimal number, mantissa × 10^exponent: 0.2 + 0.2 + 0.2 is 0.6.
///
/// Every operation gives nil where the result does not fit, never a rounded one.
struct DecimalNumber: Sendable, Hashable, CustomStringConvertible {
  /// Without trailing zeros.
  let mantissa: Int128
  let exponent: Int

  init(mantissa: Int128, exponent: Int) {
    var (mantissa, exponent) = (mantissa, mantissa == 0 ? 0 : exponent)
    while mantissa != 0, mantissa % 10 == 0 {
      mantissa /= 10
      exponent += 1
    }
    self.mantissa = mantissa
    self.exponent = exponent
  }

  /// Decimal digits with an optional sign, point and exponent; nil for anything else, infinities
  /// included, and for more than 30 digits.
  init?(_ text: String) {
    guard case .number(let value) = NumberText.meaning(of: text), value.isFinite else { return nil }
    let parts = text.split(whereSeparator: { $0 == "e" || $0 == "E" })
    guard let number = parts.first, var exponent = parts.count == 2 ? Int(parts[1]) : 0 else {
      return nil
    }
    var digits = number.filter { $0 != "." && $0 != "+" && $0 != "-" }[...]
    if let point = number.firstIndex(of: ".") {
      exponent -= number.distance(from: number.index(after: point), to: number.endIndex)
    }
    digits = digits.drop { $0 == "0" }
    guard digits.count <= 30, abs(exponent) <= 400 else { return nil }
    let magnitude = digits.isEmpty ? 0 : Int128(digits)
    guard let magnitude else { return nil }
    self.init(mantissa: number.hasPrefix("-") ? -magnitude : magnitude, exponent: exponent)
  }

  /// `1234e-3` as `1.234`; very large and very small numbers with an exponent.
  var description: String {
    let digits = String(mantissa.magnitude)
    let sign = mantissa < 0 ? "-" : ""
    if exponent >= 0 {
      return exponent <= 20
        ? sign + digits + String(repeating: "0", count: exponent) : "\(sign)\(digits)e\(exponent)"
    }
    let places = -exponent
    if places > 30 { return "\(sign)\(digits)e\(exponent)" }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return sign + padded.dropLast(places) + "." + padded.suffix(places)
  }

  static func + (a: Self, b: Self) -> Self? {
    guard let (x, y, exponent) = aligned(a, b) else { return nil }
    let (sum, overflow) = x.addingReportingOverflow(y)
    return overflow ? nil : Self(mantissa: sum, exponent: exponent)
  }

  static func - (a: Self, b: Self) -> Self? {
    a + Self(mantissa: -b.mantissa, exponent: b.exponent)
  }

  static func * (a: Self, factor: Int) -> Self? {
    let (product, overflow) = a.mantissa.multipliedReportingOverflow(by: Int128(factor))
    return overflow ? nil : Self(mantissa: product, exponent: a.exponent)
  }

  /// How often `b` goes into `a`, and whether nothing is left; both positive.
  static func quotient(_ a: Self, _ b: Self) -> (count: Int, isExact: Bool)? {
    guard let (x, y, _) = aligned(a, b), y > 0, x >= 0 else { return nil }
    let (quotient, remainder) = x.quotientAndRemainder(dividingBy: y)
    return Int(exactly: quotient).map { ($0, remainder == 0) }
  }

  /// a / divisor, rounded to 15 significant digits, half to even; those are digits that double
  /// precision keeps.
  static func divided(_ a: Self, by divisor: Int) -> Self? {
    let significantDigits = 15
    var (numerator, exponent) = (a.mantissa.magnitude, a.exponent)
    let divisor = UInt128(divisor)
    let wanted = power(of: 10, significantDigits + 2)
    while numerator / divisor < wanted {
      let (next, overflow) = numerator.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      if next == 0 { break }
      numerator = next
      exponent -= 1
    }
    var (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: divisor)
    var isExact = remainder == 0
    while quotient >= power(of: 10, significantDigits) {
      // The last digit to go decides, with everything dropped before it as a tie-breaker.
      (quotient, remainder) = quotient.quotientAndRemainder(dividingBy: 10)
      exponent += 1
      if quotient < power(of: 10, significantDigits) {
        let isUp = remainder > 5 || (remainder == 5 && (!isExact || quotient % 2 == 1))
        if isUp { quotient += 1 }
        break
      }
      isExact = isExact && remainder == 0
    }
    guard let magnitude = Int128(exactly: quotient) else { return nil }
    return Self(mantissa: a.mantissa < 0 ? -magnitude : magnitude, exponent: exponent)
  }

  static func < (a: Self, b: Self) -> Bool? {
    (a - b).map { $0.mantissa < 0 }
  }

  private static func power(of base: UInt128, _ exponent: Int) -> UInt128 {
    (0..<exponent).reduce(1) { power, _ in power * base }
  }

  /// Both mantissas at the smaller exponent.
  private static func aligned(_ a: Self, _ b: Self) -> (Int128, Int128, Int)? {
    let exponent =
      a.mantissa == 0 ? b.exponent : b.mantissa == 0 ? a.exponent : min(a.exponent, b.exponent)
    guard let x = scaled(a, to: exponent), let y = scaled(b, to: exponent) else { return nil }
    return (x, y, exponent)
  }

  private static func scaled(_ number: Self, to exponent: Int) -> Int128? {
    if number.mantissa == 0 { return 0 }
    var mantissa = number.mantissa
    guard number.exponent - exponent <= 40 else { return nil }
    for _ in 0..<max(0, number.exponent - exponent) {
      let (next, overflow) = mantissa.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      mantissa = next
    }
    return mantissa
  }
}
