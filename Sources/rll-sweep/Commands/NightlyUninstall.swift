import ArgumentParser
import CommandSupport
import Foundation
import Runner

struct NightlyUninstall: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall",
    abstract: "Takes a sweep's nightly out of your crontab.",
    discussion: """
      Other lines stay as they are. The sweep file may be gone.

      Example:
        rll-sweep nightly uninstall sweeps/nightly.yaml
      """)

  @Argument(help: "The sweep file that was installed.")
  var file: String

  func run() async throws {
    let path = NightlyOptions.absolute(file)
    let program = try CrontabProgram(environment: ProcessInfo.processInfo.environment)
    try await program.change { crontab in
      let others = crontab.nightlies.map(\.file)
      guard crontab.uninstall(file: path) else {
        throw NightlyError(
          "your crontab has no nightly of \(path); it has "
            + (others.isEmpty ? "none" : "those of \(others.joined(separator: ", "))"))
      }
    }
    try StandardOutput.write("No longer in your crontab: the nightly of \(path)\n")
  }
}
