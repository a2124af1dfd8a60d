import ArgumentParser
import CommandSupport
import Foundation
import Kernels
import Reports
import Runner
import Store
import Training

extension SweepCommand {
  struct Launch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs the jobs of a sweep that the store does not have yet.",
      discussion: """
        What is completed is skipped, what was interrupted runs again. Ctrl-C once ends the
        running jobs and leaves the sweep to be continued; twice ends at once.

        Examples:
          rll-sweep launch sweeps/demo.yaml
          rll-sweep launch sweeps/demo.yaml --workers 1 --set steps=200
        """)

    @OptionGroup var planning: PlanningOptions
    @OptionGroup var store: StoreOptions

    @Flag(help: "Show the plan and run nothing.")
    var dryRun = false

    @Flag(help: "Print nothing but errors.")
    var quiet = false

    @Flag(help: "Print what the launcher does with each run.")
    var verbose = false

    @Option(help: .hidden) var executor = "local"

    @Flag(help: "Print one JSON object at the end.")
    var json = false

    func validate() throws {
      if executor != "local" {
        throw ValidationError("--executor \(executor) is not built yet; there is local")
      }
      if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
    }

    func run() async throws {
      if dryRun {
        var plan = Plan()
        plan.planning = planning
        plan.store = store
        plan.output = try OutputOptions.parse(json ? ["--json"] : [])
        try plan.run()
        return
      }
      let store = try ExperimentStore(path: store.path, access: .write)
      let blas = try BLASLibrary.load(planning.nativeBlas ? .native : .pinned)
      // Nothing starts before every file is known to be right.
      let sweeps = try planning.files.map { file in
        try PlannedSweep(
          file: file, overrides: planning.overrides, store: store,
          options: planning.planOptions, blas: blas)
      }
      var results: [LaunchResult] = []
      for planned in sweeps {
        let launcher = SweepLauncher(
          store: store, blas: blas, workers: planning.workerCount,
          usesNativeBLAS: planning.nativeBlas, isQuiet: quiet,
          logger: Diagnostics.logger(isVerbose: verbose))
        results.append(try await launcher.launch(planned))
        if results.last?.signal != nil { break }
      }
      try store.close()
      if json { try printJSON(results) }
      if let signal = results.compactMap(\.signal).first {
        throw (signal == SIGTERM ? CommandExit.terminated : .interrupted).exitCode
      }
      if results.contains(where: { !$0.isWholeSweepDone }) { throw CommandExit.failed.exitCode }
    }

    private func printJSON(_ results: [LaunchResult]) throws {
      let documents = results.map(\.document)
      let document = documents.count == 1 ? documents[0] : JSONValue.array(documents)
      try StandardOutput.write(document.text)
    }
  }
}
