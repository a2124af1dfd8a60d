import ArgumentParser
import CommandSupport
import Kernels
import Store

extension SweepCommand {
  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs the failed and cancelled jobs of a sweep again, and what is left of it.",
      discussion: """
        The jobs are taken from the store: the sweep file is not needed. They get the limits of
        the sweep's latest launch where the command line gives none. A job that a limit ended
        goes on from its checkpoint.

        Examples:
          rll-sweep retry demo
          rll-sweep retry latest --timeout 4h
        """)

    @Argument(help: "A sweep by name, id, or latest.")
    var sweep: String

    @OptionGroup var machine: MachineOptions
    @OptionGroup var resources: ResourceOptions
    @OptionGroup var running: RunningOptions
    @OptionGroup var store: StoreOptions

    func run() async throws {
      let store = try ExperimentStore(path: store.path, access: .read)
      let blas = try BLASLibrary.load(machine.nativeBlas ? .native : .pinned)
      let stored = try StoredSweep(named: sweep, in: store, blas: blas)
      let request = LaunchRequest(
        stored, resources: resources.applied(to: stored.launch.resources))
      try await running.launch([request], in: store, blas: blas, machine: machine)
    }
  }
}
