/// What a feature file holds and what is wrong with its content, as plain values.
package struct FeatureFileDescription: Sendable, Hashable, Codable {
  package struct Level: Sendable, Hashable, Codable {
    package let level: String
    package let dimension: Int
    /// The type as stored, by its numpy name.
    package let type: String
    package let mapped: Bool
    /// What a process that uses the level reads into memory.
    package let memoryBytes: Int
    package let digest: String
  }

  package struct Split: Sendable, Hashable, Codable {
    package let split: String
    package let rows: Int
    package let classes: Int
    /// Rows of the class that has the fewest.
    package let smallestClass: Int
    package let largestClass: Int

    private enum CodingKeys: String, CodingKey {
      case split, rows, classes
      case smallestClass = "smallest_class"
      case largestClass = "largest_class"
    }
  }

  /// The path, or all of them.
  package let file: String
  package let files: [String]
  /// Of all levels, see `DataDigest.init(combining:)`.
  package let digest: String
  package let layout: String
  package let levels: [Level]
  package let splits: [Split]
  /// Of the test rows.
  package let retrievalProtocol: RetrievalProtocol
  /// Test rows that are queries, and those in the gallery; nil where it is leave-one-out.
  package let queryRows: Int?
  package let galleryRows: Int?
  /// Sentences: rows that are not finite or zero, classes in both splits, classes with one
  /// row, queries whose class the gallery lacks. Empty where the file can be trained on and
  /// evaluated.
  package let problems: [String]

  /// Reads every value of the file. Throws only where the file cannot be understood at all.
  package init(of file: FeatureFile) throws(DatasetError) {
    var levels: [Level] = []
    var digests: [(name: String, digest: DataDigest)] = []
    var problems: [String] = []
    for level in file.levels {
      let digest = try DataDigest(of: level, in: file)
      digests.append((level.name, digest))
      levels.append(
        Level(
          level: level.name, dimension: level.dimension, type: level.elementType.description,
          mapped: level.isMapped, memoryBytes: level.memoryBytes, digest: digest.description))
      for array in file.pools.flatMap({ $0.arrays(of: level) }) {
        let place = file.source.paths.count > 1 ? "\(array.file.path): " : ""
        problems += try Self.rowProblems(of: array).map { place + $0 }
      }
    }
    self.file = file.path
    files = file.source.paths
    digest = DataDigest(combining: digests).description
    layout = file.layout.rawValue
    self.levels = levels
    splits = FeatureFile.Split.allCases.map { split in
      let labels = file.labels(of: split)
      let sizes = Self.classSizes(labels).map(\.size)
      return Split(
        split: split.rawValue, rows: labels.count, classes: sizes.count,
        smallestClass: sizes.min() ?? 0, largestClass: sizes.max() ?? 0)
    }
    retrievalProtocol = RetrievalProtocol(file.queryGallery)
    queryRows = file.queryGallery?.queries.count
    galleryRows = file.queryGallery?.gallery.count
    self.problems = (problems + Self.classProblems(of: file)).map(DatasetError.printable)
  }

  private static func rowProblems(of array: HDF5Array) throws(DatasetError) -> [String] {
    let faults = try FeatureStorage([array]).faults()
    var problems: [String] = []
    let nonFinite = faults.filter { $0.fault != .zero }
    if let (row, fault) = nonFinite.first, case .nonFinite(let column, let value) = fault {
      problems.append(
        "\(array.path): \(counted(nonFinite.count, "row")) with non-finite values, "
          + "the first is row \(row) (column \(column) is \(value))")
    }
    let zero = faults.filter { $0.fault == .zero }
    if let (row, _) = zero.first {
      problems.append(
        "\(array.path): \(counted(zero.count, "row")) of zeros only, the first is row \(row)")
    }
    return problems
  }

  private static func classProblems(of file: FeatureFile) -> [String] {
    var problems: [String] = []
    let shared = file.sharedClasses()
    if !shared.isEmpty {
      problems.append(
        "\(counted(shared.count, "class", "classes")) in both splits: \(file.listing(shared))")
    }
    // A class of one gallery row is no fault of a gallery.
    for split in FeatureFile.Split.allCases where split == .train || file.queryGallery == nil {
      let single = classSizes(file.labels(of: split)).filter { $0.size == 1 }.map(\.label)
      if !single.isEmpty {
        problems.append(
          "\(split.rawValue): \(counted(single.count, "class", "classes")) with one row: "
            + file.listing(single))
      }
    }
    return problems + loneQueries(of: file)
  }

  private static func loneQueries(of file: FeatureFile) -> [String] {
    let labels = file.labels(of: .test)
    guard let lone = file.queryGallery?.loneQueries(labels: labels), !lone.isEmpty else {
      return []
    }
    let classes = Set(lone.map { labels[$0] }).sorted()
    return [
      "test: \(counted(lone.count, "query", "queries")) of "
        + "\(counted(classes.count, "class", "classes")) that the gallery has no other row of, "
        + "which Recall@K counts as misses: \(file.listing(classes))"
    ]
  }

  private static func classSizes(_ labels: [Int64]) -> [(label: Int64, size: Int)] {
    var sizes: [Int64: Int] = [:]
    for label in labels { sizes[label, default: 0] += 1 }
    return sizes.keys.sorted().map { ($0, sizes[$0] ?? 0) }
  }

  private static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }
}

extension FeatureFile {
  fileprivate func listing(_ labels: [Int64]) -> String {
    let shown = labels.prefix(10).map(text).joined(separator: ", ")
    return labels.count > 10 ? "\(shown) and \(labels.count - 10) more" : shown
  }
}
