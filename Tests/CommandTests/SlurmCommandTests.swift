import Foundation
import Store
import Sweeps
import TestSupport
import Testing

/// The commands with programs in place of Slurm's; a real cluster has tests of its own.
struct SlurmCommandTests {
  private static func run(
    _ practice: Practice, _ slurm: FakeSlurmPrograms, _ arguments: String...
  ) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.run(
      arguments + ["--store", practice.storePath], in: practice.folder.path,
      // The second is a setting that the user has for other uses.
      environment: ["PATH": slurm.path, "SQUEUE_FORMAT": "%A"])
  }

  @Test func `a launch through Slurm ends in the bits of one on this host`() throws {
    let slurm = try FakeSlurmPrograms()
    let local = try Practice()
    try local.write()
    #expect(try local.launch().status == 0)
    let practice = try Practice()
    try practice.write()
    let ending = try Self.run(
      practice, slurm, "launch", "practice.yaml", "--executor", "slurm", "--json")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.errors.hasPrefix("practice: 8 jobs, 0 skipped, 8 to run in Slurm\n"))
    #expect(ending.errors.contains("practice: 8 jobs submitted to Slurm as 101\n"))
    #expect(ending.output.contains("\"completed\": 8"))
    #expect(ending.output.contains("\"left_to_slurm\": 0"))
    #expect(try practice.bits() == local.bits())
    #expect(!FileManager.default.fileExists(atPath: practice.runsFolder))
    #expect(try practice.show().contains("Slurm task"))
    #expect(try practice.show().contains(#/101_\d+ of \w+/#))
    #expect(try !local.show().contains("Slurm task"))
  }

  @Test func `a failed job fails in Slurm too, and its own words are in the store`() throws {
    let slurm = try FakeSlurmPrograms()
    let practice = try Practice()
    try practice.write(
      Practice.sweep.replacing("m: [0.2, 0.4]", with: "learning_rate: [1e30]")
        .replacing("seeds: 2", with: "seeds: 1"))
    let ending = try Self.run(practice, slurm, "launch", "practice.yaml", "--executor", "slurm")
    #expect(ending.status == 1)
    #expect(try practice.failures().count == 2)
    #expect(try practice.failures().allSatisfy { $0.contains("diverged") })
    #expect(
      try practice.attempts().flatMap(\.self).map(\.exitStatus) == [
        "Slurm: FAILED", "Slurm: FAILED",
      ])
  }

  @Test func `a detached launch is taken in by status or collect, and cancelled by cancel`()
    throws
  {
    let slurm = try FakeSlurmPrograms()
    let practice = try Practice()
    try practice.write()
    // Nothing runs before the test says so.
    try slurm.write(
      "[ -e \"$place/go\" ] || exit 75\nexec /bin/bash \"$@\"\n", as: "bash")
    let ending = try Self.run(
      practice, slurm, "launch", "practice.yaml", "--executor", "slurm", "--detach")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(
      ending.errors.contains(
        "8 left to Slurm in ")
        && ending.errors.hasSuffix(
          "; launch again to wait for them, or rll-sweep collect to take in what has ended\n"),
      "\(ending.errors)")
    var collected = try Self.run(practice, slurm, "collect", "--json")
    while try practice.states()[.running] != nil {
      collected = try Self.run(practice, slurm, "collect", "--json")
    }
    #expect(collected.status == 0)
    #expect(try practice.states() == [.failed: 8])
    #expect(
      try practice.failures().first?.hasPrefix("its process ended with status 75 and no result")
        == true)
  }

  @Test func `what waits in Slurm is cancelled there`() throws {
    let slurm = try FakeSlurmPrograms()
    let practice = try Practice()
    try practice.write()
    try slurm.write("exit 1\n", as: "seq")
    try slurm.write(
      """
      for script; do :; done
      sed -n 's/^#SBATCH --job-name=//p' "$script" > "$place/101.name"
      for task in 0 1 2 3 4 5 6 7; do echo "PENDING 0:0" > "$place/101.$task"; done
      echo 101

      """, as: "sbatch")
    #expect(
      try Self.run(practice, slurm, "launch", "practice.yaml", "--executor", "slurm", "--detach")
        .status == 0)
    let status = try Self.run(practice, slurm, "status")
    #expect(status.output.hasSuffix("\nSlurm: 0 running, 8 waiting\n"), "\(status.output)")
    let cancelled = try Self.run(practice, slurm, "cancel", "practice")
    #expect(
      cancelled.errors == "8 running jobs asked to stop\nSlurm: 0 running, 8 waiting\n")
    #expect(try Self.run(practice, slurm, "collect").status == 0)
    #expect(try practice.states() == [.cancelled: 8])
  }

  @Test func `where there is no Slurm that is said, and nothing is launched`() throws {
    let practice = try Practice()
    try practice.write()
    let ending = try BuiltProgram.sweep.run(
      ["launch", "practice.yaml", "--executor", "slurm", "--store", practice.storePath],
      in: practice.folder.path, environment: ["PATH": "/nonexistent"])
    #expect(ending.status == 1)
    #expect(
      ending.errors
        == "error: jobs cannot be handed to Slurm: there is no scontrol on this host's PATH. Run it "
        + "where Slurm's programs are; Debian has them in the package slurm-client (apt install "
        + "slurm-client)\n")
    #expect(try practice.states().isEmpty)
  }

  @Test func `a profile that is wrong is refused before anything is launched`() throws {
    let practice = try Practice()
    try practice.write()
    try practice.write("partition: [a]\n", to: "profile.yaml")
    let ending = try BuiltProgram.sweep.run(
      [
        "launch", "practice.yaml", "--executor", "slurm", "--slurm-profile", "profile.yaml",
        "--store", practice.storePath,
      ], in: practice.folder.path)
    #expect(ending.status == 64)
    #expect(
      ending.errors == """
        error: profile.yaml:1:12: partition cannot be '[a]'
          1 | partition: [a]
            |            ^
          allowed: a name of letters, digits and . _ - + @, several with commas

        """)
    let missing = try BuiltProgram.sweep.run(
      [
        "launch", "practice.yaml", "--executor", "slurm", "--slurm-profile", "none.yaml", "--store",
        practice.storePath,
      ], in: practice.folder.path)
    #expect(missing.status == 64)
    #expect(
      missing.errors
        == "error: there is no Slurm profile none.yaml; --slurm-profile names a YAML file with the "
        + "keys of resources.slurm\n")
    let noText = try BuiltProgram.sweep.run(
      [
        "launch", "practice.yaml", "--executor", "slurm", "--slurm-profile", "features.h5",
        "--store", practice.storePath,
      ], in: practice.folder.path)
    #expect(noText.status == 64)
    #expect(
      noText.errors == "error: the Slurm profile features.h5 cannot be read as UTF-8 text\n")
  }

  @Test func `where there is no sbatch that is said`() throws {
    let practice = try Practice()
    try practice.write()
    let programs = try TemporaryFolder()
    try programs.write(
      "#!/bin/sh\nprintf 'ClusterName = a\\nMaxArraySize = 1001\\n'\n", to: "scontrol")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: programs.file("scontrol"))
    let ending = try BuiltProgram.sweep.run(
      ["launch", "practice.yaml", "--executor", "slurm", "--store", practice.storePath],
      in: practice.folder.path, environment: ["PATH": programs.path])
    #expect(ending.status == 1)
    #expect(
      ending.errors.hasSuffix(
        "error: Slurm takes no jobs: there is no sbatch on this host's PATH. Run it where Slurm's "
          + "programs are; Debian has them in the package slurm-client (apt install slurm-client). "
          + "Nothing of what it refused is lost: launch again when that is mended\n"),
      "\(ending.errors)")
  }
}
