/// What the rows of all files must have in common.
extension FeatureAssembly {
  /// The levels that all segments have, with features of one type and dimension.
  func levels(in pools: [FeaturePool]) throws(DatasetError) -> [FeatureFile.Level] {
    let first = segments[0]
    for segment in segments.dropFirst() {
      for (name, array) in first.levels {
        guard let other = segment.array(of: name) else {
          throw missing(name, in: segment)
        }
        try checkAgreement(of: other, in: segment, with: array, of: first)
      }
      if let extra = segment.levels.first(where: { first.array(of: $0.name) == nil }) {
        throw missing(extra.name, in: first)
      }
    }
    let levels = try first.levels.map { name, array throws(DatasetError) in
      FeatureFile.Level(
        name: name, dimension: array.rowCount, elementType: array.elementType,
        memoryBytes: try memoryBytes(name, pools))
    }
    return try ordered(levels)
  }

  /// Of the splits whose rows do not lie in one piece that can be used as it is.
  private func memoryBytes(
    _ level: String, _ pools: [FeaturePool]
  ) throws(DatasetError) -> Int {
    let splits = pools.count == 1 ? [pools] : [[pools[0]], Array(pools.dropFirst())]
    var bytes = 0
    for split in splits {
      let arrays = split.flatMap { $0.segments.compactMap { $0.array(of: level) } }
      if arrays.count == 1, try arrays[0].mappableOffset() != nil { continue }
      for array in arrays { bytes += array.rows * array.rowCount * MemoryLayout<Float>.stride }
    }
    return bytes
  }

  private func missing(_ level: String, in segment: FeatureSegment) -> DatasetError {
    ObjectFinder.missing(
      "\(segment.features)/\(level)", in: segment.file, there: segment.levels.map(\.name),
      advice: "Write it, as the README shows")
  }

  private func checkAgreement(
    of array: HDF5Array, in segment: FeatureSegment, with other: HDF5Array,
    of first: FeatureSegment
  ) throws(DatasetError) {
    let name = first.name(of: other.path, in: segment)
    let what = segment.file.path == first.file.path ? "both splits" : "all files"
    if array.rowCount != other.rowCount {
      throw DatasetError(
        .wrongShape, file: segment.file.path, object: array.path,
        "\(array.rowCount) columns, but \(name) has \(other.rowCount)",
        advice: "Write \(what) with the same features")
    }
    if array.elementType != other.elementType {
      throw DatasetError(
        .wrongType, file: segment.file.path, object: array.path,
        "features are \(array.elementType), but \(name) is \(other.elementType)",
        advice: "Write \(what) with the same type")
    }
  }

  /// By the list of the first file where it names the same levels.
  private func ordered(_ levels: [FeatureFile.Level]) throws(DatasetError) -> [FeatureFile.Level] {
    guard case .strings(let names)? = try segments[0].file.attribute("levels", of: "/"),
      Set(names) == Set(levels.map(\.name)), names.count == levels.count
    else { return levels }
    return names.compactMap { name in levels.first { $0.name == name } }
  }
}

extension FeatureSegment {
  /// An object of this segment in a message about another one.
  func name(of object: String, in other: FeatureSegment) -> String {
    file.path == other.file.path ? object : "\(object) of \(file.path)"
  }
}
