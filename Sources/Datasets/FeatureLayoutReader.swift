/// Finds the rows of one file and reads everything about them but the feature values.
///
/// Groups `train` and `test`, or `query` and `gallery` in place of the latter; the same words
/// in the names of objects (`train_features`, `X_train`); or all rows at the top of the file.
struct FeatureLayoutReader {
  let file: HDF5File
  let source: FeatureSource
  /// The split that a file is given for where each has one of its own.
  let role: FeatureFile.Split?

  var finder: ObjectFinder { ObjectFinder(file: file, names: source.names) }

  /// What the file gives to a set of vectors.
  func segments() throws(DatasetError) -> [FeatureSegment] {
    let sides = try sides()
    if let role {
      let own = sides.filter { $0.side.split == role }
      if !own.isEmpty { return try segments(own) }
      if !sides.isEmpty { throw try missingSide(role == .train ? .train : .test, among: sides) }
      return [try segment(role == .train ? .train : .test, at: ObjectPlace())]
    }
    if !sides.isEmpty, source.split != .column { return try segments(sides) }
    try checkTop(hasSides: !sides.isEmpty)
    return [try segment(nil, at: ObjectPlace())]
  }

  /// The error about a side that no file has.
  func missingSide(_ side: FeatureSide) throws(DatasetError) -> DatasetError {
    try missingSide(side, among: try sides())
  }

  private func missingSide(
    _ side: FeatureSide, among sides: [Side]
  ) throws(DatasetError) -> DatasetError {
    guard sides.allSatisfy({ $0.place.affix == nil }) else {
      return try finder.missing(.features, in: .affix(side))
    }
    return try finder.missing("/\(side)", advice: "Write it, as the README shows")
  }

  private func segments(_ sides: [Side]) throws(DatasetError) -> [FeatureSegment] {
    var segments: [FeatureSegment] = []
    for (side, place) in sides {
      if place.affix == nil { try finder.require(place.group, .group) }
      segments.append(try segment(side, at: place))
    }
    return segments
  }
}

// MARK: - Sides

extension FeatureLayoutReader {
  private typealias Side = (side: FeatureSide, place: ObjectPlace)

  /// The groups of the file, or its objects with a side in their name; none where all rows are
  /// at the top.
  private func sides() throws(DatasetError) -> [Side] {
    let names = try file.children(of: "/")
    var groups: [FeatureSide] = []
    for side in FeatureSide.allCases where names.contains(side.rawValue) {
      if try file.kind(of: "/\(side)") == .group { groups.append(side) }
    }
    if groups.contains(.train) || groups.contains(.test) {
      let all = FeatureSide.allCases.filter { names.contains($0.rawValue) }
      return try checked(all.map { ($0, .group($0)) })
    }
    if try finder.find(.features, in: ObjectPlace()) != nil { return [] }
    var affixed: [FeatureSide] = []
    for side in FeatureSide.allCases where try finder.find(.features, in: .affix(side)) != nil {
      affixed.append(side)
    }
    if !affixed.isEmpty { return try checked(affixed.map { ($0, .affix($0)) }) }
    return groups.map { ($0, .group($0)) }
  }

  private func checked(_ sides: [Side]) throws(DatasetError) -> [Side] {
    guard let other = sides.first(where: { $0.side == .query || $0.side == .gallery }),
      sides.contains(where: { $0.side == .test })
    else { return sides }
    let isGroup = other.place.affix == nil
    let object =
      isGroup ? other.place.group : try finder.require(.features, in: other.place, nil)
    throw DatasetError(
      .wrongSplit, file: file.path, object: object,
      "the file has both this and \(isGroup ? "/test" : "test rows"), so the test rows are in "
        + "doubt",
      advice: "Keep /test, with flags /test/query and /test/gallery, or groups /query and "
        + "/gallery in place of it")
  }

  /// Throws where the top of the file has nothing of a set of vectors, or is not asked for.
  private func checkTop(hasSides: Bool) throws(DatasetError) {
    let names = try file.children(of: "/")
    if source.split == .groups {
      throw DatasetError(
        .wrongSplit, file: file.path, object: "/",
        "dataset.split is groups, but there are no groups train and test; "
          + ObjectFinder.listing(names),
        advice: "Set dataset.split to auto, column or {classes: 0.5}")
    }
    for object in [FeatureObject.features, .labels, .split]
    where try finder.find(object, in: ObjectPlace()) != nil || source.names[object] != nil {
      return
    }
    if hasSides {
      throw DatasetError(
        .wrongSplit, file: file.path, object: "/",
        "dataset.split is column, but the top of the file has no features; "
          + ObjectFinder.listing(names),
        advice: "Set dataset.split to auto or groups")
    }
    for side in [FeatureSide.train, .test] where names.contains(side.rawValue) {
      try finder.require("/\(side)", .group)
    }
    throw DatasetError(
      .missingObject, file: file.path, object: "/",
      "there are neither groups train and test nor datasets features, labels and split; "
        + ObjectFinder.listing(names),
      advice: "Rename the objects, as the README shows, or say what they are called with "
        + "dataset.keys")
  }
}

