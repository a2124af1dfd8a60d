import Runner
import TestSupport
import Testing

/// What is said of Slurm on this host, with programs in place of its own.
struct SlurmProbeTests {
  private static func version(
    _ script: String, patience: Duration = .seconds(30)
  ) async throws -> String? {
    let programs = try FakeSlurmPrograms()
    try programs.write(script, as: "sbatch")
    return try await SlurmProbe.version(path: programs.path, patience: patience)
  }

  @Test func `the version is what sbatch says`() async throws {
    #expect(
      try await Self.version("[ \"$*\" = --version ] && echo 'slurm-wlm 22.05.8'\n")
        == "slurm-wlm 22.05.8")
    #expect(try await SlurmProbe.version(path: "/nonexistent") == nil)
  }

  @Test func `an sbatch that fails or hangs is said`() async {
    let failed = await #expect(throws: RunnerError.self) { try await Self.version("exit 3\n") }
    #expect(failed?.description.hasSuffix("/sbatch --version ended with exited(3)") == true)
    let hanging = await #expect(throws: RunnerError.self) {
      try await Self.version("exec sleep 600\n", patience: .milliseconds(200))
    }
    #expect(
      hanging?.description.hasSuffix("/sbatch --version did not answer within 0.2 seconds") == true)
  }
}
