import ArgumentParser
import Foundation

/// What of the machine jobs use.
struct MachineOptions: ParsableArguments {
  @Option(help: "Processes at a time (default: the processor count).")
  var workers: Int?

  @Flag(help: "Let OpenBLAS choose its core type; its bits then differ between hosts.")
  var nativeBlas = false

  var workerCount: Int { workers ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let workers, workers < 1 {
      throw ValidationError("--workers is \(workers); give a whole number from 1")
    }
  }
}
