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
  func run(tell: (NightOutcome) -> Void) async throws {
    try options.heartbeat.map { Heartbeat(path: $0) }?.requireOwn()
    let deadline = options.timeLimitSeconds.map { ContinuousClock.now + .seconds($0) }
    let blas = try BLASLibrary.load(options.machine.nativeBlas ? .native : .pinned)
    let store = try ExperimentStore(path: options.store.path, access: .write)
    if let name = options.baseline { _ = try store.baseline(named: name) }
    let sweeps = try files.map { try PlannedSweep(nightlyOf: $0, in: store, blas: blas) }
    try requireDifferent(sweeps)
    let locks = try sweeps.map { try lock($0.sweep.name) }
    defer { withExtendedLifetime(locks) {} }
    var outcomes: [NightOutcome] = []
    for sweep in sweeps {
      let night = Night(
        planned: sweep, store: store, blas: blas, options: options, deadline: deadline,
        journal: journal)
      let outcome = try await night.run()
      tell(outcome)
      outcomes.append(outcome)
    }
    try store.close()
    try beat(outcomes)
  }

  /// Of sweeps of one name the second would wait for the lock of the first.
  private func requireDifferent(_ sweeps: [PlannedSweep]) throws {
    var files: [String: String] = [:]
    for sweep in sweeps {
      guard let first = files.updateValue(sweep.file, forKey: sweep.sweep.name) else { continue }
      throw NightlyError(
        first == sweep.file
          ? "\(first) is given twice; give each sweep file once"
          : "\(first) and \(sweep.file) are both files of the sweep '\(sweep.sweep.name)', which has "
            + "one night at a time. Leave one of them out, or give it a name of its own")
    }
  }

  private func lock(_ sweep: String) throws -> NightLock {
    let folder = options.lockFolder(of: sweep)
    try folder.create()
    return try NightLock(
      path: folder.lock, subject: "a nightly of the sweep '\(sweep)'",
      owner: "process \(ProcessInfo.processInfo.processIdentifier) on \(RunEnvironment.host) since "
        + "\(Timestamp(Date()))")
  }

  /// For who watches that nights come at all.
  private func beat(_ outcomes: [NightOutcome]) throws {
    guard let path = options.heartbeat else { return }
    try Heartbeat(path: path).write(
      outcomes.map { ($0.launch.sweepName, $0.verdict) }, at: Date())
  }
}
