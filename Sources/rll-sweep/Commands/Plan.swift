import ArgumentParser
import CommandSupport
import Foundation
import Kernels
import Store

extension SweepCommand {
  struct Plan: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows which jobs a sweep has, which would run, and why. Runs nothing.",
      discussion: """
        Examples:
          rll-sweep plan sweeps/demo.yaml
          rll-sweep plan sweeps/demo.yaml --set steps=200
          rll-sweep plan sweeps/demo.yaml --json
        """)

    @OptionGroup var planning: PlanningOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let sweeps = try plan()
      try output.print(
        PlanReport(
          sweeps: sweeps, workers: planning.machine.workerCount, limits: planning.resources
        ).report)
    }

    private func plan() throws -> [PlannedSweep] {
      let blas = try BLASLibrary.load(planning.machine.nativeBlas ? .native : .pinned)
      let isThere = FileManager.default.fileExists(atPath: store.path)
      let open = isThere ? try ExperimentStore(path: store.path, access: .read) : nil
      let sweeps = try planning.files.map { file in
        try PlannedSweep(
          file: file, overrides: planning.overrides, store: open,
          options: planning.planOptions, blas: blas)
      }
      try open?.close()
      return sweeps
    }
  }
}
