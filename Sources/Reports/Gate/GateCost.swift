import Store

/// What a night took beside what recent nights on the same host took. It warns, and judges nothing.
package struct GateCost: Sendable, Hashable {
  package enum Quantity: String, Sendable {
    case processorSecondsPerStep = "processor_seconds_per_step"
    case peakMemoryBytes = "peak_memory_bytes"
  }

  package let quantity: Quantity
  package let current: Double
  /// Of the nights that it is compared with; nil where these are too few.
  package let median: Double?
  package let nights: Int

  package var isWarning: Bool { median.map { current >= GateLevel.costRise * $0 } ?? false }

  /// Both quantities of a night; none where it ran nothing itself.
  static func all(of night: NightCost, beside earlier: [NightCost]) -> [GateCost] {
    guard let seconds = night.secondsPerStep else { return [] }
    let earlier = earlier.filter { $0.steps > 0 }.prefix(GateLevel.windowNights)
    return [
      GateCost(.processorSecondsPerStep, seconds, earlier.compactMap(\.secondsPerStep)),
      GateCost(
        .peakMemoryBytes, Double(night.peakMemoryBytes),
        earlier.map { Double($0.peakMemoryBytes) }),
    ]
  }

  private init(_ quantity: Quantity, _ current: Double, _ earlier: [Double]) {
    self.quantity = quantity
    self.current = current
    nights = earlier.count
    median =
      earlier.count < GateLevel.leastCostNights
      ? nil : Quantile.value(of: earlier.sorted(), at: 0.5)
  }

  /// A sentence about what it costs more; nil where it does not.
  var warning: String? {
    guard isWarning, let median else { return nil }
    let percent = Int(((current / median - 1) * 100).rounded())
    let (what, now, usual): (String, String, String) =
      switch quantity {
      case .processorSecondsPerStep:
        (
          "a step takes", milliseconds(current) + " of a processor", milliseconds(median)
        )
      case .peakMemoryBytes:
        (
          "a job takes up to", ReportCell.bytesText(Int(current)), ReportCell.bytesText(Int(median))
        )
      }
    return "\(what) \(now), \(percent) % more than the median of the last \(nights) nights on this "
      + "host (\(usual))"
  }

  private func milliseconds(_ seconds: Double) -> String {
    ReportCell.fixed(seconds * 1_000, decimals: 2) + " ms"
  }
}
