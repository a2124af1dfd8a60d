import CommandSupport
import Foundation
import Reports
import Runner
import Store
import Sweeps

/// Slurm as the commands reach it.
enum SlurmAccess {
  static var client: SlurmClient {
    SlurmClient(path: ProcessInfo.processInfo.environment["PATH"] ?? "")
  }

  static func collector(of store: ExperimentStore) -> SlurmCollector {
    SlurmCollector(
      store: store, control: client, logger: Diagnostics.logger(isVerbose: false))
  }

  static func request(_ options: SlurmOptions, detaches: Bool) -> SlurmRequest {
    SlurmRequest(
      options: options, program: OwnProgram.path, arguments: ["train"], detaches: detaches)
  }

  /// What a look says to people, one line each.
  static func notes(_ look: SlurmLook) -> [String] {
    var notes: [String] = []
    if look.running + look.waiting > 0 {
      let reasons = look.reasons.filter { !["", "None"].contains($0.key) }
        .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3)
        .map { "\($0.value) for \($0.key)" }.joined(separator: ", ")
      notes.append(
        "Slurm: \(look.running) running, \(look.waiting) waiting"
          + (reasons.isEmpty ? "" : " (\(reasons))"))
    }
    if look.doubtful > 0 {
      notes.append("\(Counted(look.doubtful, "job")) ended in Slurm without a result so far")
    }
    if let failure = look.failure {
      notes.append("Slurm cannot be asked about \(Counted(look.unseen, "job")): \(failure)")
    } else if look.unseen > 0 {
      notes.append(
        "\(Counted(look.unseen, "job")) of another cluster, or about to be submitted: "
          + "not asked about")
    }
    return notes
  }
}

/// This program's own file, whatever it was called as.
enum OwnProgram {
  static var path: String {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return link ?? CommandLine.arguments[0]
  }
}
