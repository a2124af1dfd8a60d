import Foundation
import Runner
import Store
import Sweeps
import TestSupport
import Testing

struct LeaseRenewalTests {
  @Test func `a launch renews its lease while its jobs run`() async throws {
    let fixture = try LaunchFixture()
    let clock = ManualClock()
    let gate = Gate()
    let executor = FakeExecutor { folder, request in
      await gate.wait()
      return try FakeExecutor.complete(folder, request)
    }
    let plan = try fixture.plan(1)
    async let launch = fixture.launch(plan, executor: executor, clock: clock)
    func beat() throws -> Double? {
      try fixture.store.query("SELECT beat FROM launch").rows.first?.first?.number
    }
    for _ in 0..<121 {
      await clock.waitForSleep(of: .milliseconds(500))
      clock.advance(by: .milliseconds(500))
    }
    await clock.waitForSleep(of: .milliseconds(500))
    #expect(try beat() == 2, "once every thirty seconds")
    await gate.open()
    #expect(try await launch.completed == 1)
  }
}
