import Foundation
import Runner
import Testing

struct NightTimesTests {
  private static func times(_ first: String, everyHours hours: Double) throws -> NightTimes? {
    NightTimes(from: try #require(DailyTime(first)), everySeconds: hours * 3_600)
  }

  @Test(arguments: [
    ("00:00", 24, "0 0 * * *", "*-*-* 00:00:00", "Every night at 00:00"),
    ("2:05", 24, "5 2 * * *", "*-*-* 02:05:00", "Every night at 02:05"),
    ("23:59", 24, "59 23 * * *", "*-*-* 23:59:00", "Every night at 23:59"),
    ("23:59", 12, "59 11,23 * * *", "*-*-* 11,23:59:00", "Every 12 hours, as at 23:59"),
    ("02:30", 6, "30 2,8,14,20 * * *", "*-*-* 02,08,14,20:30:00", "Every 6 hours, as at 02:30"),
    (
      "07:00", 2, "0 1,3,5,7,9,11,13,15,17,19,21,23 * * *",
      "*-*-* 01,03,05,07,09,11,13,15,17,19,21,23:00:00", "Every 2 hours, as at 07:00"
    ),
    ("05:15", 1, "15 * * * *", "*-*-* *:15:00", "Every hour, as at 05:15"),
  ])
  func `times are five fields for cron and a calendar for systemd`(
    first: String, hours: Double, fields: String, calendar: String, text: String
  ) throws {
    let times = try #require(try Self.times(first, everyHours: hours))
    #expect(times.cronFields == fields)
    #expect(times.calendar == calendar)
    #expect(times.description == text)
  }

  @Test(arguments: [0.5, 1.5, 5, 7, 9, 16, 18, 36, 48, 168])
  func `an interval that does not divide a day has no times`(hours: Double) throws {
    #expect(try Self.times("02:30", everyHours: hours) == nil)
  }

  @Test func `the allowed intervals are named`() {
    #expect(NightTimes.allowedText == "1h, 2h, 3h, 4h, 6h, 8h, 12h, 24h")
  }

  private static let analyzer = "/usr/bin/systemd-analyze"

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: analyzer),
      "systemd-analyze is not installed, so no one reads the calendars"),
    arguments: [1, 6, 24])
  func `systemd finds a calendar's next times an interval apart`(hours: Double) throws {
    let times = try #require(try Self.times("02:30", everyHours: hours))
    let process = Process()
    let said = Pipe()
    process.executableURL = URL(fileURLWithPath: Self.analyzer)
    process.arguments = [
      "calendar", "--iterations=3", "--base-time=2026-06-01 00:00:00 UTC", times.calendar + " UTC",
    ]
    process.environment = ["TZ": "UTC", "LC_ALL": "C"]
    process.standardOutput = said
    process.standardError = said
    try process.run()
    let text = String(decoding: try said.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    let dates = text.matches(of: /20\d\d-\d\d-\d\d \d\d:\d\d:\d\d/).map { String($0.output) }
    let seconds = try dates.map {
      try Date(
        $0.replacing(" ", with: "T") + "Z", strategy: .iso8601
      ).timeIntervalSince1970
    }
    #expect(process.terminationStatus == 0, "\(text)")
    #expect(dates.contains { $0.hasSuffix(":30:00") }, "\(text)")
    let gaps = Set(zip(seconds, seconds.dropFirst()).map { $1 - $0 })
    #expect(gaps == [hours * 3_600], "\(text)")
  }
}
