/// A timer and the service that it starts, which together run a sweep's nightly every day.
package struct SystemdUnits: Sendable {
  /// Without the endings `.timer` and `.service`.
  package let name: String
  private let sweep: String
  private let time: DailyTime
  private let words: [String]
  private let environment: [(name: String, value: String)]

  /// - Parameters:
  ///   - words: The command, its program by absolute path.
  ///   - environment: Variables that the command needs.
  package init(
    sweep: String, time: DailyTime, words: [String],
    environment: [String: String]
  ) throws(RunnerError) {
    for text in words + environment.values {
      guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
        throw RunnerError(
          .format,
          "a unit cannot hold a path with a control character: \(text.debugDescription). Rename it")
      }
    }
    name = "rll-sweep-nightly-" + sweep
    self.sweep = sweep
    self.time = time
    self.words = words
    self.environment = environment.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  package var timer: String {
    """
    [Unit]
    Description=Every night at \(time): rll-sweep nightly \(sweep)

    [Timer]
    OnCalendar=\(time.calendar)
    Persistent=true

    [Install]
    WantedBy=timers.target

    """
  }

  package var service: String {
    let variables = environment.map { "Environment=\(Self.quoted("\($0.name)=\($0.value)"))\n" }
    let command = words.map { Self.quoted($0).replacing("$", with: "$$") }
    return """
      [Unit]
      Description=rll-sweep nightly \(sweep)

      [Service]
      Type=oneshot
      \(variables.joined())ExecStart=\(command.joined(separator: " "))

      """
  }

  /// A word as a unit's lists of words have it; `%` would begin a specifier.
  private static func quoted(_ text: String) -> String {
    if text.wholeMatch(of: /[A-Za-z0-9_.\/=:+@,-]+/) != nil { return text }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"" + escaped.replacing("%", with: "%%") + "\""
  }
}
