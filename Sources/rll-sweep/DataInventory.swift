import Datasets
import Kernels
import Training

/// The feature files that a sweep's jobs name, each opened and each level digested once.
final class DataInventory {
  private var files: [String: FeatureFile] = [:]
  private var levels: [String: Level] = [:]

  /// A level of a file, every value of it checked, with the digest of its content.
  struct Level {
    let data: SplitData
    let digest: String

    var name: String { data.level.name }
  }

  /// The levels of a choice, in its order; all have the same rows.
  func levels(of choice: TrainingJob.DatasetChoice) throws -> [Level] {
    let file = try file(at: choice.path)
    guard !choice.levels.isEmpty else { return [try level(named: nil, of: file, choice)] }
    return try choice.levels.map { try level(named: $0, of: file, choice) }
  }

  private func level(
    named name: String?, of file: FeatureFile, _ choice: TrainingJob.DatasetChoice
  ) throws -> Level {
    let level = try level(named: name, of: file)
    let key = choice.path + "\n" + level.name
    if let known = levels[key] { return known }
    let found = Level(
      data: try file.load(level: level.name),
      digest: try DataDigest(of: level, in: file).description)
    levels[key] = found
    return found
  }

  private func file(at path: String) throws -> FeatureFile {
    if let file = files[path] { return file }
    let file = try FeatureFile(path: path)
    files[path] = file
    return file
  }

  /// Where a choice is needed, what the levels give untrained helps to make it.
  private func level(named name: String?, of file: FeatureFile) throws -> FeatureFile.Level {
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
