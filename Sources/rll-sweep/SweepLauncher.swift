import CommandSupport
import Datasets
import Foundation
import Kernels
import Logging
import Reports
import Runner
import Store
import Sweeps
import Training

/// What came of one launch.
struct LaunchResult {
  let sweepName: String
  let sweepID: String
  let summary: LaunchSummary
  /// Jobs that failed in an earlier launch and were not tried again.
  let failedBefore: Int
  /// Whether the repeats of what the search chose are still to come.
  let lacksRepeats: Bool
  /// The signal that stopped it.
  let signal: Int32?

  var isWholeSweepDone: Bool {
    summary.failed + summary.interrupted + summary.pending + failedBefore == 0 && !lacksRepeats
  }

  var document: JSONValue {
    .document([
      .init("sweep", .string(sweepName)), .init("sweep_id", .string(sweepID)),
      .init("total", .integer(summary.total)), .init("completed", .integer(summary.completed)),
      .init("skipped", .integer(summary.skipped)), .init("failed", .integer(summary.failed)),
      .init("interrupted", .integer(summary.interrupted)),
      .init("pending", .integer(summary.pending)),
      .init("failed_before", .integer(failedBefore)),
      .init("wall_seconds", .number(summary.wallSeconds)),
    ])
  }
}

/// Launches a planned sweep on this host, tells the user how it goes and heeds signals.
struct SweepLauncher {
  let store: ExperimentStore
  let blas: BLASLibrary
  let workers: Int
  let usesNativeBLAS: Bool
  let isQuiet: Bool
  let logger: Logger

  func launch(_ planned: PlannedSweep) async throws -> LaunchResult {
    let progress = ProgressPrinter(
      planned: planned, terminal: .standardError, isQuiet: isQuiet)
    progress.warn(planned.warnings)
    try keepBaselines(planned, progress)
    let scheduler = Scheduler(
      store: store,
      executor: try LocalExecutor.trainingProcesses(),
      workers: workers, usesNativeBLAS: usesNativeBLAS,
      logger: logger, observe: { progress.show($0) })
    let signals = StopSignals { _ in Task { await scheduler.interrupt() } }
    let second = SecondRound(of: planned, store: store) { progress.warn($0) }
    let summary = try await scheduler.run(
      planned.plan.jobs, as: record(planned), next: { try second.jobs(of: $0) })
    try FoldModels(store: store, planned: planned, blas: blas)
      .keepFigures(progress: progress) { signals.first != nil }
    let failedBefore =
      Self.failedBefore(planned.plan, planned.known)
      + (second.repeats.map { Self.failedBefore($0.plan, $0.known) } ?? 0)
    if failedBefore > 0 {
      progress.warn([
        "\(Counted(failedBefore, "job")) failed in an earlier launch and did not run again; "
          + "--retry-failed runs them"
      ])
    }
    let sweep = try store.sweep(named: planned.sweep.name)
    return LaunchResult(
      sweepName: planned.sweep.name, sweepID: sweep.id, summary: summary,
      failedBefore: failedBefore, lacksRepeats: second.isMissing,
      signal: signals.first)
  }

  private static func failedBefore(_ plan: RunPlan, _ known: [String: KnownJob]) -> Int {
    plan.jobs.count { $0.action == .skip && known[$0.key]?.state == .failed }
  }

  private func record(_ planned: PlannedSweep) -> LaunchRecord {
    LaunchRecord(
      id: Identifier.random(), sweepName: planned.sweep.name,
      sweepDescription: planned.sweep.description, file: planned.file,
      text: planned.sweep.wholeText,
      textDigest: planned.sweep.textDigest, commandLine: CommandLine.arguments,
      axes: planned.sweep.axes.map { .init(name: $0.name, values: $0.values) },
      objective: planned.sweep.objective, host: RunEnvironment.host,
      processID: ProcessInfo.processInfo.processIdentifier, startedAt: Timestamp(Date()))
  }

  /// The untrained features' figures, once for each content.
  private func keepBaselines(_ planned: PlannedSweep, _ progress: ProgressPrinter) throws {
    let recallAt = planned.sweep.jobs.first?.settings["evaluation.recall_at"]?.list ?? []
    for level in planned.levels {
      guard try store.baselines(dataDigest: level.digest).isEmpty else { continue }
      let copyBytes = Baselines.copyBytes(of: level.data.test)
      guard copyBytes <= Baselines.copyLimitBytes else {
        progress.warn([
          "level \(level.name) has no untrained figures to compare with: they take a copy of its "
            + "\(level.data.test.count) test rows, which at \(Self.gibibytes(copyBytes)) is over "
            + "the limit of \(Self.gibibytes(Baselines.copyLimitBytes))"
        ])
        continue
      }
      let all = try Baselines.evaluate(
        training: level.data.train, test: level.data.test,
        recallAt: recallAt.compactMap(\.integer), blas: blas)
      let baselines = all.map { baseline in
        let figures = baseline.measures.named("", step: 0).map { ($0.name, $0.value) }
        return FeatureBaseline(
          FeatureBaseline.Kind(baseline.kind),
          figures: Dictionary(figures, uniquingKeysWith: { $1 }))
      }
      try store.keep(baselines, dataDigest: level.digest)
    }
  }

  private static func gibibytes(_ count: Int) -> String {
    String(format: "%.1f GiB", Double(count) / Double(1 << 30))
  }
}

extension FeatureBaseline.Kind {
  fileprivate init(_ kind: Baselines.Kind) {
    switch kind {
    case .raw: self = .raw
    case .centered: self = .centered
    case .whitened: self = .whitened
    case .discriminant: self = .lda
    }
  }
}
