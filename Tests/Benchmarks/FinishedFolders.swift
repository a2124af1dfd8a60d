import Foundation
import Store
import Sweeps

/// A store whose jobs Slurm has, and the run folders in which all of them have ended.
struct FinishedFolders {
  let path: String
  let runs: Int
  let steps: Int
  let measures: Int
  let weightBytes: Int

  /// Tasks of one submission, as Slurm takes them by default.
  private static let arraySize = 1_000

  func write() throws {
    let store = try ExperimentStore(path: path, access: .write)
    let launch = StoreFill.launch(number: 0)
    let jobs = (0..<runs).map { MadeUpRun(number: $0).job(settings: 20, index: $0) }
    let begun = try store.begin(launch, jobs: jobs)
    for first in stride(from: 0, to: runs, by: Self.arraySize) {
      let part = first..<min(first + Self.arraySize, runs)
      let submission = SlurmSubmission(
        id: Identifier.random(), launchID: launch.id, sweepName: launch.sweepName,
        cluster: "made-up", submittedAt: launch.startedAt)
      let tasks = try store.begin(
        submission, runs: part.map { (begun[$0].runID, jobs[$0].spec) })
      try store.accept(submission: submission.id, asJob: first + 1)
      for task in tasks {
        try write(
          task, number: first + task.position, in: store.location.runFolder(of: task.runID))
      }
    }
    try store.end(launch: launch.id, at: launch.startedAt)
    try store.close()
  }

  private func write(_ task: SlurmTask, number: Int, in folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let outcome = MadeUpRun(number: number).outcome(measures: measures, steps: steps)
    let encoder = JSONEncoder()
    var history = Data()
    for point in outcome.history { history += try encoder.encode(point) + Data("\n".utf8) }
    // No two runs have the same weights.
    var weights = Data(repeating: 0, count: weightBytes)
    withUnsafeBytes(of: number) { weights.replaceSubrange(0..<$0.count, with: $0) }
    let report = """
      {"schema": 1, "jobKey": "\(task.jobKey)", "ending": "completed", "selectedStep": \(steps * 50),
       "finalMetrics": \(String(decoding: try encoder.encode(outcome.finalMetrics), as: UTF8.self)),
       "environment": {"host": "made up", "numerics_identity": "1"}, "historyBytes": \(history.count),
       "cost": {"wallSeconds": 1, "processorSeconds": 1, "peakMemoryBytes": 1000000},
       "checkpoints": [{"kind": "best", "step": \(steps * 50), "file": "best.safetensors"}]}
      """
    for (name, content) in [
      ("metrics.jsonl", history), ("best.safetensors", weights), ("result.json", Data(report.utf8)),
      ("log.txt", Data(repeating: UInt8(ascii: "\n"), count: 2_000)),
    ] {
      try content.write(to: URL(fileURLWithPath: folder + "/" + name))
    }
  }
}
