import Foundation

/// Whether jobs could be handed to Slurm on this host.
package enum SlurmProbe {
  private static let outputLimit = 4_096
  private static let patience = Duration.seconds(30)

  /// What `sbatch --version` says, such as `slurm-wlm 22.05.8`; nil where no folder of `path`, as
  /// the variable PATH has them, holds the program.
  package static func version(path: String) async throws -> String? {
    guard let program = HostProgram("sbatch", in: path) else { return nil }
    let answer = try await program.run(
      ["--version"], outputLimit: outputLimit, within: patience)
    guard let answer else {
      throw RunnerError(.program, "\(program.path) --version did not answer within \(patience)")
    }
    let text = answer.text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard answer.hasSucceeded, !text.isEmpty else {
      throw RunnerError(.program, "\(program.path) --version ended with \(answer.status)")
    }
    return text
  }
}
