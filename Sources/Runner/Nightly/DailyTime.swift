/// A time of day, as timetables have it; whose day it is, is theirs.
package struct DailyTime: Sendable, Hashable, CustomStringConvertible {
  package let hour: Int
  package let minute: Int

  /// Nil where the text is no time from `00:00` to `23:59`.
  package init?(_ text: String) {
    guard let match = text.wholeMatch(of: /([0-9]{1,2}):([0-9]{2})/),
      let hour = Int(match.1), let minute = Int(match.2), hour < 24, minute < 60
    else { return nil }
    self.hour = hour
    self.minute = minute
  }

  package var description: String { "\(Self.twoDigits(hour)):\(Self.twoDigits(minute))" }

  static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
