import Foundation
import Subprocess

/// A Slurm cluster through its programs, found on `PATH`.
package struct SlurmClient: SlurmControl {
  private static let outputLimit = 1 << 28
  /// What one command line may hold of task numbers, in bytes.
  private static let argumentBytes = 100_000

  private let path: String
  /// How long a program may take to answer; sbatch itself tries for a while to reach a busy
  /// controller.
  private let patience: Duration
  private let submissionPatience: Duration

  package init(
    path: String, patience: Duration = .seconds(60), submissionPatience: Duration = .seconds(300)
  ) {
    self.path = path
    self.patience = patience
    self.submissionPatience = submissionPatience
  }

  package func cluster() async throws(SlurmFailure) -> SlurmCluster {
    let text = try await output(of: "scontrol", ["show", "config"])
    guard let name = SlurmListing.setting("ClusterName", in: text),
      let size = SlurmListing.setting("MaxArraySize", in: text).flatMap({ Int($0) })
    else {
      throw SlurmFailure(
        .refused, "scontrol show config names no ClusterName and no MaxArraySize")
    }
    guard size > 1 else {
      throw SlurmFailure(
        .refused, "the cluster \(name) allows no job arrays (MaxArraySize \(size))")
    }
    return SlurmCluster(name: name, largestArray: size)
  }

  package func submit(_ script: SlurmScript) async throws(SlurmFailure) -> Int {
    let text = try await output(
      of: "sbatch", ["--parsable", "--output=\(script.outputPattern)", script.scriptPath],
      within: submissionPatience)
    guard let job = SlurmListing.submittedJob(text) else {
      throw SlurmFailure(.silent, "sbatch answered '\(text.prefix(200))', which is no job number")
    }
    return job
  }

  package func job(named name: String) async throws(SlurmFailure) -> Int? {
    SlurmListing.job(
      named: name,
      in: try await output(of: "squeue", Self.queueArguments + ["--name=\(name)"]))
  }

  package func states(
    of jobs: [Int: String]
  ) async throws(SlurmFailure) -> [SlurmTaskID: SlurmState] {
    guard !jobs.isEmpty else { return [:] }
    do {
      let list = Self.list(jobs)
      let text = try await output(of: "squeue", Self.queueArguments + ["--jobs=\(list)"])
      return SlurmListing.queue(text, names: Set(jobs.values))
    } catch  where error.description.contains("Invalid job id") {
      // Those are Slurm's words for that it has forgotten all of them.
      return [:]
    }
  }

  package func ends(of jobs: [Int: String]) async -> [SlurmTaskID: SlurmEnd] {
    var ends: [SlurmTaskID: SlurmEnd] = [:]
    for job in jobs.keys.sorted() {
      let text = try? await output(of: "scontrol", ["--oneliner", "show", "job", "\(job)"])
      ends.merge(SlurmListing.ends(details: text ?? "", names: Set(jobs.values))) { $1 }
    }
    // Without accounting it says so and fails, which is as good as no answer.
    let accounts = try? await output(
      of: "sacct",
      [
        "--noheader", "--parsable2", "--allocations", "--jobs=\(Self.list(jobs))",
        "--format=\(SlurmListing.accountFormat)",
      ])
    return ends.merging(SlurmListing.ends(accounts: accounts ?? "", names: Set(jobs.values))) {
      first, _ in first
    }
  }

  package func cancel(_ targets: [String]) async throws(SlurmFailure) {
    var names = targets[...]
    while !names.isEmpty {
      var bytes = 0
      let part = names.prefix { name in
        bytes += name.utf8.count + 1
        return bytes < Self.argumentBytes
      }
      _ = try await output(of: "scancel", ["--quiet"] + part)
      names = names.dropFirst(part.count)
    }
  }

  private static let queueArguments = [
    "--noheader", "--states=all", "--format=\(SlurmListing.queueFormat)",
  ]

  private static func list(_ jobs: [Int: String]) -> String {
    jobs.keys.sorted().map(String.init).joined(separator: ",")
  }

  // MARK: Running a program

  /// Settings of the user's own that would change what the programs print, or what is submitted.
  private static let foreignVariables = [
    "SQUEUE_ALL", "SQUEUE_ARRAY", "SQUEUE_CLUSTERS", "SQUEUE_FEDERATION", "SQUEUE_FORMAT",
    "SQUEUE_FORMAT2", "SQUEUE_LICENSES", "SQUEUE_LOCAL", "SQUEUE_NAMES", "SQUEUE_PARTITION",
    "SQUEUE_PRIORITY", "SQUEUE_QOS", "SQUEUE_SIBLING", "SQUEUE_SORT", "SQUEUE_STATES",
    "SQUEUE_USERS", "SLURM_CLUSTERS", "SCONTROL_ALL", "SCONTROL_FEDERATION", "SACCT_FEDERATION",
    "SBATCH_ARRAY_INX", "SBATCH_CLUSTERS", "SBATCH_JOB_NAME", "SBATCH_NO_REQUEUE",
    "SBATCH_OPEN_MODE", "SBATCH_REQUEUE", "SBATCH_SIGNAL", "SBATCH_WAIT", "SBATCH_INPUT",
    "SBATCH_OUTPUT", "SBATCH_ERROR", "SCANCEL_BATCH", "SCANCEL_CTLD", "SCANCEL_FULL",
    "SCANCEL_HURRY", "SCANCEL_INTERACTIVE", "SCANCEL_NAME", "SCANCEL_PARTITION", "SCANCEL_QOS",
    "SCANCEL_STATE", "SCANCEL_USER", "SCANCEL_VERBOSE", "SCANCEL_WCKEY",
  ]

  private static var environment: Environment {
    var changes: [Environment.Key: String?] = [
      "LC_ALL": "C",
      // Lists of waiting tasks are otherwise cut after 64 letters.
      "SLURM_BITSTR_LEN": "0",
    ]
    for name in foreignVariables { changes[.init(stringLiteral: name)] = .some(nil) }
    return .inherit.updating(changes)
  }

  private func output(
    of name: String, _ arguments: [String], within time: Duration? = nil
  ) async throws(SlurmFailure) -> String {
    guard let program = HostProgram(name, in: path) else {
      throw SlurmFailure(
        .missing,
        "there is no \(name) on this host's PATH. Run it where Slurm's programs are; Debian has "
          + "them in the package slurm-client (apt install slurm-client)")
    }
    let time = time ?? patience
    let answer: HostProgram.Answer?
    do {
      answer = try await program.run(
        arguments, environment: Self.environment, outputLimit: Self.outputLimit, within: time)
    } catch {
      throw SlurmFailure(.silent, "\(name) could not be run: \(error)")
    }
    guard let answer else {
      throw SlurmFailure(.silent, "\(name) did not answer within \(time)")
    }
    guard answer.hasSucceeded else { throw Self.failure(of: name, answer) }
    return answer.text
  }

  /// Whether a program that failed could not reach its controller, or was told no.
  private static func failure(of name: String, _ answer: HostProgram.Answer) -> SlurmFailure {
    let silence = [
      "Unable to contact", "Socket timed out", "Connection refused", "Connection timed out",
      "Communication connection failure", "Zero Bytes were transmitted", "not responding",
      "backup controller", "Slurm backup controller", "Transport endpoint",
      "Protocol authentication",
      "temporarily unable", "Resource temporarily unavailable",
    ]
    let lines = answer.errors.split(whereSeparator: \.isNewline)
    let text = lines.map { $0.trimmingCharacters(in: [" "]) }.joined(separator: "; ")
    guard !text.isEmpty else {
      // One that was killed may have reached the controller before.
      return switch answer.status {
      case .exited(let code):
        SlurmFailure(.refused, "\(name) failed with status \(code) and without a word")
      case .signaled(let signal):
        SlurmFailure(.silent, "\(name) was killed by signal \(signal)")
      }
    }
    let isSilent = silence.contains { text.range(of: $0, options: .caseInsensitive) != nil }
    return SlurmFailure(isSilent ? .silent : .refused, "\(name): \(text)")
  }
}
