import ArgumentParser
import Foundation
import Store
import Sweeps

/// Times `rll-sweep collect` over run folders as jobs in Slurm leave them.
struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rll-bench ingest",
    abstract: "Makes finished run folders and says how fast rll-sweep collect takes them in.")

  @Option(help: "How many folders, several with commas.") var runs = "1000,10000"
  @Option(help: "Evaluations of each run.") var steps = 20
  @Option(help: "Measures of each evaluation.") var measures = 10
  @Option(help: "Bytes of the weights of each run.") var weights = 131_072

  func run() throws {
    for count in runs.split(separator: ",").compactMap({ Int($0) }) {
      let folder = NSTemporaryDirectory() + "rll-ingest-" + Identifier.random()
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try FinishedFolders(
        path: folder + "/store.sqlite", runs: count, steps: steps, measures: measures,
        weightBytes: weights
      ).write()
      try collect(count, store: folder + "/store.sqlite")
    }
  }

  private func collect(_ count: Int, store: String) throws {
    let use = try TimedProgram(named: "rll-sweep", arguments: ["collect", "--store", store]).run()
    let completed = try ExperimentStore(path: store, access: .inspect).query(
      "SELECT count(*) FROM runs WHERE state = 'completed'"
    ).rows.first?.first?.number
    guard completed == Double(count) else {
      throw ValidationError("rll-sweep collect took in \(completed ?? 0) of \(count) folders")
    }
    let bytes = try FileManager.default.attributesOfItem(atPath: store)[.size] as? Int ?? 0
    print(
      "\(count) run folders of \(steps * measures) points and \(weights) bytes of weights: taken in "
        + "within \(Stopwatch.rounded(use.seconds)) s (\(Stopwatch.rounded(use.processorSeconds)) s of a "
        + "processor), \(Int(Double(count) / use.seconds)) folders/s, peak memory "
        + "\(use.peakMegabytes) MB, store \(bytes / 1_000_000) MB")
  }
}
