import Foundation
import TestSupport
import Testing

/// Calls of the system that fail, or are the last ones of a process, in the middle of a launch.
///
/// `RLL_FAULTS` asks for more of them, `RLL_FAULT_SEED` repeats the draws of a run.
@Suite(.enabled(if: Fault.canBeProvoked, "strace is not there, or may not trace"))
struct FaultInjectionTests {
  private static let environment = ProcessInfo.processInfo.environment

  @Test func `a launch that meets a fault loses nothing, says what to do and can be finished`()
    throws
  {
    let count = Self.environment["RLL_FAULTS"].flatMap { Int($0) } ?? 10
    let seed =
      Self.environment["RLL_FAULT_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0 ... .max)
    print("fault test: \(count) faults, RLL_FAULT_SEED=\(seed)")
    var campaign = try FaultCampaign(seed: seed)
    try campaign.run(faults: count)
  }
}
