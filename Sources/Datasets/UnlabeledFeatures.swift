/// Vectors of which nothing says the classes, such as those of images to be looked for.
package struct UnlabeledFeatures: Sendable {
  package let levels: [(name: String, dimension: Int)]
  /// One for each group of the file; without groups, all rows, whose group has no name.
  package let rows: [FeatureRows]

  /// Nil where the file has labels in some place, or something that may be meant to be labels.
  package init?(_ source: FeatureSource) throws(DatasetError) {
    guard case .one(let path) = source.files, source.labelPattern == nil,
      source.names[.labels] == nil
    else { return nil }
    let reader = FeatureLayoutReader(
      file: try HDF5File(path: path), source: source, role: nil)
    let sides = try reader.sides()
    let places: [(side: FeatureSide?, place: ObjectPlace)] =
      sides.isEmpty ? [(nil, ObjectPlace())] : sides.map { ($0.side, $0.place) }
    var rows: [FeatureRows] = []
    for (side, place) in places {
      guard try reader.finder.find(.labels, in: place) == nil,
        try !reader.finder.missing(.labels, in: place).advice.hasPrefix("Rename"),
        let features = try reader.finder.find(.features, in: place)
      else { return nil }
      rows.append(try Self.rows(of: features, side: side, reader))
    }
    let arrays = rows[0].stretches[0].levels
    for other in rows.dropFirst() {
      let same = other.stretches[0].levels
      guard same.map(\.name) == arrays.map(\.name),
        same.map(\.array.rowCount) == arrays.map(\.array.rowCount)
      else {
        throw DatasetError(
          .wrongShape, file: path, object: "/\(other.group)",
          "its levels are \(Self.listing(same)), but those of /\(rows[0].group) are "
            + Self.listing(arrays), advice: "Write the same levels into all groups")
      }
    }
    levels = arrays.map { ($0.name, $0.array.rowCount) }
    self.rows = rows
  }

  private static func rows(
    of features: String, side: FeatureSide?, _ reader: FeatureLayoutReader
  ) throws(DatasetError) -> FeatureRows {
    let levels = try reader.levels(of: features)
    let first = levels[0].array
    for (_, array) in levels {
      try reader.check(array)
      guard array.rows == first.rows else {
        throw DatasetError(
          .wrongShape, file: array.file.path, object: array.path,
          "\(array.rows) rows, but \(first.path) has \(first.rows)",
          advice: "Write the same rows at each level")
      }
    }
    let annotations = try RowAnnotationReader(
      file: reader.file, features: features, known: [features], side: side, rows: first.rows
    ).annotations()
    return FeatureRows(
      group: side?.rawValue ?? "", labels: nil, queryGallery: nil, annotations: annotations,
      stretches: [.init(levels: levels, rows: (0..<first.rows).map { Int64($0) })])
  }

  private static func listing(_ levels: [(name: String, array: HDF5Array)]) -> String {
    levels.map { "\($0.name) of \($0.array.rowCount) values" }.joined(separator: ", ")
  }
}
