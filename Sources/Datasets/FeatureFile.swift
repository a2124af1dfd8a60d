/// A file of feature vectors with labels and a split into training and test rows.
///
/// Two layouts are read. Grouped: `/train` and `/test`, each with `labels` and with `features`,
/// a dataset or a group of datasets, one per level. Flat: `/features`, `/labels` and `/split`,
/// which is 0 or 1, or the words train and test; its one level is called `features`.
/// Flags `query` and `gallery` beside the test rows, or groups `/query` and `/gallery` in place
/// of `/test`, say that test rows do not each query all the others.
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

  /// The labels of a split, or of one of the two groups of the test split, and the rows of the
  /// feature datasets they belong to.
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
  /// Training first; then the test rows, or groups of queries and of the gallery.
  let parts: [Part]
  /// Of the test rows, in the order of `labels(of: .test)`; nil where each of them queries all
  /// the others.
  package let queryGallery: QueryGallery?

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
    queryGallery = try reader.queryGallery(of: parts, layout)
  }

  /// The class of each row of a split, in the order of the rows.
  package func labels(of split: Split) -> [Int64] {
    parts(of: split).flatMap(\.labels)
  }

  private func parts(of split: Split) -> [Part] { parts.filter { $0.split == split } }

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
  /// splits. Groups of queries and of a gallery are read into one memory, queries first.
  package func load(level name: String? = nil) throws(DatasetError) -> SplitData {
    let level = try level(named: name)
    try checkClasses()
    let train = try storage(of: level, .train)
    let test = layout == .flat ? train : try storage(of: level, .test)
    let testParts = parts(of: .test)
    let testLabels = labels(of: .test)
    return SplitData(
      level: level,
      train: LabeledVectors(storage: train, rows: parts[0].rows, labels: parts[0].labels),
      test: LabeledVectors(
        storage: test,
        rows: testParts.count == 1 ? testParts[0].rows : testLabels.indices.map { Int64($0) },
        labels: testLabels, queryGallery: queryGallery))
  }

  private func storage(of level: Level, _ split: Split) throws(DatasetError) -> FeatureStorage {
    let arrays = try parts(of: split).map { part throws(DatasetError) in
      try array(of: level, in: part)
    }
    let storage = try FeatureStorage(arrays)
    guard let first = storage.faults().first else { return storage }
    var (row, faulty) = (first.row, arrays[0])
    for next in arrays.dropFirst() where row >= faulty.rows {
      row -= faulty.rows
      faulty = next
    }
    throw Self.error(first.fault, row: row, of: faulty)
  }

  static func error(
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
      let test = parts(of: .test).first(where: { $0.labels.contains(shared) }),
      let testRow = test.labels.firstIndex(of: shared)
    else { return }
    throw DatasetError(
      .sharedClass, file: path, object: test.labelsPath, row: Int(test.rows[testRow]),
      "class \(shared) is in the test split and in the training split "
        + "(\(parts[0].labelsPath), row \(parts[0].rows[trainRow]))",
      advice: "Keep each class whole in one split")
  }

  /// The classes with rows in both splits, ascending.
  func sharedClasses() -> [Int64] {
    Set(parts[0].labels).intersection(labels(of: .test)).sorted()
  }
}
