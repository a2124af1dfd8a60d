/// Writes feature files of both layouts.
///
/// By default features are contiguous native float32, which is mapped when read, and labels
/// are int64.
package struct FeatureFileWriter: Sendable {
  /// Vectors of one level, `rows × dimension`, row-major.
  package struct LevelValues: Sendable {
    package let name: String
    package let dimension: Int
    package let values: [Float]

    package init(name: String, dimension: Int, values: [Float]) {
      self.name = name
      self.dimension = dimension
      self.values = values
    }
  }

  /// The labels of some rows and their vectors at every level.
  package struct Rows: Sendable {
    package let labels: [Int64]
    package let levels: [LevelValues]
    /// Which rows are queries and which the gallery, where that is to be written.
    package let queryGallery: QueryGallery?

    package init(
      labels: [Int64], levels: [LevelValues], queryGallery: QueryGallery? = nil
    ) {
      for level in levels {
        precondition(
          level.values.count == labels.count * level.dimension,
          "\(level.values.count) values for \(labels.count) × \(level.dimension)")
      }
      precondition(queryGallery.map { $0.count == labels.count } ?? true, "flags of other rows")
      self.labels = labels
      self.levels = levels
      self.queryGallery = queryGallery
    }
  }

  /// Rows of a chunk and gzip level; nil leaves the values in one piece.
  package var chunks: (rows: Int, gzip: Int)?
  package var elementType = HDF5Writer.FloatType.float32
  /// Names of the classes 0, 1, …, if they have any.
  package var classNames: [String] = []
  /// Texts about the file as a whole.
  package var attributes: [(name: String, text: String)] = []

  package init() {}

  /// Writes groups `train` and `test` with all levels.
  package func writeGrouped(train: Rows, test: Rows, to path: String) throws(DatasetError) {
    try write([("/train", train), ("/test", test)], to: path)
  }

  /// Writes groups `train`, `query` and `gallery` with all levels.
  package func writeGrouped(
    train: Rows, query: Rows, gallery: Rows, to path: String
  ) throws(DatasetError) {
    try write([("/train", train), ("/query", query), ("/gallery", gallery)], to: path)
  }

  private func write(
    _ groups: [(path: String, rows: Rows)], to path: String
  ) throws(DatasetError) {
    let writer = try HDF5Writer(path: path)
    for (group, rows) in groups {
      try writer.group(group)
      try writer.group("\(group)/features")
      for level in rows.levels {
        try write(level, rows: rows.labels.count, to: "\(group)/features/\(level.name)", writer)
      }
      try writer.write(integers: rows.labels, shape: [rows.labels.count], to: "\(group)/labels")
      try writer.write(rows.queryGallery, to: group)
    }
    try writer.setAttribute(
      "levels", of: "/", to: groups[0].rows.levels.map(\.name))
    try finish(writer)
  }

  /// Writes the one level of `rows` as a flat file; `isTest` says which rows are for testing.
  package func writeFlat(_ rows: Rows, isTest: [Bool], to path: String) throws(DatasetError) {
    precondition(rows.levels.count == 1, "\(rows.levels.count) levels for a flat file")
    precondition(isTest.count == rows.labels.count)
    let writer = try HDF5Writer(path: path)
    try write(rows.levels[0], rows: rows.labels.count, to: "/features", writer)
    try writer.write(integers: rows.labels, shape: [rows.labels.count], to: "/labels")
    try writer.write(
      integers: isTest.map { $0 ? 1 : 0 }, shape: [isTest.count], to: "/split", as: .uint8)
    try writer.write(rows.queryGallery, to: "")
    try finish(writer)
  }

  private func write(
    _ level: LevelValues, rows: Int, to path: String, _ writer: HDF5Writer
  ) throws(DatasetError) {
    let storage = chunks.map { chunks in
      HDF5Writer.Storage.chunked([min(chunks.rows, rows), level.dimension], gzip: chunks.gzip)
    }
    try writer.write(
      floats: level.values, shape: [rows, level.dimension], to: path, as: elementType,
      storage: storage ?? .contiguous)
  }

  private func finish(_ writer: HDF5Writer) throws(DatasetError) {
    if !classNames.isEmpty { try writer.write(texts: classNames, to: "/class_names") }
    for attribute in attributes {
      try writer.setAttribute(attribute.name, of: "/", to: attribute.text)
    }
    try writer.finish()
  }
}

extension HDF5Writer {
  /// Writes the flags of the rows of a group, where there are some.
  func write(_ queryGallery: QueryGallery?, to folder: String) throws(DatasetError) {
    guard let queryGallery else { return }
    for (name, flags) in [("query", queryGallery.isQuery), ("gallery", queryGallery.isGallery)] {
      try write(
        integers: flags.map { $0 ? 1 : 0 }, shape: [flags.count], to: "\(folder)/\(name)",
        as: .uint8)
    }
  }
}
