import Datasets
import Foundation
import Store
import TestSupport

/// A folder with a small feature file and sweeps over it.
struct Practice {
  let folder: TemporaryFolder

  /// 20 training and 10 test classes of 6 rows; `change` may change what is written to train
  /// on, and each test row may be a query, or in the gallery.
  init(
    classes: (train: Int, test: Int) = (20, 10), dimension: Int = 16,
    queryGallery: QueryGallery? = nil,
    change: (inout [Float], inout [Int64]) -> Void = { _, _ in }
  ) throws {
    folder = try TemporaryFolder()
    func rows(_ range: Range<Int>, isTrain: Bool) -> FeatureFileWriter.Rows {
      var labels = range.flatMap { [Int64](repeating: Int64($0), count: 6) }
      var values: [Float] = []
      for (row, label) in labels.enumerated() {
        for column in 0..<dimension {
          // A class is a pattern, a row shifts it a little; nothing here is random.
          let pattern = sin(Float(label + 1) * Float(column + 1))
          let shift = cos(Float(row * dimension + column) * 1.7)
          values.append(pattern + 0.8 * shift)
        }
      }
      if isTrain { change(&values, &labels) }
      return FeatureFileWriter.Rows(
        labels: labels,
        levels: [.init(name: "high", dimension: dimension, values: values)],
        queryGallery: isTrain ? nil : queryGallery)
    }
    try FeatureFileWriter().writeGrouped(
      train: rows(0..<classes.train, isTrain: true),
      test: rows(classes.train..<(classes.train + classes.test), isTrain: false),
      to: folder.file("features.h5"))
  }

  var storePath: String { folder.file("store.sqlite") }

  /// Where its jobs work.
  var runsFolder: String { folder.file("store.runs") }

  static let sweep = """
    name: practice
    base:
      dataset: features.h5
      embedding: 8
      batch: 8x3
      steps: 40
      evaluation: {every: 10}
    sweep:
      alpha: [1.2, 1.4]
      m: [0.2, 0.4]
    seeds: 2
    """

  @discardableResult
  func write(_ text: String = sweep, to name: String = "practice.yaml") throws -> String {
    try folder.write(text, to: name)
  }

  func sweep(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.run(arguments, in: folder.path, environment: environment)
  }

  func launch(_ arguments: String...) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.run(
      ["launch", "practice.yaml", "--store", storePath] + arguments, in: folder.path)
  }

  /// Those of its runs that are there, by id.
  var runFolders: [String] {
    // The folder is there only while a launch is, or after one that did not finish.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: runsFolder)) ?? []
    return names.filter { !$0.hasSuffix(".lock") }.sorted().map { runsFolder + "/" + $0 }
  }

  /// Begins a launch that is still running when this returns.
  func startLaunch(
    workers: Int = 2, _ arguments: String..., afterShell preparation: String? = nil,
    under runner: [String] = []
  ) throws -> BuiltProgram.Running {
    try BuiltProgram.sweep.start(
      ["launch", "practice.yaml", "--store", storePath, "--workers", "\(workers)"] + arguments,
      in: folder.path, afterShell: preparation, under: runner)
  }

  /// Runs the failed and cancelled jobs of its sweep again.
  func retry(_ arguments: String...) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.run(
      ["retry", "practice", "--store", storePath] + arguments, in: folder.path)
  }

  /// Looks whether the store is whole.
  func check() throws -> BuiltProgram.Ending {
    try BuiltProgram.report.run(["store", "check", "--store", storePath], in: folder.path)
  }

  /// What `rll-report show` says of the run last started.
  func show() throws -> String {
    try BuiltProgram.report.run(["show", "latest", "--store", storePath], in: folder.path).output
  }

  /// What became of each attempt at each run, oldest run first.
  func attempts() throws -> [[RunDetail.Attempt]] {
    let store = try ExperimentStore(path: storePath, access: .read)
    defer { try? store.close() }
    return try store.runs().map { try store.detail(of: $0.id).attempts }
  }

  /// Changes the store behind the programs' backs.
  func sqlite(_ statement: String) throws { try StoreFile.run(statement, on: storePath) }

  /// Every metric and the digest of all weights of each job, by job key.
  func bits() throws -> [String: RunBits] {
    let store = try ExperimentStore(path: storePath, access: .read)
    defer { try? store.close() }
    var bits: [String: RunBits] = [:]
    for run in try store.runs() {
      bits[run.jobKey] = RunBits(
        history: try store.history(of: run.id).map {
          "\($0.name) \($0.step) \($0.value.bitPattern)"
        },
        metrics: run.metrics.mapValues(\.bitPattern),
        weights: try store.detail(of: run.id).checkpoints.map { "\($0.kind) \($0.sha256)" })
    }
    return bits
  }

  /// The error of each run that failed, oldest first.
  func failures() throws -> [String] {
    let store = try ExperimentStore(path: storePath, access: .read)
    defer { try? store.close() }
    return try store.runs().filter { $0.state == .failed }.map { $0.error ?? "" }
  }

  func states() throws -> [RunState: Int] {
    let store = try ExperimentStore(path: storePath, access: .read)
    defer { try? store.close() }
    return try store.runs().reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
  }
}

struct RunBits: Hashable {
  let history: [String]
  let metrics: [String: UInt64]
  let weights: [String]
}
