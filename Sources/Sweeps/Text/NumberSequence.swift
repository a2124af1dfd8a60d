import Foundation

/// The values of `range`, `linspace` and `logspace`, as decimal texts.
enum NumberSequence {
  struct Problem: Error {
    var message: String
    var allowed: String
  }

  struct Values {
    var texts: [String]
    var warning: String?
  }

  static let largestCount = 10_000

  /// start, start + step, … up to and with stop.
  static func range(_ arguments: [String]) throws(Problem) -> Values {
    let allowed = "{range: [start, stop, step]} with a step above 0, stop included"
    let numbers = try decimals(arguments, count: 3, allowed)
    let (start, stop, step) = (numbers[0], numbers[1], numbers[2])
    guard step.mantissa > 0 else {
      let kind = step.mantissa == 0 ? "zero" : "negative"
      throw Problem(message: "the step of the range is \(kind): \(step)", allowed: allowed)
    }
    guard let span = stop - start, let steps = DecimalNumber.quotient(abs(span), step) else {
      throw Problem(message: "the range has numbers of too many digits", allowed: allowed)
    }
    guard span.mantissa >= 0 else {
      throw Problem(
        message: "the range is empty: it starts at \(start) and stops at \(stop)", allowed: allowed)
    }
    try checkCount(steps.count.addingReportingOverflow(1).partialValue)
    var texts: [String] = []
    for index in 0...steps.count {
      guard let offset = step * index, let value = start + offset else {
        throw Problem(message: "the range has numbers of too many digits", allowed: allowed)
      }
      texts.append(value.description)
    }
    let last = texts.last ?? ""
    let warning =
      steps.isExact ? nil : "the range ends at \(last): no whole number of steps leads to \(stop)"
    return Values(texts: texts, warning: warning)
  }

  /// `count` values at equal distances, both ends included; 15 significant digits where a quotient
  /// has more.
  static func linspace(_ arguments: [String]) throws(Problem) -> Values {
    let allowed = "{linspace: [first, last, count]}, both ends included"
    let numbers = try decimals(arguments, count: 3, allowed)
    let count = try count(arguments[2], allowed)
    if count == 1, numbers[0] == numbers[1] { return Values(texts: [numbers[0].description]) }
    guard count > 1 else {
      throw Problem(message: "one value cannot have two ends", allowed: allowed)
    }
    var texts: [String] = []
    for index in 0..<count {
      guard let low = numbers[0] * (count - 1 - index), let high = numbers[1] * index,
        let sum = low + high, let value = DecimalNumber.divided(sum, by: count - 1)
      else {
        throw Problem(message: "the linspace has numbers of too many digits", allowed: allowed)
      }
      texts.append(value.description)
    }
    return Values(texts: texts)
  }

  /// `count` values with equal quotients, both ends included; 12 significant digits, so that a last
  /// bit of the host's mathematics never reaches a job key.
  static func logspace(_ arguments: [String]) throws(Problem) -> Values {
    let allowed =
      "{logspace: [first, last, count]}, the ends themselves and not their exponents, both above 0"
    let numbers = try decimals(arguments, count: 3, allowed)
    let count = try count(arguments[2], allowed)
    guard numbers[0].mantissa > 0, numbers[1].mantissa > 0 else {
      throw Problem(message: "the ends of a logspace must be above 0", allowed: allowed)
    }
    if count == 1, numbers[0] == numbers[1] { return Values(texts: [numbers[0].description]) }
    guard count > 1 else {
      throw Problem(message: "one value cannot have two ends", allowed: allowed)
    }
    guard let first = Double(numbers[0].description), let last = Double(numbers[1].description)
    else { throw Problem(message: "the ends are no numbers", allowed: allowed) }
    let texts = (0..<count).map { index in
      if index == 0 { return numbers[0].description }
      if index == count - 1 { return numbers[1].description }
      let place = Double(index) / Double(count - 1)
      let value = exp(log(first) * (1 - place) + log(last) * place)
      return DecimalNumber(String(format: "%.11e", value))?.description ?? "\(value)"
    }
    return Values(texts: texts)
  }

  private static func abs(_ number: DecimalNumber) -> DecimalNumber {
    DecimalNumber(
      mantissa: number.mantissa < 0 ? -number.mantissa : number.mantissa,
      exponent: number.exponent)
  }

  private static func decimals(
    _ arguments: [String], count: Int, _ allowed: String
  )
    throws(Problem) -> [DecimalNumber]
  {
    guard arguments.count == count else {
      throw Problem(message: "\(arguments.count) numbers where \(count) belong", allowed: allowed)
    }
    var numbers: [DecimalNumber] = []
    for argument in arguments {
      guard let number = DecimalNumber(argument) else {
        throw Problem(message: "'\(argument)' is no finite number", allowed: allowed)
      }
      numbers.append(number)
    }
    return numbers
  }

  private static func count(_ text: String, _ allowed: String) throws(Problem) -> Int {
    guard case .number(let value) = NumberText.meaning(of: text), let count = Int(exactly: value),
      count >= 1
    else {
      throw Problem(message: "the count '\(text)' is no whole number above 0", allowed: allowed)
    }
    try checkCount(count)
    return count
  }

  private static func checkCount(_ count: Int) throws(Problem) {
    guard (1...largestCount).contains(count) else {
      throw Problem(
        message: "this makes \(count > 0 ? String(count) : "far too many") values",
        allowed: "at most \(largestCount) values on one axis")
    }
  }
}
