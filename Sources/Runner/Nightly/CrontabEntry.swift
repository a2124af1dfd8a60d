import Sweeps

/// A line of a crontab that runs a sweep's nightly.
package struct CrontabEntry: Sendable, Hashable {
  /// The absolute path of the sweep file, which tells the entries apart.
  package let file: String
  package let times: NightTimes
  /// A command line for `/bin/sh`.
  package let command: String

  static let mark = "# rll-sweep nightly: "

  /// Throws where cron could not take it as it is.
  package init(file: String, times: NightTimes, command: String) throws(RunnerError) {
    for text in [file, command] {
      // Cron takes a backslash before % away and knows no other way to write one.
      let pairs = zip(text.utf8, text.utf8.dropFirst())
      let hasEscape = pairs.contains { $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "%") }
      guard !hasEscape, !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
        throw RunnerError(
          .format,
          "a crontab cannot hold \\% or a control character, as in \(text.debugDescription). Rename "
            + "the file, or use --systemd")
      }
    }
    self.file = file
    self.times = times
    self.command = command
  }

  /// Without a line break. The shell takes the mark for a comment.
  package var line: String {
    "\(times.cronFields) \(Self.escaped(command)) \(Self.marker(of: file))"
  }

  static func marker(of file: String) -> String { mark + escaped(file) }

  /// Cron ends a command at % and takes the rest for its input.
  private static func escaped(_ text: String) -> String { text.escaping(["%": "\\%"]) }

  static func unescaped(_ text: Substring) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "%", result.last == "\\" { result.removeLast() }
      result.append(scalar)
    }
    return String(result)
  }
}
