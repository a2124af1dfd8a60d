import ReportServer
import Testing

/// A clock that stands still but for what is added.
private final class StillClock {
  var now = ContinuousClock.now
}

struct KeptAnswersTests {
  /// Asks at a time, where making an answer takes a second; returns what it said and whether it
  /// was made.
  private func ask(
    _ kept: inout KeptAnswers, _ key: String = "/", version: Int, clock: StillClock
  ) -> (body: String, isNew: Bool) {
    var isNew = false
    let answer = kept.answer(to: key, version: version, now: { clock.now }) {
      clock.now += .seconds(1)
      isNew = true
      return .text(.done, "of \(version)")
    }
    return (answer.body, isNew)
  }

  @Test func `an answer is made once while the store is as it was`() {
    var (kept, clock) = (KeptAnswers(), StillClock())
    #expect(ask(&kept, version: 1, clock: clock) == ("of 1\n", true))
    clock.now += .seconds(1_000)
    #expect(ask(&kept, version: 1, clock: clock) == ("of 1\n", false))
  }

  @Test func `while the store changes making an answer takes a fortieth of the time`() {
    var (kept, clock) = (KeptAnswers(), StillClock())
    let start = clock.now
    var made = 0
    for version in 0..<400 {
      if ask(&kept, version: version, clock: clock).isNew { made += 1 }
      clock.now = max(clock.now, start + .seconds(version))
    }
    #expect(made == 10)
  }

  @Test func `what was asked for otherwise is made for itself`() {
    var (kept, clock) = (KeptAnswers(), StillClock())
    #expect(ask(&kept, "/", version: 1, clock: clock).isNew)
    #expect(ask(&kept, "/api/page", version: 1, clock: clock).isNew)
    #expect(!ask(&kept, "/", version: 1, clock: clock).isNew)
  }
}
