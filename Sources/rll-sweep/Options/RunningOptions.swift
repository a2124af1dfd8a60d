import ArgumentParser
import CommandSupport
import Foundation
import Kernels
import Reports
import Runner
import Store
import Sweeps

/// How a launch goes and what it tells, and the launch itself.
struct RunningOptions: ParsableArguments {
  private enum FailureRule: EnumerableFlag {
    case keepGoing, failFast

    static func help(for value: FailureRule) -> ArgumentHelp? {
      switch value {
      case .keepGoing: "A job that fails does not stop the others (the default)."
      case .failFast: "Stop at the first job that fails: start nothing new, end what is running."
      }
    }
  }

  @Flag private var failureRule = FailureRule.keepGoing

  @Flag(help: "Print nothing but errors.")
  private var quiet = false

  @Flag(help: "Print what the launcher does with each run.")
  private var verbose = false

  @Flag(help: "Print one JSON object at the end.")
  private(set) var json = false

  @OptionGroup private var place: ExecutorOptions

  func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }

  /// Launches one sweep after the other, and throws the exit code where not all is well.
  func launch(
    _ requests: [LaunchRequest], in store: ExperimentStore, blas: BLASLibrary,
    machine: MachineOptions
  ) async throws {
    var policy = LaunchPolicy()
    policy.stopsAtFirstFailure = failureRule == .failFast
    var results: [LaunchResult] = []
    let requests = try requests.map { request in
      var request = request
      if let slurm = try place.slurm(for: request.record.resources) {
        request.record.resources.slurm = slurm
      }
      return request
    }
    for request in requests {
      let launcher = SweepLauncher(
        store: store, blas: blas, workers: machine.workerCount, policy: policy,
        usesNativeBLAS: machine.nativeBlas, isQuiet: quiet,
        logger: Diagnostics.logger(isVerbose: verbose), usesSlurm: place.executor == .slurm,
        detaches: place.detach)
      let result = try await launcher.launch(request)
      results.append(result)
      if result.signal != nil || (policy.stopsAtFirstFailure && result.summary.failed > 0) { break }
    }
    try store.close()
    if json { try printJSON(results) }
    if let signal = results.compactMap(\.signal).first {
      throw (signal == SIGINT ? CommandExit.interrupted : .terminated).exitCode
    }
    if results.contains(where: { !$0.isWholeSweepDone }) { throw CommandExit.failed.exitCode }
  }

  private func printJSON(_ results: [LaunchResult]) throws {
    let documents = results.map(\.document)
    let document = documents.count == 1 ? documents[0] : JSONValue.array(documents)
    try StandardOutput.write(document.text)
  }
}
