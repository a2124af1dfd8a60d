import ArgumentParser
import Foundation
import Store
import Sweeps

/// Times whole processes of `rll-report` over a store.
struct ListingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rll-bench listings",
    abstract: "Times listings and exports of a store as whole processes of rll-report.")

  private static let repetitions = 11

  @Argument(help: "A store, such as rll-bench fill makes.") var store: String
  @Flag(help: "Only what looks for runs: a million of them as CSV is no listing.")
  var top = false

  private static let filter = [
    "runs", "--where", "margin >= 0.4 AND \"test/recall@1\" > 0.8", "--sort", "test/map@r",
    "--limit", "100",
  ]
  private static let settingFilter = [
    "runs", "--where", "alpha = 1.2 AND T = inf AND seed = 0", "--sort", "lr", "--limit", "100",
  ]

  func run() throws {
    try time("a process that only says its version", ["--version"])
    try time("top 100 of a filter, by a measure", Self.filter)
    try time("top 100 of a filter, by a setting", Self.settingFilter)
    if top { return }
    let histories = try ExperimentStore(path: store, access: .inspect).query(
      "SELECT run_id FROM runs LIMIT 50"
    ).rows.compactMap { $0.first?.text }
    try time("all rows as CSV", ["runs", "--format", "csv"])
    try time("all settings and measures as CSV", ["export", "runs"])
    try time(
      "\(histories.count) histories of one measure",
      ["curves"] + histories + ["--metric", "test/map@r", "--format", "csv"])
    if FileManager.default.fileExists(atPath: "/usr/share/nodejs/d3/dist/d3.min.js") {
      try time("a page of a sweep", ["html", "made-up-0", "-o", "-"])
    }
  }

  private func time(_ what: String, _ arguments: [String]) throws {
    let names = arguments.first == "--version" ? [] : ["--store", store]
    let program = try TimedProgram(named: "rll-report", arguments: arguments + names)
    let uses = try (0..<Self.repetitions).map { _ in try program.run() }
    let times = uses.map(\.seconds)
    let processor = uses.map(\.processorSeconds).reduce(0, +) / Double(uses.count)
    print(
      "\(what): \(Stopwatch.rounded(Stopwatch.median(times) * 1_000)) ms "
        + "(fastest \(Stopwatch.rounded((times.min() ?? 0) * 1_000)) ms, "
        + "\(Stopwatch.rounded(processor * 1_000)) ms of a processor), \(uses[0].lines) lines")
  }
}
