/// A file of feature vectors with labels and a split into training and test rows.
///
/// Two layouts are read. Grouped: `/train` and `/test`, each with `labels` and with `features`,
/// a dataset or a group of datasets, one per level. Flat: `/features`, `/labels` and `/split`,
/// which is 0 or 1, or the words train and test; its one level is called `features`.
/// Everything but the feature values is read and checked when the file is opened.
///
///     let file = try FeatureFile(path: "omniglot-small.h5")
///     let data = try file.load(level: "high")
///     data.train.storage.matrix()
package final class FeatureFile: Sendable {
  package enum Layout: String, Sendable, Codable {
    case grouped, flat
  }

  package enum Split: String, Sendable, Codable, CaseIterable {
    case train, test
  }

  /// One kind of feature vector of every row.
  package struct Level: Sendable, Hashable {
    package let name: String
    package let dimension: Int
    package let elementType: HDF5ElementType
    /// Whether the values are used in place, as pages of the file.
    package let isMapped: Bool
  }

  /// The labels of one split and the rows of the feature datasets they belong to.
  struct Part: Sendable {
    let split: Split
    /// Where the features are: a dataset, or a group of levels.
    let features: String
    let labelsPath: String
    let rows: [Int64]
    let labels: [Int64]
  }

  package let path: String
  package let layout: Layout
  /// In the order of the file's `levels` attribute, else by name.
  package let levels: [Level]
  let hdf5: HDF5File
  /// Training first.
  let parts: [Part]

  package var identity: FileIdentity { hdf5.identity }

  package init(path: String) throws(DatasetError) {
    let hdf5 = try HDF5File(path: path)
    let reader = FeatureLayoutReader(file: hdf5)
    let layout = try reader.layout()
    let parts = layout == .grouped ? try reader.groupedParts() : try reader.flatParts()
    self.path = path
    self.layout = layout
    self.hdf5 = hdf5
    self.parts = parts
    levels = try reader.levels(of: parts, layout)
  }

  /// The class of each row of a split, in the order of the rows.
  package func labels(of split: Split) -> [Int64] {
    parts.first { $0.split == split }?.labels ?? []
  }

  /// The classes of a split, ascending.
  package func classes(of split: Split) -> [Int64] {
    Set(labels(of: split)).sorted()
  }

  /// The level of a name, or the only one where no name is given.
  package func level(named name: String? = nil) throws(DatasetError) -> Level {
    let names = levels.map(\.name)
    guard let name else {
      if levels.count == 1 { return levels[0] }
      throw DatasetError(
        .levelChoice, file: path, "the file has \(levels.count) levels",
        advice: "Set dataset.levels to one or more of \(names.joined(separator: ", "))")
    }
    if let level = levels.first(where: { $0.name == name }) { return level }
    let nearest = NearestName.of(name, among: names).map { "Did you mean \($0)? " } ?? ""
    throw DatasetError(
      .unknownLevel, file: path, "there is no level \(name)",
      advice: "\(nearest)It has \(names.joined(separator: ", "))")
  }

  /// The dataset of a level that a part takes its rows from.
  func array(of level: Level, in part: Part) throws(DatasetError) -> HDF5Array {
    let inGroup = try hdf5.kind(of: part.features) == .group
    return try hdf5.array(inGroup ? "\(part.features)/\(level.name)" : part.features)
  }

  /// Reads or maps one level and checks every value of it, and that no class is in both
  /// splits.
  package func load(level name: String? = nil) throws(DatasetError) -> SplitData {
    let level = try level(named: name)
    try checkClasses()
    let train = try storage(of: level, parts[0])
    let test = layout == .flat ? train : try storage(of: level, parts[1])
    return SplitData(
      level: level,
      train: LabeledVectors(storage: train, rows: parts[0].rows, labels: parts[0].labels),
      test: LabeledVectors(storage: test, rows: parts[1].rows, labels: parts[1].labels))
  }

  private func storage(of level: Level, _ part: Part) throws(DatasetError) -> FeatureStorage {
    let array = try array(of: level, in: part)
    let storage = try FeatureStorage(array)
    if let (row, fault) = storage.faults().first {
      throw Self.error(fault, row: row, of: array)
    }
    return storage
  }

  private static func error(
    _ fault: FeatureStorage.RowFault, row: Int, of array: HDF5Array
  ) -> DatasetError {
    switch fault {
    case .nonFinite(let column, let value):
      DatasetError(
        .nonFinite, file: array.file.path, object: array.path, row: row,
        "column \(column) is \(value), features must be finite in float32",
        advice: "Repair or drop the row")
    case .zero:
      DatasetError(
        .zeroRow, file: array.file.path, object: array.path, row: row,
        "all values are 0, so the row has no direction", advice: "Repair or drop the row")
    }
  }

  /// Throws where a class has rows in both splits.
  package func checkClasses() throws(DatasetError) {
    guard let shared = sharedClasses().first,
      let trainRow = parts[0].labels.firstIndex(of: shared),
      let testRow = parts[1].labels.firstIndex(of: shared)
    else { return }
    throw DatasetError(
      .sharedClass, file: path, object: parts[1].labelsPath,
      row: Int(parts[1].rows[testRow]),
      "class \(shared) is in the test split and in the training split "
        + "(\(parts[0].labelsPath), row \(parts[0].rows[trainRow]))",
      advice: "Keep each class whole in one split")
  }

  /// The classes with rows in both splits, ascending.
  func sharedClasses() -> [Int64] {
    Set(parts[0].labels).intersection(parts[1].labels).sorted()
  }
}
