import CommandSupport
import Foundation
import Kernels
import Runner
import Store
import Sweeps

/// The nights of one call. Every sweep is checked and locked before the first one runs.
struct NightlyWork {
  let files: [String]
  let options: NightlyOptions
  let journal: NightJournal

  /// - Parameter tell: Hears of each night when it is over, whatever becomes of those that follow.
  func run(tell: (NightOutcome) throws -> Void) async throws -> [NightOutcome] {
    let deadline = options.timeLimitSeconds.map { ContinuousClock.now + .seconds($0) }
    let blas = try BLASLibrary.load(options.machine.nativeBlas ? .native : .pinned)
    let store = try ExperimentStore(path: options.store.path, access: .write)
    if let name = options.baseline { _ = try store.baseline(named: name) }
    let sweeps = try files.map { try PlannedSweep(nightlyOf: $0, in: store, blas: blas) }
    let locks = try sweeps.map { try lock($0.sweep.name) }
    defer { withExtendedLifetime(locks) {} }
    var outcomes: [NightOutcome] = []
    for sweep in sweeps {
      let night = Night(
        planned: sweep, store: store, blas: blas, options: options, deadline: deadline,
        journal: journal)
      let outcome = try await night.run()
      try tell(outcome)
      outcomes.append(outcome)
    }
    try store.close()
    try beat(outcomes)
    return outcomes
  }

  /// Beside the store and not among the reports: these may be led elsewhere by each caller.
  private func lock(_ sweep: String) throws -> NightLock {
    let folder = NightFolder(
      path: StoreLocation(path: options.store.path).nightFolder(of: sweep))
    try folder.create()
    return try NightLock(
      path: folder.path + "/lock", subject: "a nightly of the sweep '\(sweep)'",
      owner: "process \(ProcessInfo.processInfo.processIdentifier) on \(RunEnvironment.host) since "
        + "\(Timestamp(Date()))")
  }

  /// For who watches that nights come at all.
  private func beat(_ outcomes: [NightOutcome]) throws {
    guard let path = options.heartbeat else { return }
    let now = Timestamp(Date())
    let lines = outcomes.map { "\(now) \($0.verdict.rawValue) \($0.launch.sweepName)\n" }
    try DurableFile.write(Data(lines.joined().utf8), to: path, mode: 0o666)
  }
}
