import Foundation

/// Whether there is anybody who runs what crontabs say.
package enum CronDaemon {
  private static let names: Set = ["cron", "crond", "fcron"]

  package static let absence =
    "no cron runs on this host, and no night comes until one does. Where systemd starts it: "
    + "systemctl enable --now cron"

  /// Nil where the processes of others cannot be seen.
  ///
  /// - Parameter processes: Where the system shows them, as proc(5) has it.
  package static func isRunning(processes: String = "/proc") -> Bool? {
    func name(_ process: String) -> String? {
      let content = FileManager.default.contents(atPath: "\(processes)/\(process)/comm")
      return content.map {
        String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      }
    }
    guard name("1") != nil,
      let entries = try? FileManager.default.contentsOfDirectory(atPath: processes)
    else { return nil }
    return entries.contains { Int($0) != nil && names.contains(name($0) ?? "") }
  }
}
