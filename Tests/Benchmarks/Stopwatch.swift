/// Times and what is said of them.
enum Stopwatch {
  static func seconds(_ body: () -> Void) -> Double {
    let duration = ContinuousClock().measure(body)
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted[sorted.count / 2]
  }

  static func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
}
