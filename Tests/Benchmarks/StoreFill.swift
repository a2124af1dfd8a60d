import Foundation
import Store
import Sweeps

/// A store of made-up runs: planned, claimed and taken in as a launch does it, only that many runs
/// are taken in together.
struct StoreFill {
  private static let jobsPerSweep = 10_000

  let path: String
  let runs: Int
  let settings: Int
  let measures: Int
  let steps: Int
  let together: Int

  func report() throws {
    let store = try ExperimentStore(path: path, access: .write)
    var (planning, intake) = (Cost(), Cost())
    for first in stride(from: 0, to: runs, by: Self.jobsPerSweep) {
      let count = min(Self.jobsPerSweep, runs - first)
      try fill(store, first: first, count: count, planning: &planning, intake: &intake)
    }
    try store.close()
    try describe(planning: planning, intake: intake)
  }

  private func fill(
    _ store: ExperimentStore, first: Int, count: Int, planning: inout Cost, intake: inout Cost
  ) throws {
    let launch = Self.launch(number: first / Self.jobsPerSweep)
    try FileManager.default.createDirectory(
      atPath: store.location.runsFolder, withIntermediateDirectories: true)
    let lock = try LaunchLock(path: store.location.launchLock(of: launch.id))
    let jobs = (0..<count).map { MadeUpRun(number: first + $0).job(settings: settings, index: $0) }
    var begun: [LaunchedJob] = []
    try planning.add { begun = try store.begin(launch, jobs: jobs) }
    for start in stride(from: 0, to: count, by: together) {
      let places = start..<min(start + together, count)
      let outcomes = places.map {
        MadeUpRun(number: first + $0).outcome(measures: measures, steps: steps)
      }
      try intake.add {
        try store.transaction { transaction in
          for (place, outcome) in zip(places, outcomes) {
            let attempt = try transaction.claim(
              runID: begun[place].runID, launchID: launch.id, spec: jobs[place].spec,
              now: launch.startedAt)
            try transaction.takeIn(outcome, runID: begun[place].runID, attempt: attempt ?? 0)
          }
        }
      }
    }
    try store.end(launch: launch.id, at: Timestamp(Date()))
    withExtendedLifetime(lock) {}
  }

  static func launch(number: Int) -> LaunchRecord {
    LaunchRecord(
      id: Identifier.random(), sweepName: "made-up-\(number)", sweepDescription: nil,
      file: "made-up.yaml", text: "name: made-up-\(number)\n",
      textDigest: CheckpointContent.digest(of: Data("name: made-up-\(number)\n".utf8)),
      commandLine: ["rll-bench", "fill"],
      axes: [
        LaunchRecord.Axis(name: "loss.alpha", values: [1, 1.1, 1.2].map(SettingValue.number))
      ],
      objective: Objective(), host: "made up", processID: ProcessInfo.processInfo.processIdentifier,
      startedAt: Timestamp(Date()))
  }

  /// Time on the clock, and on a processor, which does not count what others take.
  private struct Cost {
    var wallSeconds = 0.0
    var processorSeconds = 0.0

    mutating func add(_ body: () throws -> Void) throws {
      var failure: (any Error)?
      processorSeconds += ProcessUse.processorSeconds {
        wallSeconds += Stopwatch.seconds {
          do { try body() } catch { failure = error }
        }
      }
      if let failure { throw failure }
    }

    var text: String {
      "\(Stopwatch.rounded(wallSeconds)) s (\(Stopwatch.rounded(processorSeconds)) s of a processor)"
    }
  }

  private func describe(planning: Cost, intake: Cost) throws {
    let points = runs * measures * steps
    let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    print(
      "\(runs) runs of \(settings) settings, \(measures) measures and \(steps) steps: "
        + "planned in \(planning.text), taken in within \(intake.text), \(bytes / 1_000_000) MB")
    guard points > 0 else { return }
    let transactions = (runs + together - 1) / together
    let plain = try PlainWriting(bytes: 8 * points, times: transactions, beside: path).seconds()
    let sizes = try ExperimentStore(path: path, access: .inspect).query(
      "SELECT sum(pgsize) FROM dbstat WHERE name = 'metricPoint'")
    let size = sizes.rows.first?.first?.number ?? .nan
    print(
      "\(points) points: \(Int(Double(points) / intake.wallSeconds)) durable points/s "
        + "(\(Int(Double(points) / intake.processorSeconds)) a processor second) in \(transactions) "
        + "transactions, \(Stopwatch.rounded(size / Double(points))) bytes a point "
        + "(goals 200000 and 25); their \(8 * points / 1_000_000) MB of bare values, written and "
        + "synced to a plain file as often: \(Stopwatch.rounded(plain)) s, "
        + "ratio \(Stopwatch.rounded(intake.wallSeconds / plain))")
  }
}
