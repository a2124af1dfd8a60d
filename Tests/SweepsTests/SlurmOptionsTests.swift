import Sweeps
import Testing

/// `resources.slurm` and profiles: how jobs are handed to Slurm.
struct SlurmOptionsTests {
  private static let everything = """
    partition: long,night
    account: vision-lab
    qos: normal
    time: 1h30min
    memory: 2GiB
    cpus: 2
    array_limit: 50
    max_array: 500
    sbatch: ['--constraint=avx2', '--mail-type=END', '--nice 10']
    setup:
      - module load openblas
      - 'export X="a b"'

    """

  private static func message(_ text: String) -> String {
    do {
      _ = try SlurmOptions.profile(text: text, file: "cluster.yaml")
      return ""
    } catch {
      return error.description
    }
  }

  @Test func `a profile is read with everything that it may say`() throws {
    let options = try SlurmOptions.profile(text: Self.everything, file: "cluster.yaml")
    var expected = SlurmOptions()
    expected.partition = "long,night"
    expected.account = "vision-lab"
    expected.qos = "normal"
    expected.timeSeconds = 5_400
    expected.memoryBytes = 2 << 30
    expected.cpus = 2
    expected.arrayLimit = 50
    expected.maxArray = 500
    expected.sbatch = ["--constraint=avx2", "--mail-type=END", "--nice 10"]
    expected.setup = ["module load openblas", "export X=\"a b\""]
    #expect(options == expected)
  }

  @Test func `a sweep says the same under resources, and a job does not depend on it`() throws {
    let lines = Self.everything.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    let sweep = try SweepFixture.expand(
      SweepFixture.sweep("resources:\n  retries: 1\n  slurm:\n\(lines)\n"))
    #expect(
      try sweep.resources.slurm == SlurmOptions.profile(text: Self.everything, file: "cluster.yaml")
    )
    #expect(sweep.resources.retries == 1)
    let without = try SweepFixture.expand(SweepFixture.sweep(""))
    #expect(without.resources.slurm == nil)
    #expect(sweep.jobs.map(\.settings) == without.jobs.map(\.settings))
  }

  @Test func `what a profile says goes before what the sweep says`() throws {
    let sweep = try SlurmOptions.profile(text: Self.everything, file: "sweep.yaml")
    let profile = try SlurmOptions.profile(
      text: "partition: short\nsetup: |\n  one\n  two\n", file: "cluster.yaml")
    var expected = sweep
    expected.partition = "short"
    expected.setup = ["one", "two"]
    #expect(profile.filled(from: sweep) == expected)
    #expect(profile.filled(from: nil) == profile)
  }

  @Test func `everything that is wrong is said with its place`() {
    #expect(
      Self.message(
        """
        partition: a b
        time: 2
        memory: 100
        cpus: 0
        array_limit: many
        walltime: 2h
        partion: x
        sbatch: ['--array=0-3', '--wrap=x', constraint, '--mem=3G']
        setup: {a: b}

        """) == """
          cluster.yaml:1:12: partition cannot be 'a b'
            1 | partition: a b
              |            ^
            allowed: a name of letters, digits and . _ - + @, several with commas
          cluster.yaml:2:7: time cannot be '2'
            2 | time: 2
              |       ^
            allowed: a duration with its unit, as 30min, 2h or 1d
          cluster.yaml:3:9: memory cannot be '100'
            3 | memory: 100
              |         ^
            allowed: a size with its unit from 1MiB, as 512MiB or 2GiB
          cluster.yaml:4:7: cpus cannot be '0'
            4 | cpus: 0
              |       ^
            allowed: a whole number from 1 to 1024
          cluster.yaml:5:14: array_limit cannot be 'many'
            5 | array_limit: many
              |              ^
            allowed: a whole number from 1 to 1000000
          cluster.yaml:6:1: Slurm's options cannot have 'walltime'
            6 | walltime: 2h
              | ^
            did you mean 'time'?
            allowed: partition, account, qos, time, memory, cpus, array_limit, max_array, sbatch, setup
          cluster.yaml:7:1: Slurm's options cannot have 'partion'
            7 | partion: x
              | ^
            did you mean 'partition'?
            allowed: partition, account, qos, time, memory, cpus, array_limit, max_array, sbatch, setup
          cluster.yaml:8:10: sbatch cannot have --array
            8 | sbatch: ['--array=0-3', '--wrap=x', constraint, '--mem=3G']
              |          ^
            allowed: give it as array_limit
          cluster.yaml:8:25: sbatch cannot have --wrap
            8 | sbatch: ['--array=0-3', '--wrap=x', constraint, '--mem=3G']
              |                         ^
            allowed: a launch sets it itself
          cluster.yaml:8:37: sbatch cannot have 'constraint'
            8 | sbatch: ['--array=0-3', '--wrap=x', constraint, '--mem=3G']
              |                                     ^
            allowed: a list of options as sbatch has them, as ['--constraint=avx2']
          cluster.yaml:8:49: sbatch cannot have --mem
            8 | sbatch: ['--array=0-3', '--wrap=x', constraint, '--mem=3G']
              |                                                 ^
            allowed: give it as memory
          cluster.yaml:9:8: setup cannot be '{a: b}'
            9 | setup: {a: b}
              |        ^
            allowed: lines of a shell, as ['module load gcc']
          """)
  }

  @Test(arguments: [
    (
      "", "cluster.yaml:1:1: there are no options for Slurm"
    ), ("long", "cluster.yaml:1:1: Slurm's options cannot be 'long'"),
    ("sbatch: [\"--comment=a\\nb\"]", "cluster.yaml:1:10: sbatch cannot have '--comment=a\\nb'"),
    ("sbatch: ['-a1-5']", "cluster.yaml:1:10: sbatch cannot have -a"),
    ("sbatch: ['--arr=1-5']", "cluster.yaml:1:10: sbatch cannot have --array"),
    ("sbatch: ['--dependency=afterok:1']", "cluster.yaml:1:10: sbatch cannot have --dependency"),
    ("sbatch: ['--cluster=x']", "cluster.yaml:1:10: sbatch cannot have --clusters"),
    ("sbatch: ['-o/dev/null']", "cluster.yaml:1:10: sbatch cannot have -o"),
    ("setup: [\"a\\u0007\"]", "cluster.yaml:1:9: setup cannot have 'a\\u{07}'"),
    ("time: none", "cluster.yaml:1:7: time cannot be 'none'"),
    ("partition: -x", "cluster.yaml:1:12: partition cannot be '-x'"),
  ])
  func `what is no mapping or hides a second line is refused`(text: String, headline: String) {
    #expect(Self.message(text).hasPrefix(headline + "\n"), "\(Self.message(text))")
  }
}
