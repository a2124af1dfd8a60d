import Foundation
import Subprocess
import SystemPackage

/// The program `crontab`, the way to the crontab of whoever calls it.
package struct CrontabProgram: Sendable {
  private static let outputLimit = 16 << 20

  private let program: String

  /// Looks for it in the folders of the variable PATH.
  package init(environment: [String: String]) throws(RunnerError) {
    let path = environment["PATH"] ?? "/usr/bin:/bin"
    let folders = path.split(separator: ":").map(String.init)
    let program = folders.map { $0 + "/crontab" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let program else {
      throw RunnerError(
        .file,
        "there is no program crontab in \(path). Install Debian's package "
          + "cron (apt install cron), or use --systemd")
    }
    self.program = program
  }

  package func read() async throws -> Crontab {
    let result = try await Subprocess.run(
      .path(FilePath(program)), arguments: ["-l"], output: .bytes(limit: Self.outputLimit),
      error: .string(limit: Self.outputLimit))
    if result.terminationStatus.isSuccess { return Crontab(Data(result.standardOutput)) }
    // Whoever has none yet is told so.
    if result.standardError.contains("no crontab for") { return Crontab(Data()) }
    throw failure("-l", result.standardError)
  }

  package func write(_ crontab: Crontab) async throws {
    let result = try await Subprocess.run(
      .path(FilePath(program)), arguments: ["-"], input: .array(Array(crontab.content)),
      output: .discarded, error: .string(limit: Self.outputLimit))
    guard result.terminationStatus.isSuccess else { throw failure("-", result.standardError) }
  }

  private func failure(_ argument: String, _ said: String) -> RunnerError {
    let said = said.trimmingCharacters(in: .whitespacesAndNewlines)
    return RunnerError(
      .program,
      "\(program) \(argument) failed\(said.isEmpty ? "" : ": " + said.split(separator: "\n").joined(separator: "; "))"
        + ". The crontab is as it was")
  }
}
