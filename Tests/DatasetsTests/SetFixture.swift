import Datasets

/// A folder with files of one set, and what is read from them.
final class SetFixture {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  func path(_ name: String) -> String { folder.file(name) }

  @discardableResult
  func write(_ name: String, _ body: (HDF5Writer) throws -> Void) throws -> String {
    let writer = try HDF5Writer(path: path(name))
    try body(writer)
    try writer.finish()
    return path(name)
  }

  /// Opens files of the folder.
  func open(
    _ files: FeatureSource.Files, changing change: (inout FeatureSource) -> Void = { _ in }
  ) throws -> FeatureFile {
    let inFolder: FeatureSource.Files =
      switch files {
      case .one(let name): .one(path(name))
      case .shards(let names): .shards(names.map(path))
      case .split(let train, let test): .split(train: path(train), test: path(test))
      }
    var source = FeatureSource(inFolder)
    change(&source)
    return try FeatureFile(source)
  }

  func digest(
    _ files: FeatureSource.Files, changing change: (inout FeatureSource) -> Void = { _ in }
  ) throws -> String {
    let file = try open(files, changing: change)
    return try DataDigest(of: file.level(), in: file).description
  }

  /// The message about files that are no set, with DIR for the folder; their first level is
  /// loaded.
  func message(
    _ files: FeatureSource.Files, changing change: (inout FeatureSource) -> Void = { _ in }
  ) -> String {
    do {
      let file = try open(files, changing: change)
      _ = try file.load(level: file.levels[0].name)
      return "no error"
    } catch {
      return "\(error)".replacing(folder.path, with: "DIR")
    }
  }
}
