import Kernels
import Store
import Sweeps

extension PlannedSweep {
  /// A sweep as every night runs it: all of its jobs again.
  init(nightlyOf file: String, in store: ExperimentStore?, blas: BLASLibrary) throws {
    var options = RerunOptions()
    options.isFresh = true
    try self.init(file: file, overrides: [], store: store, options: options, blas: blas)
    guard !sweep.gate.isEmpty else {
      throw NightlyError(
        "\(file) has no key gate, so there is nothing to judge its nights by. Add the measures and "
          + "what each may lose, as gate: {test/map@r: {margin: 0.005}}")
    }
  }
}
