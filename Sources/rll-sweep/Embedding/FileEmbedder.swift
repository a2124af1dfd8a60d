import CommandSupport
import Datasets
import Kernels
import Store
import Training

/// Applies the model of a run to the rows of feature files, block after block.
///
/// The output is a grouped feature file. Its level `features` is the embedding of all levels
/// together; with several levels, the embedding of each stands beside it under the level's name.
struct FileEmbedder {
  private let run: RunModel
  private let input: EmbeddingInput
  private let outputs: [FeatureFileStream.Level]
  /// Asked before each block of rows.
  private let stopSignal: () -> CommandExit?

  init(
    _ run: RunModel, input: EmbeddingInput, stopSignal: @escaping () -> CommandExit?
  ) throws {
    self.run = run
    self.input = input
    self.stopSignal = stopSignal
    let levels = run.model.inputs.map(\.level)
    var together = "features"
    while levels.count > 1, levels.contains(together) { together = "_" + together }
    outputs = run.model.outputs.map {
      FeatureFileStream.Level(name: $0.level ?? together, dimension: $0.columns)
    }
    try checkLevels()
  }

  private func checkLevels() throws {
    let wanted = run.model.inputs
    let isThere = wanted.allSatisfy { level in
      input.levels.contains { $0.name == level.level && $0.dimension == level.columns }
    }
    guard !isThere else { return }
    func listing(_ levels: [(name: String, dimension: Int)]) -> String {
      levels.map { "\($0.name) of \($0.dimension) values" }.joined(separator: ", ")
    }
    throw EmbeddingError(
      .otherFeatures,
      "\(input.path): the run \(run.summary.id) was trained on the "
        + (wanted.count == 1 ? "level " : "levels ")
        + listing(wanted.map { ($0.level, $0.columns) }) + "; the file has "
        + listing(input.levels)
        + ". Give features of the network that the run was trained on, under these names")
  }

  /// Writes the embeddings of all rows. The file has its name once it is complete.
  func write(to path: String) throws {
    let stream = try FeatureFileStream(path: path, levels: outputs)
    for rows in input.rows {
      try stream.begin(rows)
      try write(rows, to: stream)
    }
    try stream.finish(classNames: input.classNames, attributes: try provenance())
  }

  private func write(_ rows: FeatureRows, to stream: FeatureFileStream) throws {
    let model = run.model
    let outputs = model.outputs
    var done = 0
    try rows.forEachBlock(levels: model.inputs.map(\.level)) { block in
      if let exit = stopSignal() {
        throw EmbeddingError(.stopped(exit), "stopped; nothing was written")
      }
      try model.embed(block.rows, of: block.storages) { level, unit in
        for row in 0..<unit.rows where !RowOperations.isAtUnitLength(unit, row: row) {
          throw noDirection(row: done + row, of: rows, level: level)
        }
        try stream.append(unit, toLevel: outputs.firstIndex { $0.level == level } ?? 0)
      }
      done += block.rows.count
    }
  }

  private func noDirection(row: Int, of rows: FeatureRows, level: String?) -> EmbeddingError {
    EmbeddingError(
      .noDirection,
      "\(input.path): the model of run \(run.summary.id) gives row \(row)"
        + (rows.group.isEmpty ? "" : " of the \(rows.group) rows")
        + " no direction: all values of its embedding are 0 or nearly so"
        + (level.map { " at the level \($0)" } ?? ""))
  }

  /// Where the embeddings come from, as attributes of the file.
  private func provenance() throws -> [(name: String, text: String)] {
    func text(_ digests: [String: String]) -> String {
      digests.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
    let digests = try input.digests(of: run.model.inputs.map(\.level))
    return [
      ("run_id", run.summary.id), ("job_key", run.summary.jobKey), ("sweep", run.summary.sweep),
      ("checkpoint", run.checkpoint.kind), ("checkpoint_step", "\(run.checkpoint.step)"),
      ("checkpoint_sha256", run.checkpoint.sha256), ("source", input.path),
      ("trained_on", text(run.summary.dataDigests)),
    ] + (digests.isEmpty ? [] : [("data_digest", text(digests))]) + [
      ("program", "rll-sweep \(ProgramVersion.text)"),
      ("program_commit", ProgramVersion.commit),
    ]
  }
}
