import Foundation
package import Sweeps

/// The batch script of one submission: an array of jobs, each of which runs one run folder.
package struct SlurmScript: Sendable {
  let submissionID: String
  let taskCount: Int
  let options: SlurmOptions
  let program: String
  /// What follows it before the run folder.
  let arguments: [String]
  /// Without a relative part.
  let runsFolder: String

  /// Shorter limits on time are not announced: Slurm may do that a minute early.
  private static let shortestAnnounced = 600.0
  /// Seconds before the limit at which a job is told that it is near.
  private static let noticeSeconds = 90
  private static let mebibyte = 1 << 20

  package init(
    submissionID: String, taskCount: Int, options: SlurmOptions, program: String,
    arguments: [String], runsFolder: String
  ) {
    self.submissionID = submissionID
    self.taskCount = taskCount
    self.options = options
    self.program = program
    self.arguments = arguments
    self.runsFolder = runsFolder
  }

  /// What its jobs are called, by which they are found again.
  package static func jobName(of submissionID: String) -> String { "rll-" + submissionID }

  package static func folder(of submissionID: String, in runsFolder: String) -> String {
    runsFolder + "/slurm-" + submissionID
  }

  private var folder: String { Self.folder(of: submissionID, in: runsFolder) }
  package var scriptPath: String { folder + "/job.sh" }
  /// The run of each task, one a line.
  package var listPath: String { folder + "/runs.txt" }
  /// Where a task's shell and Slurm itself write what they have to say, for `sbatch --output`.
  package var outputPattern: String { folder.escaping(["%": "%%"]) + "/%a.out" }

  package static func output(ofTask position: Int, in folder: String) -> String {
    "\(folder)/\(position).out"
  }

  private var directives: [String] {
    var lines = [
      "--job-name=\(Self.jobName(of: submissionID))",
      "--array=0-\(taskCount - 1)" + (options.arrayLimit.map { "%\($0)" } ?? ""),
      "--nodes=1", "--ntasks=1", "--cpus-per-task=\(options.cpus ?? 1)",
    ]
    if let bytes = options.memoryBytes {
      lines.append("--mem=\((bytes + Self.mebibyte - 1) / Self.mebibyte)M")
    }
    if let seconds = options.timeSeconds {
      lines.append("--time=\(Self.time(seconds))")
      // Short of the limit, while there is time for a checkpoint.
      if seconds >= Self.shortestAnnounced {
        lines.append("--signal=B:USR1@\(Self.noticeSeconds)")
      }
    }
    if let partition = options.partition { lines.append("--partition=\(partition)") }
    if let account = options.account { lines.append("--account=\(account)") }
    if let qos = options.qos { lines.append("--qos=\(qos)") }
    lines += ["--requeue", "--open-mode=append", "--kill-on-invalid-dep=yes"]
    return lines + (options.sbatch ?? [])
  }

  package var text: String {
    let setup = options.setup.map { $0.map { $0 + "\n" }.joined() + "\n" } ?? ""
    let command = ([program] + arguments).map(Self.quoted).joined(separator: " ")
    return """
      #!/bin/bash
      \(directives.map { "#SBATCH \($0)" }.joined(separator: "\n"))

      # Task N has line N + 1 of the list. A task whose run was taken in or cancelled has nothing to do.
      run=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" \(Self.quoted(listPath)))
      folder=\(Self.quoted(runsFolder))/$run
      if [ -z "$run" ] || [ ! -d "$folder" ]; then
        echo "task $SLURM_ARRAY_TASK_ID has nothing to do: its run was taken in or cancelled" >&2
        exit 75
      fi

      \(setup)exec \(command) "$folder" </dev/null >>"$folder/log.txt" 2>&1

      """
  }

  /// `1-02:03:04`.
  private static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    let (days, rest) = whole.quotientAndRemainder(dividingBy: 86_400)
    return String(format: "%d-%02d:%02d:%02d", days, rest / 3_600, rest / 60 % 60, rest % 60)
  }

  private static func quoted(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "/._-+,:@".utf8.contains(byte)
      }
    }
    return plain && !text.isEmpty ? text : "'" + text.escaping(["'": "'\\''"]) + "'"
  }
}
