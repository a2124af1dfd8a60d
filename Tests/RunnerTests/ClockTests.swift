import Foundation
import Runner
import Store
import Synchronization
import TestSupport
import Testing

/// Clocks that are wrong.
struct ClockTests {
  @Test func `a date that goes back loses nothing and leaves the order of things`() async throws {
    let fixture = try LaunchFixture()
    let now = Mutex(Date(timeIntervalSince1970: 2_000_000_000))
    let backwards: @Sendable () -> Date = {
      now.withLock { date in
        date -= 3_600
        return date
      }
    }
    let first = try await fixture.launch(
      try fixture.plan(2), executor: FakeExecutor(), workers: 1, date: backwards)
    #expect(first.completed == 2)
    #expect(first.wallSeconds >= 0 && first.wallSeconds < 3_600)
    var options = RerunOptions()
    options.isFresh = true
    _ = try await fixture.launch(
      try fixture.plan(2, options: options), executor: FakeExecutor(), workers: 1, date: backwards)
    let runs = try fixture.store.runs()
    #expect(runs.map(\.state) == [RunState](repeating: .completed, count: 4))
    let times = runs.compactMap(\.finishedAt)
    #expect(times == times.sorted(by: >), "the clock did go back")
    // The newest is the one that was made last, whatever the clock said.
    #expect(try fixture.store.runs(.sweep("fixture")).map(\.id) == runs.suffix(2).map(\.id))
    let keys = runs.map(\.jobKey)
    #expect(try fixture.store.knownJobs(keys: keys)[keys[0]]?.runID == runs[2].id)
  }
}
