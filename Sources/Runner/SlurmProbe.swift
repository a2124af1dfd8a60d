import Foundation
import Subprocess
import SystemPackage

/// Whether jobs could be handed to Slurm on this host.
package enum SlurmProbe {
  private static let outputLimit = 4_096

  /// What `sbatch --version` says, such as `slurm-wlm 22.05.8`; nil where no folder of `path`, as
  /// the variable PATH has them, holds the program.
  package static func version(path: String) async throws -> String? {
    let program = path.split(separator: ":").map { $0 + "/sbatch" }.first {
      FileManager.default.isExecutableFile(atPath: String($0))
    }
    guard let program else { return nil }
    let result = try await Subprocess.run(
      .path(FilePath(String(program))), arguments: ["--version"],
      output: .string(limit: outputLimit), error: .discarded)
    let text = result.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    guard result.terminationStatus.isSuccess, !text.isEmpty else {
      throw RunnerError(.file, "\(program) --version ended with \(result.terminationStatus)")
    }
    return text
  }
}
