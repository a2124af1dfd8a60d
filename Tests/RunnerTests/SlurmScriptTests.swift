import Foundation
import Runner
import Sweeps
import TestSupport
import Testing

/// The batch script, as it is in a file and as a shell carries it out.
struct SlurmScriptTests {
  private static func script(
    _ options: SlurmOptions = SlurmOptions(), tasks: Int = 20, program: String = "/opt/rll-sweep",
    runsFolder: String = "/home/ada/store.runs"
  ) -> SlurmScript {
    SlurmScript(
      submissionID: "0123456789abcdef", taskCount: tasks, options: options, program: program,
      arguments: ["train", "--submission", "0123456789abcdef"], runsFolder: runsFolder)
  }

  private static func everything() -> SlurmOptions {
    var options = SlurmOptions()
    options.partition = "long"
    options.account = "vision"
    options.qos = "normal"
    options.timeSeconds = 100_000.5
    options.memoryBytes = (2 << 30) + 1
    options.cpus = 2
    options.arrayLimit = 5
    options.sbatch = ["--constraint=avx2", "--mail-type=END"]
    options.setup = ["module load openblas", "export X='a b'"]
    return options
  }

  @Test(arguments: [
    ("slurm-script.sh", script()),
    ("slurm-script-options.sh", script(everything(), runsFolder: "/home/a'da %j/my store.runs")),
  ])
  func `the script is the recorded one`(name: String, script: SlurmScript) throws {
    let recorded = try RecordedFile("Tests/Fixtures/" + name).content(recording: script.text)
    #expect(script.text == recorded)
  }

  @Test func `a short limit on time is not announced`() {
    var options = SlurmOptions()
    options.timeSeconds = 599
    #expect(Self.script(options).text.contains("#SBATCH --time=0-00:09:59\n"))
    #expect(!Self.script(options).text.contains("--signal"))
  }

  @Test func `the pattern of the output has the signs of Slurm doubled`() {
    let script = Self.script(runsFolder: "/home/a %j/store.runs")
    #expect(script.outputPattern == "/home/a %%j/store.runs/slurm-0123456789abcdef/%a.out")
  }

  /// Runs the script as task `task`, in a folder whose name a shell would take apart.
  private static func run(
    _ task: Int, runs: [String], hasFolder: Bool = true
  ) throws -> (status: Int32, said: String, log: String?) {
    let folder = try TemporaryFolder()
    let runsFolder = folder.file("it's $HOME %a.runs")
    let script = script(tasks: runs.count, program: "/bin/echo", runsFolder: runsFolder)
    for path in [runsFolder, runsFolder + "/slurm-0123456789abcdef"] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }
    try runs.map { $0 + "\n" }.joined().write(
      toFile: script.listPath, atomically: true, encoding: .utf8)
    for run in runs where hasFolder {
      try FileManager.default.createDirectory(
        atPath: runsFolder + "/" + run, withIntermediateDirectories: false)
    }
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script.text]
    process.environment = ["PATH": "/usr/bin:/bin", "SLURM_ARRAY_TASK_ID": "\(task)"]
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    let said = String(
      decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    let log = runs.indices.contains(task) ? runsFolder + "/\(runs[task])/log.txt" : ""
    return (
      process.terminationStatus, said,
      FileManager.default.contents(atPath: log).map { text in
        String(decoding: text, as: UTF8.self).replacing(runsFolder, with: "RUNS")
      }
    )
  }

  @Test func `a task runs the folder on its line of the list`() throws {
    let (status, said, log) = try Self.run(1, runs: ["aaaa", "bbbb", "cccc"])
    #expect(status == 0)
    #expect(said.isEmpty)
    #expect(log == "train --submission 0123456789abcdef RUNS/bbbb\n")
  }

  @Test(arguments: [(1, false), (7, true)])
  func `a task whose run was taken in, or that is on no list, runs nothing`(
    task: Int, hasFolder: Bool
  ) throws {
    let (status, said, log) = try Self.run(task, runs: ["aaaa", "bbbb"], hasFolder: hasFolder)
    #expect(status == 75)
    #expect(said == "task \(task) has nothing to do: its run was taken in or cancelled\n")
    #expect(log == nil)
  }
}
