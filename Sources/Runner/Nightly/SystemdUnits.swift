import Foundation
import Sweeps

/// A timer and the service that it starts, which together run a sweep's nightly.
package struct SystemdUnits: Sendable {
  /// Without the endings `.timer` and `.service`.
  package let name: String
  private let sweep: String
  private let file: String
  private let times: NightTimes
  private let words: [String]
  private let environment: [(name: String, value: String)]

  /// - Parameters:
  ///   - file: The sweep file, as the words have it.
  ///   - words: The command, its program by absolute path.
  ///   - environment: Variables that the command needs.
  package init(
    sweep: String, file: String, times: NightTimes, words: [String],
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
    self.file = file
    self.times = times
    self.words = words
    self.environment = environment.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  package var timer: String {
    """
    [Unit]
    Description=\(times): rll-sweep nightly \(sweep)

    [Timer]
    OnCalendar=\(times.calendar)
    Persistent=true

    [Install]
    WantedBy=timers.target

    """
  }

  package var service: String {
    let variables = environment.map { "Environment=\(Self.quoted("\($0.name)=\($0.value)"))\n" }
    let command = words.map(Self.quotedForCommand)
    return """
      [Unit]
      Description=rll-sweep nightly \(sweep)

      [Service]
      Type=oneshot
      \(variables.joined())ExecStart=\(command.joined(separator: " "))

      """
  }

  /// Writes both into a folder, and gives their paths. Throws where one of another sweep file is
  /// there.
  package func write(to folder: String) throws(RunnerError) -> [String] {
    let (service, timer) = ("\(folder)/\(name).service", "\(folder)/\(name).timer")
    if let there = try DurableFile.read(service),
      let command = foreignCommand(in: String(decoding: there, as: UTF8.self))
    {
      throw RunnerError(
        .format,
        "\(service) is there and runs something else: \(command). Units are named after their "
          + "sweep: give one of the two sweeps another name, or remove that unit first")
    }
    try DurableFile.write(Data(self.service.utf8), to: service)
    try DurableFile.write(Data(self.timer.utf8), to: timer)
    return [service, timer]
  }

  /// What a service of this name that is there runs, where that is not a nightly of the same sweep
  /// file; nil where this one may take its place.
  private func foreignCommand(in service: String) -> String? {
    let start = "ExecStart="
    let line = service.split(separator: "\n").first { $0.hasPrefix(start) }
    let command = line?.dropFirst(start.count) ?? "nothing"
    return command.contains(" nightly run \(Self.quotedForCommand(file)) ")
      ? nil : String(command)
  }

  private static func quotedForCommand(_ word: String) -> String {
    quoted(word).escaping(["$": "$$"])
  }

  /// A word as a unit's lists of words have it; `%` would begin a specifier.
  private static func quoted(_ text: String) -> String {
    if text.wholeMatch(of: /[A-Za-z0-9_.\/=:+@,-]+/) != nil { return text }
    return "\"" + text.escaping(["\\": "\\\\", "\"": "\\\"", "%": "%%"]) + "\""
  }
}
