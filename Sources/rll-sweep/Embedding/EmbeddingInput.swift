import Datasets

/// What a model is applied to: a set of features, or vectors without labels.
struct EmbeddingInput {
  let path: String
  let levels: [(name: String, dimension: Int)]
  let rows: [FeatureRows]
  let classNames: [String]
  /// Nil where the rows have no labels.
  private let file: FeatureFile?

  init(_ source: FeatureSource) throws {
    do {
      try self.init(labeled: try FeatureFile(source))
    } catch let error where (error as? DatasetError)?.code == .missingObject {
      guard let unlabeled = try UnlabeledFeatures(source) else { throw error }
      self.init(unlabeled, path: source.description)
    }
  }

  private init(labeled file: FeatureFile) throws {
    path = file.path
    levels = file.levels.map { ($0.name, $0.dimension) }
    rows = try FeatureFile.Split.allCases.map(file.rows)
    classNames = try file.namesOfClasses()
    self.file = file
  }

  private init(_ unlabeled: UnlabeledFeatures, path: String) {
    self.path = path
    levels = unlabeled.levels
    rows = unlabeled.rows
    classNames = []
    file = nil
  }

  var hasLabels: Bool { file != nil }

  /// The digest of each of some levels; none without labels, which are part of what is digested.
  func digests(of names: [String]) throws -> [String: String] {
    guard let file else { return [:] }
    var digests: [String: String] = [:]
    for name in names {
      digests[name] = try DataDigest(of: try file.level(named: name), in: file).description
    }
    return digests
  }
}
