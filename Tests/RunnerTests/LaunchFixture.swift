import Foundation
import Logging
import Runner
import Store
import Sweeps
import Synchronization
import TestSupport

/// A store in a folder of its own and a plan of a few jobs.
struct LaunchFixture {
  let folder: TemporaryFolder
  let store: ExperimentStore

  init() throws {
    folder = try TemporaryFolder()
    store = try ExperimentStore(path: folder.file("store.sqlite"), access: .write)
  }

  /// Changes the store behind its back.
  func sqlite(_ statement: String) throws {
    try StoreFile.run(statement, on: folder.file("store.sqlite"))
  }

  func jobs(_ count: Int) -> [RunPlan.Job] {
    (0..<count).map { index in
      RunPlan.Job(
        spec: JobSpec(
          index: index,
          settings: [
            "seed": .number(Double(index)), "steps": .number(400),
            "dataset.path": .text("/data/cub.h5"),
          ], origins: ["seed": .defaults]),
        key: String(repeating: String(index, radix: 16), count: 64), canonicalText: "{}",
        dataDigests: ["high": String(repeating: "d", count: 64)])
    }
  }

  func plan(_ count: Int, options: RerunOptions = .init()) throws -> [PlannedJob] {
    let jobs = jobs(count)
    return RunPlan(
      jobs: jobs, known: try store.knownJobs(keys: jobs.map(\.key)), options: options,
      numericsIdentity: "one"
    ).jobs
  }

  func record() -> LaunchRecord {
    var launch = LaunchRecord(
      id: Identifier.random(), sweepName: "fixture", sweepDescription: nil, file: "fixture.yaml",
      text: "name: fixture", textDigest: String(repeating: "a", count: 64),
      commandLine: ["rll-sweep", "launch"], axes: [], objective: Objective(), host: "here",
      processID: 1, startedAt: Timestamp(Date()))
    launch.bootID = HostIdentity.current.bootID
    return launch
  }

  func launch(
    _ plan: [PlannedJob], executor: any Executor, workers: Int = 2,
    policy: LaunchPolicy = LaunchPolicy(), clock: any Clock<Duration> = ContinuousClock(),
    date: @escaping @Sendable () -> Date = { Date() }, next: NextRound? = nil,
    observe: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async throws -> LaunchSummary {
    try await scheduler(
      executor: executor, workers: workers, policy: policy, clock: clock, date: date,
      observe: observe
    ).run(plan, as: record(), next: next)
  }

  func scheduler(
    executor: any Executor, workers: Int = 2, policy: LaunchPolicy = LaunchPolicy(),
    clock: any Clock<Duration> = ContinuousClock(),
    date: @escaping @Sendable () -> Date = { Date() },
    observe: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) -> Scheduler {
    Scheduler(
      store: store, executor: executor, workers: workers, policy: policy, usesNativeBLAS: false,
      clock: clock, date: date, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
      observe: observe)
  }
}
