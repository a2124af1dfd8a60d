import CommandSupport
import Datasets
import Kernels
import Store
import Training

/// Applies a stored model to the rows of a feature file, block after block.
///
/// The output is a grouped feature file. Its level `features` is the embedding of all levels
/// together; with several levels, the embedding of each stands beside it under the level's name.
struct FileEmbedder {
  private let stored: RunModel
  private let file: FeatureFile
  private let levels: [FeatureFile.Level]
  private let outputs: [FeatureFileStream.Level]
  /// Asked before each block of rows.
  private let stopSignal: () -> CommandExit?

  init(
    _ stored: RunModel, file: FeatureFile, stopSignal: @escaping () -> CommandExit?
  ) throws {
    self.stored = stored
    self.file = file
    self.stopSignal = stopSignal
    levels = try Self.levels(of: file, for: stored)
    var together = "features"
    while levels.count > 1, levels.contains(where: { $0.name == together }) {
      together = "_" + together
    }
    outputs = stored.model.outputs.map {
      FeatureFileStream.Level(name: $0.level ?? together, dimension: $0.columns)
    }
  }

  /// The levels that the model was trained on, in its order.
  private static func levels(
    of file: FeatureFile, for stored: RunModel
  ) throws -> [FeatureFile.Level] {
    try stored.model.inputs.map { input in
      guard let level = file.levels.first(where: { $0.name == input.level }),
        level.dimension == input.columns
      else {
        func listing(_ levels: [(name: String, dimension: Int)]) -> String {
          levels.map { "\($0.name) of \($0.dimension) values" }.joined(separator: ", ")
        }
        throw EmbeddingError(
          .otherFeatures,
          "\(file.path): the run \(stored.run.id) was trained on the "
            + (stored.model.inputs.count == 1 ? "level " : "levels ")
            + listing(stored.model.inputs.map { ($0.level, $0.columns) }) + "; the file has "
            + listing(file.levels.map { ($0.name, $0.dimension) })
            + ". Give features of the network that the run was trained on, under these names")
      }
      return level
    }
  }

  /// Writes the embeddings of all rows. The file has its name once it is complete.
  func write(to path: String) throws {
    let stream = try FeatureFileStream(path: path, levels: outputs)
    for split in FeatureFile.Split.allCases {
      let labels = file.labels(of: split)
      try stream.begin(
        split.rawValue, rows: labels.count, labels: labels,
        queryGallery: split == .test ? file.queryGallery : nil,
        annotations: try file.annotations(of: split))
      try write(split, to: stream)
    }
    try stream.finish(classNames: try file.classNames(), attributes: try provenance())
  }

  private func write(_ split: FeatureFile.Split, to stream: FeatureFileStream) throws {
    var done = 0
    try file.forEachBlock(of: split, levels: levels) { block in
      if let exit = stopSignal() {
        throw EmbeddingError(.stopped(exit), "stopped; nothing was written")
      }
      try stored.model.embed(block.rows, of: block.storages) { level, unit in
        for row in 0..<unit.rows where !RowOperations.isAtUnitLength(unit, row: row) {
          throw EmbeddingError(
            .noDirection,
            "\(file.path): the model of run \(stored.run.id) gives row \(done + row) of the "
              + "\(split.rawValue) split no direction: all values of its embedding are 0 or "
              + "nearly so" + (level.map { " at the level \($0)" } ?? ""))
        }
        let number = stored.model.outputs.firstIndex { $0.level == level } ?? 0
        try stream.append(unit, toLevel: number)
      }
      done += block.rows.count
    }
  }

  /// Where the embeddings come from, as attributes of the file.
  private func provenance() throws -> [(name: String, text: String)] {
    let digests = try levels.map { level in
      (level.name, try DataDigest(of: level, in: file).description)
    }
    func text(_ digests: [(String, String)]) -> String {
      digests.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
    return [
      ("run_id", stored.run.id), ("job_key", stored.run.jobKey), ("sweep", stored.run.sweep),
      ("checkpoint", stored.checkpoint.kind), ("checkpoint_step", "\(stored.checkpoint.step)"),
      ("checkpoint_sha256", stored.checkpoint.sha256), ("source", file.path),
      ("data_digest", text(digests)),
      ("trained_on", text(stored.run.dataDigests.map { ($0.key, $0.value) })),
      ("program", "rll-sweep \(ProgramVersion.text)"),
      ("program_commit", ProgramVersion.commit),
    ]
  }
}
