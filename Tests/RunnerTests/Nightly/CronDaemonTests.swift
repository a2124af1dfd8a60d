import Foundation
import Runner
import TestSupport
import Testing

/// Whether a cron runs, as it shows among the processes of a host.
struct CronDaemonTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func process(_ id: String, _ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder.file(id), withIntermediateDirectories: true)
    try folder.write(name + "\n", to: id + "/comm")
  }

  private var isRunning: Bool? { CronDaemon.isRunning(processes: folder.path) }

  @Test func `one is seen by its name, among processes only`() throws {
    try process("1", "systemd")
    try process("17", "crontab")
    try process("cron", "cron")
    #expect(isRunning == false)
    for name in ["cron", "crond"] {
      try process("99", name)
      #expect(isRunning == true)
    }
    #expect(
      CronDaemon.absence
        == "no process of the name cron or crond runs on this host, and no night comes without one. "
        + "Where systemd starts it: systemctl enable --now cron")
  }

  @Test func `where the processes of others do not show nothing is known`() throws {
    #expect(isRunning == nil)
    try process("17", "bash")
    #expect(isRunning == nil)
    #expect(CronDaemon.isRunning(processes: "/nonexistent") == nil)
  }
}
