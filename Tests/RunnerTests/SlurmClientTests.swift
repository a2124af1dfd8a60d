import Foundation
import Runner
import Sweeps
import TestSupport
import Testing

/// Slurm's programs as they answer, do not answer, or say no.
struct SlurmClientTests {
  private static func client(
    _ programs: FakeSlurmPrograms, patience: Duration = .seconds(30)
  ) -> SlurmClient {
    SlurmClient(path: programs.path, patience: patience, submissionPatience: patience)
  }

  private static func script() -> SlurmScript {
    SlurmScript(
      submissionID: "0123456789abcdef", taskCount: 1, options: SlurmOptions(),
      program: "/bin/true", arguments: [], runsFolder: "/nowhere/a %j.runs")
  }

  @Test func `the cluster is asked for its name and the size of its arrays`() async throws {
    let programs = try FakeSlurmPrograms()
    let client = Self.client(programs)
    #expect(try await client.cluster() == SlurmCluster(name: "fake", largestArray: 1_001))
    try programs.write("echo 'ClusterName = a'\n", as: "scontrol")
    var failure = await #expect(throws: SlurmFailure.self) { _ = try await client.cluster() }
    #expect(
      failure?.description == "scontrol show config names no ClusterName and no MaxArraySize")
    try programs.write(
      "echo 'ClusterName = a'; echo 'MaxArraySize = 0'\n", as: "scontrol")
    failure = await #expect(throws: SlurmFailure.self) { _ = try await client.cluster() }
    #expect(failure?.description == "the cluster a allows no job arrays (MaxArraySize 0)")
  }

  /// What the programs say when something is wrong, of several versions, and what that means.
  @Test(arguments: [
    ("slurm_load_jobs error: Unable to contact slurm controller (connect failure)", true),
    ("sbatch: error: Batch job submission failed: Unable to contact slurm controller", true),
    ("sbatch: error: Batch job submission failed: Socket timed out on send/recv operation", true),
    ("slurm_load_jobs error: Zero Bytes were transmitted or received", true),
    ("sbatch: error: Batch job submission failed: Resource temporarily unavailable", true),
    ("sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying", true),
    ("slurm_load_jobs error: Protocol authentication error", true),
    ("sbatch: error: invalid partition specified: x", false),
    ("sbatch: error: Batch job submission failed: Invalid account or account/partition", false),
    (
      "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit "
        + "limit, user's size and/or time limits)", false
    ),
    ("sbatch: fatal: Could not establish a configuration source", false),
  ])
  func `an error is silence or a no`(text: String, isSilence: Bool) async throws {
    let programs = try FakeSlurmPrograms()
    for name in ["squeue", "sbatch"] {
      try programs.write("cat >&2 <<'END'\n\(text)\n\nEND\nexit 1\n", as: name)
    }
    let client = Self.client(programs)
    let kind: SlurmFailure.Kind = isSilence ? .silent : .refused
    var failure = await #expect(throws: SlurmFailure.self) { _ = try await client.job(named: "x") }
    #expect(failure?.kind == kind)
    #expect(failure?.description == "squeue: " + text)
    failure = await #expect(throws: SlurmFailure.self) {
      _ = try await client.submit(Self.script())
    }
    #expect(failure?.kind == kind)
  }

  @Test(arguments: [
    ("exit 3", SlurmFailure.Kind.refused, "sbatch failed with status 3 and without a word"),
    ("kill -9 $$", .silent, "sbatch was killed by signal 9"),
  ])
  func `a program that ends without a word is told with its end`(
    script: String, kind: SlurmFailure.Kind, text: String
  ) async throws {
    let programs = try FakeSlurmPrograms()
    try programs.write(script + "\n", as: "sbatch")
    let client = Self.client(programs)
    let failure = await #expect(throws: SlurmFailure.self) {
      _ = try await client.submit(Self.script())
    }
    #expect(failure?.kind == kind)
    #expect(failure?.description == text)
  }

  @Test func `a program that hangs is given up`() async throws {
    let programs = try FakeSlurmPrograms()
    try programs.write("exec sleep 600\n", as: "squeue")
    let client = Self.client(programs, patience: .milliseconds(200))
    let failure = await #expect(throws: SlurmFailure.self) { _ = try await client.job(named: "x") }
    #expect(failure?.kind == .silent)
    #expect(failure?.description == "squeue did not answer within 0.2 seconds")
  }

  @Test func `where there are no programs that is said`() async throws {
    let client = SlurmClient(path: "/nonexistent::")
    let failure = await #expect(throws: SlurmFailure.self) { _ = try await client.job(named: "x") }
    #expect(failure?.kind == .missing)
    #expect(
      failure?.description
        == "there is no squeue on this host's PATH. Run it where Slurm's programs are; Debian has them "
        + "in the package slurm-client (apt install slurm-client)")
  }

  @Test func `jobs of which Slurm knows nothing any more are no error`() async throws {
    let programs = try FakeSlurmPrograms()
    try programs.write(
      "echo 'slurm_load_jobs error: Invalid job id specified' >&2\nexit 1\n", as: "squeue")
    let client = Self.client(programs)
    #expect(try await client.states(of: [1: "rll-a"]).isEmpty)
    try programs.write("exit 1\n", as: "squeue")
    #expect(try await client.states(of: [:]).isEmpty)
  }

  @Test func `the queue is asked for all jobs in one call, in plain words and uncut`()
    async throws
  {
    let programs = try FakeSlurmPrograms()
    let asked = "--noheader --states=all --format=%i|%T|%j|%r --jobs=3,7"
    try programs.write(
      """
      [ "$*" = '\(asked)' ] && [ "$SLURM_BITSTR_LEN" = 0 ] && [ "$LC_ALL" = C ] && echo "7_0|RUNNING|rll-a|None"

      """, as: "squeue")
    let states = try await Self.client(programs).states(of: [7: "rll-a", 3: "rll-b"])
    #expect(states == [SlurmTaskID(job: 7, task: 0): .running])
  }

  @Test func `a script is handed in with the place of its output`() async throws {
    let programs = try FakeSlurmPrograms()
    let folder = "/nowhere/a %j.runs/slurm-0123456789abcdef"
    try programs.write(
      """
      [ "$1" = --parsable ] && [ "$2" = '--output=\(folder.replacing("%", with: "%%"))/%a.out' ] &&
        [ "$3" = '\(folder)/job.sh' ] && [ $# = 3 ] && echo '17;hal'

      """, as: "sbatch")
    #expect(try await Self.client(programs).submit(Self.script()) == 17)
    try programs.write("echo 'a word of the site'\n", as: "sbatch")
    let failure = await #expect(throws: SlurmFailure.self) {
      _ = try await Self.client(programs).submit(Self.script())
    }
    #expect(failure?.kind == .silent)
    #expect(
      failure?.description == "sbatch answered 'a word of the site\n', which is no job number")
  }

  @Test func `tasks are cancelled in as many calls as it takes`() async throws {
    let programs = try FakeSlurmPrograms()
    let folder = try TemporaryFolder()
    try programs.write(
      "[ $1 = --quiet ] && shift && echo \"$# $1\" >> '\(folder.file("calls"))'\n", as: "scancel")
    let tasks = (0..<30_000).map { "1_\($0)" }
    try await Self.client(programs).cancel(tasks)
    let calls = try String(contentsOfFile: folder.file("calls"), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: " ") }
    #expect(calls.count > 1)
    #expect(calls.compactMap { Int($0[0]) }.reduce(0, +) == 30_000)
    #expect(calls.first?[1] == "1_0")
  }

  @Test func `how tasks ended is asked of the controller, then of the accounts`() async throws {
    let programs = try FakeSlurmPrograms()
    try programs.write(
      """
      [ "$1 $2 $3" = '--oneliner show job' ] || exit 2
      [ "$4" = 3 ] || { echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1; }
      echo 'JobId=3 ArrayJobId=3 ArrayTaskId=0 JobName=rll-a JobState=NODE_FAIL ExitCode=0:0 NodeList=n1'

      """, as: "scontrol")
    try programs.write(
      "echo '3_0|FAILED|1:0|n9|rll-a'; echo '7_1|TIMEOUT|0:0|n2|rll-b'\n", as: "sacct")
    let client = Self.client(programs)
    let ends = await client.ends(of: [3: "rll-a", 7: "rll-b"])
    #expect(
      ends == [
        SlurmTaskID(job: 3, task: 0): SlurmEnd(.nodeFailed, exitCode: 0, node: "n1"),
        SlurmTaskID(job: 7, task: 1): SlurmEnd(.timeout, exitCode: 0, node: "n2"),
      ])
    try programs.write("echo 'Slurm accounting storage is disabled' >&2\nexit 1\n", as: "sacct")
    #expect(await client.ends(of: [3: "rll-a", 7: "rll-b"]).count == 1)
  }
}
