import Datasets
import Kernels
import Training

/// The feature files that a sweep's jobs name, each opened and each level digested once.
final class DataInventory {
  private var files: [FeatureSource: FeatureFile] = [:]
  private var levels: [LevelKey: Level] = [:]

  private struct LevelKey: Hashable {
    let source: FeatureSource
    let level: String
  }

  /// A level of a file, every value of it checked, with the digest of its content.
  struct Level {
    let file: FeatureFile
    let data: SplitData
    let digest: String

    var name: String { data.level.name }
  }

  /// The levels of a choice, in its order; all have the same rows.
  func levels(of choice: TrainingJob.DatasetChoice) throws -> [Level] {
    let file = try file(of: choice)
    guard !choice.levels.isEmpty else { return [try level(named: nil, of: file)] }
    return try choice.levels.map { try level(named: $0, of: file) }
  }

  private func file(of choice: TrainingJob.DatasetChoice) throws -> FeatureFile {
    if let file = files[choice.source] { return file }
    let file = try FeatureFile(choice.source)
    files[choice.source] = file
    return file
  }

  private func level(named name: String?, of file: FeatureFile) throws -> Level {
    let level = try chosen(name, of: file)
    let key = LevelKey(source: file.source, level: level.name)
    if let known = levels[key] { return known }
    let found = Level(
      file: file, data: try file.load(level: level.name),
      digest: try DataDigest(of: level, in: file).description)
    levels[key] = found
    return found
  }

  /// Where a choice is needed, what the levels give untrained helps to make it.
  private func chosen(_ name: String?, of file: FeatureFile) throws -> FeatureFile.Level {
    guard name == nil, file.levels.count > 1 else { return try file.level(named: name) }
    let blas = try BLASLibrary.load()
    let figures = try file.levels.map { level in
      let test = try file.load(level: level.name).test
      let recall = RawFeatures.evaluate(test, recallAt: [1], blas: blas).recallAt[1] ?? 0
      let percent = (recall * 1_000).rounded() / 10
      return "\(level.name) (\(level.dimension) dimensions, untrained Recall@1 \(percent) %)"
    }
    throw DatasetError(
      .levelChoice, file: file.path, "the file has \(file.levels.count) levels",
      advice: "Set dataset.levels to one of \(figures.joined(separator: ", "))")
  }
}
