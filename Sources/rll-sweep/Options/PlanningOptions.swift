import ArgumentParser
import Foundation
import Runner

/// What a launch and its plan have in common.
struct PlanningOptions: ParsableArguments {
  @Argument(help: "Sweep files.")
  var files: [String]

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Override one setting for all jobs.", valueName: "path=value"))
  var overrides: [String] = []

  @Flag(help: "Run again what the store already has.")
  var fresh = false

  @Flag(help: "Run the failed jobs again.")
  var retryFailed = false

  @Option(help: "Processes at a time (default: the processor count).")
  var workers: Int?

  @Flag(help: "Let OpenBLAS choose its core type; its bits then differ between hosts.")
  var nativeBlas = false

  var planOptions: RunPlan.Options {
    var options = RunPlan.Options()
    options.isFresh = fresh
    options.retriesFailed = retryFailed
    return options
  }

  var workerCount: Int { workers ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let workers, workers < 1 {
      throw ValidationError("--workers is \(workers); give a whole number from 1")
    }
    if files.isEmpty { throw ValidationError("name a sweep file") }
  }
}
