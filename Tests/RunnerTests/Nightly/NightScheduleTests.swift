import Foundation
import Runner
import Testing

struct NightScheduleTests {
  private static let daily = NightSchedule(everySeconds: 86_400)

  private static func date(_ text: String) throws -> Date {
    try Date(text, strategy: .iso8601)
  }

  /// When cron begins at 02:30 of each local day: cron runs what falls into the hour that a change
  /// of clocks leaves out right after it, and what falls into the one that comes twice once.
  private static func nights(in zone: String, from day: String, count: Int) throws -> [Date] {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zone))
    let start = try date(day)
    return (0..<count).compactMap { offset in
      calendar.date(byAdding: .day, value: offset, to: start).flatMap {
        calendar.nextDate(
          after: $0, matching: DateComponents(hour: 2, minute: 30),
          matchingPolicy: .nextTime, repeatedTimePolicy: .last)
      }
    }
  }

  @Test(arguments: [
    ("Europe/Berlin", "2026-03-26T12:00:00Z"), ("Europe/Berlin", "2026-10-22T12:00:00Z"),
    ("America/New_York", "2026-03-05T12:00:00Z"), ("America/New_York", "2026-10-29T12:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-01T12:00:00Z"), ("Asia/Kathmandu", "2026-03-26T12:00:00Z"),
  ])
  func `no night is missing when clocks change`(zone: String, day: String) throws {
    let nights = try Self.nights(in: zone, from: day, count: 7)
    #expect(nights.count == 7)
    for (last, next) in zip(nights, nights.dropFirst()) {
      #expect(!Self.daily.isMissingNight(between: last, and: next), "\(zone): \(last), \(next)")
    }
    for (last, next) in zip(nights, nights.dropFirst(2)) {
      #expect(Self.daily.isMissingNight(between: last, and: next), "\(zone): \(last), \(next)")
    }
  }

  @Test(arguments: [
    ("2026-11-02T04:30:00Z", false), ("2026-11-02T04:30:01Z", true),
    ("2026-11-01T02:31:00Z", false), ("2026-10-31T02:30:00Z", false),
  ])
  func `a night may be two hours late, and a date may go back`(
    next: String, isMissing: Bool
  ) throws {
    #expect(
      Self.daily.isMissingNight(
        between: try Self.date("2026-11-01T02:30:00Z"), and: try Self.date(next)) == isMissing)
  }

  @Test func `nights that come often may be late by half of that`() throws {
    let start = try Self.date("2026-11-01T02:30:00Z")
    let schedule = NightSchedule(everySeconds: 60)
    #expect(!schedule.isMissingNight(between: start, and: start + 90))
    #expect(schedule.isMissingNight(between: start, and: start + 91))
  }
}
