import Foundation

/// What Slurm's listing programs print, read.
package enum SlurmListing {
  /// The columns of `squeue` that are asked for.
  static let queueFormat = "%i|%T|%j|%r"
  /// The columns of `sacct` that are asked for.
  static let accountFormat = "JobID,State,ExitCode,NodeList,JobName"

  /// The tasks in a listing of `squeue`, of jobs with one of the names.
  package static func queue(
    _ text: String, names: Set<String>
  ) -> [SlurmTaskID: SlurmState] {
    var states: [SlurmTaskID: SlurmState] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let fields = line.split(separator: "|", omittingEmptySubsequences: false)
      guard fields.count >= 4, names.contains(String(fields[2])) else { continue }
      let state = SlurmState(
        text: fields[1], reason: fields[3].trimmingCharacters(in: ["(", ")", " "]))
      for task in SlurmTaskID.all(fields[0]) { states[task] = state }
    }
    return states
  }

  /// The number of the array of the name in a listing of `squeue`.
  package static func job(named name: String, in text: String) -> Int? {
    queue(text, names: [name]).keys.first?.job
  }

  /// How tasks ended, from what `scontrol --oneliner show job` prints, of jobs with one of the names.
  package static func ends(
    details text: String, names: Set<String>
  ) -> [SlurmTaskID: SlurmEnd] {
    var ends: [SlurmTaskID: SlurmEnd] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard let name = field("JobName", of: line), names.contains(String(name)),
        let job = field("ArrayJobId", of: line).flatMap({ Int($0) }),
        let tasks = field("ArrayTaskId", of: line),
        let state = field("JobState", of: line),
        case .ended(let kind) = SlurmState(text: state)
      else { continue }
      let end = SlurmEnd(
        kind, exit: field("ExitCode", of: line) ?? "", node: known(field("NodeList", of: line)),
        reason: known(field("Reason", of: line)))
      for task in SlurmTaskID.tasks(tasks) { ends[SlurmTaskID(job: job, task: task)] = end }
    }
    return ends
  }

  /// How tasks ended, from what `sacct` prints of whole jobs.
  package static func ends(
    accounts text: String, names: Set<String>
  ) -> [SlurmTaskID: SlurmEnd] {
    var ends: [SlurmTaskID: SlurmEnd] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let fields = line.split(separator: "|", omittingEmptySubsequences: false)
      guard fields.count >= 5, names.contains(String(fields[4])),
        case .ended(let kind) = SlurmState(text: fields[1])
      else { continue }
      let end = SlurmEnd(kind, exit: fields[2], node: known(fields[3]), reason: nil)
      for task in SlurmTaskID.all(fields[0]) { ends[task] = end }
    }
    return ends
  }

  /// The value of `Name = value`, as `scontrol show config` prints them.
  package static func setting(_ name: String, in text: String) -> String? {
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0].trimmingCharacters(in: [" "]) == name {
        return parts[1].trimmingCharacters(in: [" "])
      }
    }
    return nil
  }

  /// The number of the new job, from `sbatch --parsable`: `123`, or `123;cluster`.
  package static func submittedJob(_ text: String) -> Int? {
    text.split(whereSeparator: \.isNewline).last
      .flatMap { $0.split(separator: ";").first }
      .flatMap { Int($0.trimmingCharacters(in: [" "])) }
      .flatMap { $0 > 0 ? $0 : nil }
  }

  /// The value of `Name=value` among words.
  private static func field(_ name: String, of line: Substring) -> Substring? {
    let text = " " + line
    return text.firstRange(of: " \(name)=").map { text[$0.upperBound...].prefix { $0 != " " } }
  }

  /// Slurm has several words for nothing.
  private static func known(_ text: some StringProtocol) -> String? {
    let word = text.trimmingCharacters(in: ["(", ")", " "])
    return ["", "null", "None", "none", "N/A", "None assigned"].contains(word) ? nil : word
  }

  private static func known(_ text: Substring?) -> String? { text.flatMap { known(String($0)) } }
}