// MARK: - Rows

extension FeatureLayoutReader {
  private func segment(
    _ side: FeatureSide?, at place: ObjectPlace
  ) throws(DatasetError) -> FeatureSegment {
    let features = try finder.require(.features, in: place, nil)
    let (labels, labelsPath) = try labels(at: place)
    let levels = try levels(of: features)
    let column = try splitColumn(side, at: place)
    let segment = FeatureSegment(
      file: file, side: side, features: features, levels: levels, labels: labels,
      labelsPath: labelsPath, isTest: column?.isTest, splitPath: column?.path,
      query: side == nil || side == .test ? try flags(.query, at: place) : nil,
      gallery: side == nil || side == .test ? try flags(.gallery, at: place) : nil)
    for (_, array) in levels { try check(array, of: segment) }
    for flags in [segment.query, segment.gallery].compactMap(\.self)
    where flags.values.count != segment.rows {
      throw rowsDisagree(
        flags.path, flags.values.count, segment, advice: "Write one flag for each row")
    }
    if let column, column.isTest.count != segment.rows {
      throw rowsDisagree(
        column.path, column.isTest.count, segment, advice: "Write one value for each row")
    }
    return segment
  }

  private func rowsDisagree(
    _ object: String, _ rows: Int, _ segment: FeatureSegment, advice: String
  ) -> DatasetError {
    DatasetError(
      .wrongShape, file: file.path, object: object,
      "\(rows) rows, but \(segment.labelsPath) has \(segment.rows)", advice: advice)
  }

  private func levels(
    of features: String
  ) throws(DatasetError) -> [(name: String, array: HDF5Array)] {
    guard try file.kind(of: features) == .group else {
      return [("features", try file.array(features))]
    }
    let names = try file.children(of: features)
    if names.isEmpty {
      throw DatasetError(
        .missingObject, file: file.path, object: features,
        "the group has no levels", advice: "Write one dataset per level into it")
    }
    return try names.map { name throws(DatasetError) in
      try finder.require("\(features)/\(name)", .array)
      return (name, try file.array("\(features)/\(name)"))
    }
  }

  private func check(_ array: HDF5Array, of segment: FeatureSegment) throws(DatasetError) {
    guard array.elementType.isFeature else {
      throw DatasetError(
        .wrongType, file: file.path, object: array.path,
        "features are \(array.elementType), they must be floats of 16, 32 or 64 bits "
          + "or integers of 8 bits",
        advice: "Write them as float32")
    }
    guard array.shape.count == 2 else {
      throw DatasetError(
        .wrongShape, file: file.path, object: array.path,
        "its shape is \(array.shape), features must be [rows, dimension]",
        advice: "Write one vector for each row")
    }
    if array.rows == 0 || array.rowCount == 0 {
      throw DatasetError(
        .emptySet, file: file.path, object: array.path, "its shape is \(array.shape)",
        advice: "Write rows")
    }
    guard array.rows == segment.rows else {
      throw rowsDisagree(
        array.path, array.rows, segment, advice: "Write one label for each vector")
    }
  }

  private func flags(
    _ object: FeatureObject, at place: ObjectPlace
  ) throws(DatasetError) -> FeatureSegment.Flags? {
    guard let path = try finder.find(object, in: place) else { return nil }
    try finder.require(path, .array)
    let array = try file.array(path)
    try checkColumn(array, "flags")
    guard array.elementType.isInteger else {
      throw DatasetError(
        .wrongType, file: file.path, object: path,
        "the flags are \(array.elementType), they must be booleans or integers",
        advice: "Write 0 or 1 for each row")
    }
    return FeatureSegment.Flags(path: path, values: try array.integers())
  }

  /// `[n]` or `[n, 1]`.
  func checkColumn(_ array: HDF5Array, _ what: String) throws(DatasetError) {
    guard array.shape.count == 1 || array.shape.count == 2 && array.shape[1] == 1 else {
      throw DatasetError(
        .wrongShape, file: file.path, object: array.path,
        "its shape is \(array.shape), \(what) must be [rows] or [rows, 1]",
        advice: "Write one value for each row")
    }
    if array.rows == 0 {
      throw DatasetError(
        .emptySet, file: file.path, object: array.path, "it has no rows", advice: "Write rows")
    }
  }
}
