import CommandSupport
import Kernels
import Runner
import Store
import Sweeps

/// What nights need, tried out before they are installed, in the order in which they need it.
struct NightTrial {
  let options: NightlyOptions

  /// Throws what a night of the sweep file would end with, and leaves nothing behind.
  func run(file: String) throws -> PlannedSweep {
    try options.log.map { RotatedLog(path: $0) }?.tryOut()
    let store = try openStore()
    let sweep = try PlannedSweep(
      nightlyOf: file, in: store,
      blas: BLASLibrary.load(options.machine.nativeBlas ? .native : .pinned))
    try store?.close()
    let name = sweep.sweep.name
    let (lockFolder, reports) = (options.lockFolder(of: name), options.folder(of: name))
    let heartbeat = options.heartbeat.map { Heartbeat(path: $0) }
    try lockFolder.tryOut { () throws(RunnerError) in
      try NightLock.tryOut(lockFolder.lock)
      try reports.tryOut { () throws(RunnerError) in try heartbeat?.tryOut() }
    }
    return sweep
  }

  /// Nil where there is none yet; the first night makes it.
  private func openStore() throws -> ExperimentStore? {
    let location = StoreLocation(path: options.store.path)
    guard location.isThere else {
      try location.checkWritable()
      if let name = options.baseline {
        throw NightlyError(
          "there is no baseline '\(name)': the store \(location.path) is not there yet. Run a night "
            + "of the sweep first, then rll-report baseline set \(name)")
      }
      return nil
    }
    let store = try ExperimentStore(path: options.store.path, access: .write)
    if let name = options.baseline { _ = try store.baseline(named: name) }
    return store
  }
}
