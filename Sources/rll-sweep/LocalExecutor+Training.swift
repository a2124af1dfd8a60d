import Runner

extension LocalExecutor {
  /// Runs the jobs of run folders with this program's own `train`.
  static func trainingProcesses() throws -> LocalExecutor {
    try LocalExecutor(program: OwnProgram.path, arguments: ["train"])
  }
}
