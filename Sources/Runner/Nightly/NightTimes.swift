/// The times at which a timetable has nights come, the same on each day.
package struct NightTimes: Sendable, Hashable, CustomStringConvertible {
  /// Intervals in hours that divide a day.
  private static let intervals = [1, 2, 3, 4, 6, 8, 12, 24]

  /// For a message.
  package static let allowedText = intervals.map { "\($0)h" }.joined(separator: ", ")

  private let first: DailyTime
  private let everyHours: Int

  /// Nil where the interval is none of those.
  package init?(from first: DailyTime, everySeconds: Double) {
    guard let hours = Self.intervals.first(where: { Double($0) * 3_600 == everySeconds }) else {
      return nil
    }
    self.first = first
    everyHours = hours
  }

  /// Within a day, the earliest first.
  private var hours: [Int] { Array(stride(from: first.hour % everyHours, to: 24, by: everyHours)) }

  private var isHourly: Bool { everyHours == 1 }

  package var description: String {
    switch everyHours {
    case 24: "Every night at \(first)"
    case 1: "Every hour, as at \(first)"
    default: "Every \(everyHours) hours, as at \(first)"
    }
  }

  /// The five fields of a crontab line.
  package var cronFields: String {
    let hours = isHourly ? "*" : hours.map(String.init).joined(separator: ",")
    return "\(first.minute) \(hours) * * *"
  }

  /// As systemd's `OnCalendar` has it.
  package var calendar: String {
    let hours = isHourly ? "*" : hours.map(DailyTime.twoDigits).joined(separator: ",")
    return "*-*-* \(hours):\(DailyTime.twoDigits(first.minute)):00"
  }
}
