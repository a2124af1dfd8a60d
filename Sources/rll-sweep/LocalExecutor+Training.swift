import Foundation
import Runner

extension LocalExecutor {
  /// Runs the jobs of run folders with this program's own `train`.
  static func trainingProcesses() throws -> LocalExecutor {
    // The program's own file, whatever it was called as.
    let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return try LocalExecutor(
      program: program ?? CommandLine.arguments[0], arguments: ["train"])
  }
}
