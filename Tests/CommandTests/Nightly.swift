import Foundation
import Store
import TestSupport

/// A small sweep with the key gate over small features, and its nights.
struct Nightly {
  let practice: Practice

  init(_ text: String = sweep) throws {
    practice = try Practice()
    try write(text)
  }

  static let sweep = """
    name: practice
    base:
      dataset: features.h5
      embedding: 8
      batch: 8x3
      steps: 40
      evaluation: {every: 10}
    sweep: {m: [0.2, 0.4]}
    seeds: 4
    gate: {test/map@r: {margin: 0.02}}

    """

  /// A training that comes to nothing.
  static let ruined = sweep.replacing("steps: 40", with: "steps: 40\n  learning_rate: 0.0001")

  /// Longer than any test waits.
  static let endless = sweep.replacing("steps: 40", with: "steps: 100000000")

  func write(_ text: String) throws { try practice.write(text) }

  func file(_ name: String) -> String { practice.folder.file(name) }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: file(name), encoding: .utf8)
  }

  /// Where its reports go.
  var reports: String { file("store.nightly/practice") }

  static var host: String { ProcessInfo.processInfo.hostName }

  /// Runs a night to its end, where nobody drew a page for it.
  func night(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.run(
      ["nightly", "practice.yaml", "--store", practice.storePath] + arguments,
      in: practice.folder.path,
      environment: ["RLL_D3": file("no-d3.js")].merging(environment) { $1 })
  }

  func start(_ arguments: String...) throws -> BuiltProgram.Running {
    try BuiltProgram.sweep.start(
      ["nightly", "practice.yaml", "--store", practice.storePath] + arguments,
      in: practice.folder.path)
  }

  /// What the nights so far are judged by from now on.
  func setBaseline() throws -> BuiltProgram.Ending {
    try BuiltProgram.report.run(
      ["baseline", "set", "main", "practice", "--store", practice.storePath],
      in: practice.folder.path)
  }

  /// Verdicts of the nights that are kept, oldest first.
  func verdicts() throws -> [String] {
    let rows = try StoreFile.run(
      "SELECT verdict FROM night ORDER BY startedAt", on: practice.storePath)
    return rows.split(separator: "\n").map(String.init)
  }

  /// What ends each mail.
  func ending(_ commands: String...) -> String {
    let first = ["gate practice", "runs --sweep practice"]
    return """
      Reports: \(reports)/latest.md, \(reports)/latest.junit.xml
      To go on:

      """ + (first + commands).map { "  rll-report \($0) --store \(practice.storePath)\n" }.joined()
  }
}
