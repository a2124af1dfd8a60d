import ArgumentParser
import CommandSupport
import Foundation
import Kernels
import Reports
import Runner
import Store

extension SweepCommand {
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs stored runs again and compares every measure and every weight.",
      discussion: """
        All comes from the store: settings, objective, weights to start from. The data is taken \
        where the run found it, or from a file of --data that has the same content. The store is \
        not changed. Exit code 2 says that something differs, and the result names what of the \
        numerics and the machine does; --native-blas tries whether the core type of OpenBLAS \
        would.

        Examples:
          rll-sweep verify latest
          rll-sweep verify 4f2a 91c0 --data moved/features.h5
          rll-sweep verify --all demo --sample 5
        """)

    @Argument(help: "Runs by id, or latest.")
    var runs: [String] = []

    @Option(name: .customLong("all"), help: "Every completed run of a sweep.")
    var sweep: String?

    @Option(help: "Only so many of the runs of --all, drawn at random.")
    var sample: Int?

    @Option(help: "What --sample draws with.")
    var seed: UInt64 = 0

    @Option(
      parsing: .upToNextOption,
      help: "Feature files to look into where a run's own is not there any more.")
    var data: [String] = []

    @Flag(help: "Print nothing but the result and errors.")
    var quiet = false

    @OptionGroup var machine: MachineOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if runs.isEmpty == (sweep == nil) {
        throw ValidationError("name runs, or a sweep with --all")
      }
      if let sample, sample < 1 {
        throw ValidationError("--sample is \(sample); give a whole number from 1")
      }
      if sample != nil, sweep == nil {
        throw ValidationError("--sample draws from the runs of --all; name a sweep with it")
      }
    }

    func run() async throws {
      let store = try ExperimentStore(path: store.path, access: .read)
      let finder = DataFinder(others: data)
      // Nothing starts before everything that it needs is known to be there.
      let candidates = try chosenRuns(in: store).map { id in
        let run = try StoredRun(id: id, in: store)
        _ = try store.initialWeights(ofJob: run.jobKey)
        return RunVerifier.Candidate(run: run, source: try finder.source(of: run))
      }
      let verifications = try await verify(candidates, of: store)
      try store.close()
      try output.print(VerificationReport(verifications: verifications).report)
      if verifications.contains(where: { $0.difference != nil }) {
        throw CommandExit.regression.exitCode
      }
    }

    /// Ids, each once, in the order in which they were named or of the sweep.
    private func chosenRuns(in store: ExperimentStore) throws -> [String] {
      guard let sweep else {
        var seen: Set<String> = []
        return try runs.map(store.runID(named:)).filter { seen.insert($0).inserted }
      }
      let name = try store.sweep(named: sweep).name
      let all = try store.runs(.sweep(name))
      let completed = all.filter { $0.state == .completed }.map(\.id)
      guard !completed.isEmpty else {
        throw VerificationError(
          .notCompleted, "none of the \(Counted(all.count, "run")) of \(name) is completed")
      }
      let chosen = sampled(completed)
      if !quiet {
        let others = all.count - completed.count
        Diagnostics.write(
          "\(name): \(chosen.count) of \(Counted(completed.count, "completed run"))"
            + (chosen.count < completed.count ? ", drawn with --seed \(seed)" : "")
            + (others > 0 ? "; \(others) not completed" : ""))
      }
      return chosen
    }

    private func sampled(_ ids: [String]) -> [String] {
      guard let sample, sample < ids.count else { return ids }
      let order = RandomStream(seed: seed, stream: .verification).permutation(of: ids.count)
      return order.prefix(sample).sorted().map { ids[$0] }
    }

    private func verify(
      _ candidates: [RunVerifier.Candidate], of store: ExperimentStore
    ) async throws -> [Verification] {
      let folder = NSTemporaryDirectory() + "rll-verify-" + Identifier.random()
      defer { removeIfThere(folder) }
      let executor = try LocalExecutor.trainingProcesses()
      let verifier = RunVerifier(
        store: store, executor: executor, folder: folder, usesNativeBLAS: machine.nativeBlas)
      let (workers, isQuiet) = (machine.workerCount, quiet)
      let work = Task {
        try await verifier.verify(candidates, workers: workers) { result in
          if !isQuiet { Self.show(result) }
        }
      }
      let signals = StopSignals { count in
        work.cancel()
        if count > 1 { executor.kill() }
      }
      let result = await work.result
      if let signal = signals.first {
        throw (signal == SIGINT ? CommandExit.interrupted : .terminated).exitCode
      }
      return try result.get()
    }

    private func removeIfThere(_ folder: String) {
      guard FileManager.default.fileExists(atPath: folder) else { return }
      do {
        try FileManager.default.removeItem(atPath: folder)
      } catch {
        Diagnostics.warning("\(folder) is left over: \(error.localizedDescription)")
      }
    }

    private static func show(_ verification: Verification) {
      Diagnostics.write(
        "\(verification.runID.prefix(8))  "
          + (verification.difference == nil ? "identical" : "different")
          + "  \(ReportCell.seconds(verification.wallSeconds).shownText)")
    }
  }
}
