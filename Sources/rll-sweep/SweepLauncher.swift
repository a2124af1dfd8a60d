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
  /// Whether the repeats of what the search chose are still to come.
  let lacksRepeats: Bool
  /// Whether it was only to hand its jobs to Slurm.
  let isDetached: Bool
  /// The signal that stopped it.
  let signal: Int32?
  /// Whether its deadline passed before it ended.
  let isOutOfTime: Bool
  /// The first run that failed; nil where none did, or nobody was told.
  let failedRun: String?

  var isWholeSweepDone: Bool {
    summary.failed + summary.interrupted + summary.pending + summary.failedBefore == 0
      && (isDetached || (summary.leftToSlurm == 0 && !lacksRepeats))
  }

  var document: JSONValue {
    .document([
      .init("sweep", .string(sweepName)), .init("sweep_id", .string(sweepID)),
      .init("total", .integer(summary.total)), .init("completed", .integer(summary.completed)),
      .init("skipped", .integer(summary.skipped)), .init("failed", .integer(summary.failed)),
      .init("cancelled", .integer(summary.cancelled)),
      .init("interrupted", .integer(summary.interrupted)),
      .init("pending", .integer(summary.pending)),
      .init("failed_before", .integer(summary.failedBefore)),
      .init("left_to_slurm", .integer(summary.leftToSlurm)),
      .init("wall_seconds", .number(summary.wallSeconds)),
    ])
  }
}

/// Launches the jobs of a sweep, tells the user how it goes and heeds signals.
struct SweepLauncher {
  let store: ExperimentStore
  let blas: BLASLibrary
  let workers: Int
  /// Without its resources, which the request has.
  let policy: LaunchPolicy
  let usesNativeBLAS: Bool
  let isQuiet: Bool
  let logger: Logger
  var usesSlurm = false
  /// Whether it ends when everything is handed to Slurm.
  var detaches = false
  /// When what is running is asked to stop, with a checkpoint.
  var deadline: ContinuousClock.Instant?
  /// Who is told how it goes instead of standard error.
  var listener: ProgressPrinter.Output?

  func launch(_ request: LaunchRequest) async throws -> LaunchResult {
    let progress = progress(of: request)
    progress.warn(request.warnings)
    if let planned = request.planned { try keepBaselines(planned, progress) }
    let second = request.planned.map { planned in
      SecondRound(of: planned, store: store) { progress.warn($0) }
    }
    let next: NextRound = { try second?.jobs(of: $0) ?? [] }
    let (summary, early) =
      try await usesSlurm
      ? runInSlurm(request, next: next, progress) : runHere(request, next: next, progress)
    if let planned = request.planned {
      try FoldModels(store: store, planned: planned, blas: blas)
        .keepFigures(progress: progress) { early.isAsked }
    }
    progress.warn(Self.warnings(summary, sweep: request.record.sweepName))
    let sweep = try store.sweep(named: request.record.sweepName)
    return LaunchResult(
      sweepName: request.record.sweepName, sweepID: sweep.id, summary: summary,
      lacksRepeats: second?.isMissing ?? false, isDetached: detaches, signal: early.signals.first,
      isOutOfTime: early.deadline?.hasPassed ?? false, failedRun: progress.failedRun)
  }

  /// What may end a launch before its jobs do.
  private struct EarlyEnd {
    let signals: StopSignals
    let deadline: Deadline?

    var isAsked: Bool { signals.first != nil || deadline?.hasPassed == true }
  }

  private func earlyEnd(_ interrupt: @escaping @Sendable () async -> Void) -> EarlyEnd {
    EarlyEnd(
      signals: StopSignals { _ in Task { await interrupt() } },
      deadline: deadline.map { Deadline($0, react: interrupt) })
  }

  private func policy(of request: LaunchRequest) -> LaunchPolicy {
    var policy = policy
    policy.resources = request.record.resources
    return policy
  }

  private func runHere(
    _ request: LaunchRequest, next: @escaping NextRound, _ progress: ProgressPrinter
  ) async throws -> (LaunchSummary, EarlyEnd) {
    let watch = SlurmWatch(store: store) { progress.warn($0) }
    let scheduler = Scheduler(
      store: store, executor: try LocalExecutor.trainingProcesses(), workers: workers,
      policy: policy(of: request), usesNativeBLAS: usesNativeBLAS, logger: logger,
      lookElsewhere: { await watch.look() }, observe: { progress.show($0) })
    let early = earlyEnd { await scheduler.interrupt() }
    return (try await scheduler.run(request.jobs, as: request.record, next: next), early)
  }

  private func runInSlurm(
    _ request: LaunchRequest, next: @escaping NextRound, _ progress: ProgressPrinter
  ) async throws -> (LaunchSummary, EarlyEnd) {
    let options = request.record.resources.slurm ?? SlurmOptions()
    let launch = SlurmLaunch(
      store: store, control: SlurmAccess.client,
      request: SlurmAccess.request(options, detaches: detaches), policy: policy(of: request),
      usesNativeBLAS: usesNativeBLAS, logger: logger, observe: { progress.show($0) })
    let early = earlyEnd { await launch.interrupt() }
    return (try await launch.run(request.jobs, as: request.record, next: next), early)
  }

  private func progress(of request: LaunchRequest) -> ProgressPrinter {
    guard let listener else {
      return ProgressPrinter(request, terminal: .standardError, isQuiet: isQuiet)
    }
    return ProgressPrinter(
      request, terminal: Terminal(isTerminal: false, columns: 80, environment: [:]),
      isQuiet: false, output: listener)
  }

  private static func warnings(_ summary: LaunchSummary, sweep: String) -> [String] {
    var warnings: [String] = []
    if summary.failedBefore > 0 {
      warnings.append(
        "\(Counted(summary.failedBefore, "job")) failed in an earlier launch and did not run again; "
          + "--retry-failed runs them")
    }
    let cancelled = summary.cancelledBefore + summary.cancelled
    if cancelled > 0 {
      warnings.append(
        "\(Counted(cancelled, "job")) of the sweep \(cancelled == 1 ? "is" : "are") cancelled; "
          + "rll-sweep retry \(sweep) runs \(cancelled == 1 ? "it" : "them")")
    }
    return warnings
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
