import ArgumentParser
import CommandSupport
import Kernels
import Store
import Sweeps

extension SweepCommand {
  struct Launch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs the jobs of a sweep that the store does not have yet.",
      discussion: """
        What is completed is skipped, what was interrupted runs again. Ctrl-C once ends the
        running jobs and leaves the sweep to be continued; twice ends at once. A job that fails
        does not stop the others, unless with --fail-fast.

        Examples:
          rll-sweep launch sweeps/demo.yaml
          rll-sweep launch sweeps/demo.yaml --workers 1 --set steps=200
          rll-sweep launch sweeps/demo.yaml --timeout 2h --retries 1 --memory-limit 2GiB
          rll-sweep launch sweeps/demo.yaml --executor slurm --slurm-profile cluster.yaml --detach
        """)

    @OptionGroup var planning: PlanningOptions
    @OptionGroup var running: RunningOptions
    @OptionGroup var store: StoreOptions

    @Flag(help: "Show the plan and run nothing.")
    var dryRun = false

    func run() async throws {
      if dryRun {
        var plan = Plan()
        plan.planning = planning
        plan.store = store
        plan.output = try OutputOptions.parse(running.json ? ["--json"] : [])
        try plan.run()
        return
      }
      let store = try ExperimentStore(path: store.path, access: .write)
      let blas = try BLASLibrary.load(planning.machine.nativeBlas ? .native : .pinned)
      // Nothing starts before every file is known to be right.
      let sweeps = try planning.files.map { file in
        try PlannedSweep(
          file: file, overrides: planning.overrides, store: store,
          options: planning.planOptions, blas: blas)
      }
      let requests = sweeps.map {
        LaunchRequest($0, resources: planning.resources.applied(to: $0.sweep.resources))
      }
      try await running.launch(
        requests, in: store, blas: blas, machine: planning.machine)
    }
  }
}
