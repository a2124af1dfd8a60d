/// A set of feature vectors with labels and a split into training and test rows, in one HDF5
/// file or in several.
///
/// Two layouts are read. Grouped: `/train` and `/test`, each with `labels` and with `features`,
/// a dataset or a group of datasets, one per level; two files, or `train_features` and the like
/// at the top of one, are the same. Flat: `/features`, `/labels` and `/split`, which is 0 or 1,
/// or the words train and test; or classes are divided. A level that has no name is called
/// `features`.
/// Flags `query` and `gallery` beside the test rows, or groups `/query` and `/gallery` in place
/// of `/test`, say that test rows do not each query all the others.
/// Everything but the feature values is read and checked when the set is opened.
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
    /// What a process that uses the level reads; 0 where all values are used in place, as pages
    /// of the files.
    package let memoryBytes: Int

    package var isMapped: Bool { memoryBytes == 0 }
  }

  /// The labels of a split, or of one of the two groups of the test split, and the rows of the
  /// pool they belong to.
  struct Part: Sendable {
    let split: Split
    let pool: Int
    let rows: [Int64]
    let labels: [Int64]
  }

  package let source: FeatureSource
  package let layout: Layout
  /// In the order of the file's `levels` attribute, else by name.
  package let levels: [Level]
  /// Training first, then test rows or queries and the gallery; one where all rows are mixed.
  let pools: [FeaturePool]
  /// Training first; then the test rows, or groups of queries and of the gallery.
  let parts: [Part]
  /// Of the test rows, in the order of `labels(of: .test)`; nil where each of them queries all
  /// the others.
  package let queryGallery: QueryGallery?
  /// The classes where labels are texts: a label is a place among them. Nil where they are
  /// integers.
  package let classTexts: [String]?

  /// The path, or all of them, as they were given.
  package var path: String { source.description }

  package convenience init(path: String) throws(DatasetError) {
    try self.init(FeatureSource(.one(path)))
  }

  package init(_ source: FeatureSource) throws(DatasetError) {
    let assembly = try FeatureAssembly(source: source)
    let pools = assembly.pools()
    levels = try assembly.levels(in: pools)
    let parts = try assembly.parts(of: pools)
    self.source = source
    layout = pools.count == 1 ? .flat : .grouped
    self.pools = pools
    self.parts = parts
    queryGallery = try assembly.queryGallery(of: parts, in: pools)
    classTexts = assembly.classTexts
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

  /// The datasets that hold a level of a split, one behind the other.
  private func arrays(of level: Level, _ split: Split) -> [HDF5Array] {
    let used = Set(parts(of: split).map(\.pool))
    return pools.indices.filter(used.contains).flatMap { pools[$0].arrays(of: level) }
  }

  /// Reads or maps one level and checks every value of it, and that no class is in both
  /// splits. Several datasets of a split are read into one memory, queries first.
  ///
  /// `memoryBytes` is what reading may take: more than the machine has would end the process
  /// without a word.
  package func load(
    level name: String? = nil, memoryBytes: Int = PhysicalMemory.bytes
  ) throws(DatasetError) -> SplitData {
    let level = try level(named: name)
    guard level.memoryBytes <= memoryBytes else {
      throw DatasetError(
        .tooLarge, file: path, object: level.name,
        "its values take \(level.memoryBytes >> 20) MiB of memory, and the machine has "
          + "\(memoryBytes >> 20) MiB",
        advice: "Write each split as one contiguous float32 dataset, which is used in place")
    }
    try checkClasses()
    let train = try storage(of: arrays(of: level, .train))
    let test = layout == .flat ? train : try storage(of: arrays(of: level, .test))
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

  private func storage(of arrays: [HDF5Array]) throws(DatasetError) -> FeatureStorage {
    let storage = try FeatureStorage(arrays)
    guard let first = storage.faults().first else { return storage }
    var (row, faulty) = (first.row, arrays[0])
    for next in arrays.dropFirst() where row >= faulty.rows {
      row -= faulty.rows
      faulty = next
    }
    throw Self.error(first.fault, row: row, of: faulty)
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
      let test = parts(of: .test).first(where: { $0.labels.contains(shared) }),
      let testRow = test.labels.firstIndex(of: shared)
    else { return }
    let trained = pools[parts[0].pool].place(of: parts[0].rows[trainRow])
    let tested = pools[test.pool].place(of: test.rows[testRow])
    throw DatasetError(
      .sharedClass, file: tested.segment.file.path, object: tested.segment.labelsPath,
      row: tested.row,
      "class \(text(of: shared)) is in the test split and in the training split "
        + "(\(trained.segment.name(of: trained.segment.labelsPath, in: tested.segment)), "
        + "row \(trained.row))",
      advice: "Keep each class whole in one split")
  }

  /// The classes with rows in both splits, ascending.
  func sharedClasses() -> [Int64] {
    Set(parts[0].labels).intersection(labels(of: .test)).sorted()
  }

  /// A class as the file has it.
  func text(of label: Int64) -> String {
    classTexts.map { $0[Int(label)] } ?? "\(label)"
  }
}
