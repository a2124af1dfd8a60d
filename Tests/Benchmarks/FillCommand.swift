import ArgumentParser
import Foundation
import Store

/// Writes a store through its own writer and says how fast that was.
struct FillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rll-bench fill",
    abstract: "Writes a new store of made-up runs and says how fast and how compact that was.")

  @Argument(help: "The file to be made.") var store: String
  @Option(help: "Runs, in sweeps of 10,000 jobs at most.") var runs = 10_000
  @Option(help: "Settings of each run.") var settings = 20
  @Option(help: "Measures of each run.") var measures = 10
  @Option(help: "Points of all histories together, spread over runs and measures.")
  var points = 1_000_000
  @Option(help: "Runs that are taken in, and made durable, together.") var together = 100

  func validate() throws {
    guard !FileManager.default.fileExists(atPath: store) else {
      throw ValidationError("\(store) is there already; name a new file")
    }
    try Self.check(runs, "--runs", in: 1...10_000_000)
    try Self.check(settings, "--settings", in: 1...MadeUpRun.settingNames.count)
    try Self.check(measures, "--measures", in: 1...MadeUpRun.measureNames.count)
    try Self.check(points, "--points", in: 0...1_000_000_000)
    try Self.check(together, "--together", in: 1...10_000)
  }

  private static func check(_ value: Int, _ name: String, in range: ClosedRange<Int>) throws {
    guard range.contains(value) else {
      throw ValidationError(
        "\(name) is \(value); it must be \(range.lowerBound) to \(range.upperBound)")
    }
  }

  func run() throws {
    try StoreFill(
      path: store, runs: runs, settings: settings, measures: measures,
      steps: points / (runs * measures), together: together
    ).report()
  }
}
