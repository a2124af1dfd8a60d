/// Finds the parts of a feature file and checks how they fit together.
struct FeatureLayoutReader {
  let file: HDF5File

  func layout() throws(DatasetError) -> FeatureFile.Layout {
    let names = try file.children(of: "/")
    if names.contains("train") || names.contains("test") { return .grouped }
    if names.contains("features") || names.contains("labels") || names.contains("split") {
      return .flat
    }
    if names.contains("query") || names.contains("gallery") { return .grouped }
    throw DatasetError(
      .missingObject, file: file.path, object: "/",
      "there are neither groups train and test nor datasets features, labels and split; "
        + Self.listing(names),
      advice: "Rename the objects, as the README shows")
  }

  func groupedParts() throws(DatasetError) -> [FeatureFile.Part] {
    var parts: [FeatureFile.Part] = []
    for (group, split) in try groups() {
      try require(group, .group)
      try require("\(group)/features", nil)
      try require("\(group)/labels", .array)
      let labels = try labels("\(group)/labels")
      parts.append(
        FeatureFile.Part(
          split: split, features: "\(group)/features", labelsPath: "\(group)/labels",
          rows: (0..<labels.count).map { Int64($0) }, labels: labels))
    }
    return parts
  }

  func flatParts() throws(DatasetError) -> [FeatureFile.Part] {
    try require("/features", .array)
    try require("/labels", .array)
    if try file.kind(of: "/split") == nil,
      NearestName.of("split", among: try file.children(of: "/")) == nil
    {
      throw DatasetError(
        .notBuiltYet, file: file.path, object: "/split",
        "the file has no split, and dividing it by classes is not built yet",
        advice: "Write a dataset split with 0 (train) or 1 (test) for each row")
    }
    try require("/split", .array)
    let labels = try labels("/labels")
    let isTest = try testFlags(count: labels.count)
    return try FeatureFile.Split.allCases.map { split throws(DatasetError) in
      let rows = labels.indices.filter { isTest[$0] == (split == .test) }
      if rows.isEmpty {
        throw DatasetError(
          .emptySet, file: file.path, object: "/split", "no row is in the \(split.rawValue) split",
          advice: "Mark rows of both splits: 0 (train) and 1 (test)")
      }
      return FeatureFile.Part(
        split: split, features: "/features", labelsPath: "/labels", rows: rows.map { Int64($0) },
        labels: rows.map { labels[$0] })
    }
  }

  /// The levels that all parts have, once every dataset fits its labels.
  func levels(
    of parts: [FeatureFile.Part], _ layout: FeatureFile.Layout
  ) throws(DatasetError) -> [FeatureFile.Level] {
    let datasets = try parts.map { part throws(DatasetError) in
      try featureArrays(of: part, layout)
    }
    for (part, arrays) in zip(parts, datasets) {
      let rows = layout == .flat ? parts.reduce(0) { $0 + $1.rows.count } : part.rows.count
      for array in arrays { try check(array, rows: rows, labels: part.labelsPath) }
    }
    let levels = try datasets[0].map { array throws(DatasetError) in
      let name = Self.levelName(array.path)
      var isMapped = try array.mappableOffset() != nil && parts.count == 2
      for (part, others) in zip(parts, datasets).dropFirst() {
        guard let other = others.first(where: { Self.levelName($0.path) == name }) else {
          throw missing("\(part.features)/\(name)", there: others.map { Self.levelName($0.path) })
        }
        try checkAgreement(array, other)
        let offset = try other.mappableOffset()
        isMapped = isMapped && offset != nil
      }
      return FeatureFile.Level(
        name: name, dimension: array.rowCount, elementType: array.elementType,
        isMapped: isMapped)
    }
    if let extra = datasets.dropFirst().joined().first(where: { array in
      !levels.contains { $0.name == Self.levelName(array.path) }
    }) {
      let name = Self.levelName(extra.path)
      throw missing("\(parts[0].features)/\(name)", there: levels.map(\.name))
    }
    return try ordered(levels)
  }

  private func featureArrays(
    of part: FeatureFile.Part, _ layout: FeatureFile.Layout
  ) throws(DatasetError) -> [HDF5Array] {
    guard try file.kind(of: part.features) == .group else {
      return [try file.array(part.features)]
    }
    let names = try file.children(of: part.features)
    if names.isEmpty {
      throw DatasetError(
        .missingObject, file: file.path, object: part.features,
        "the group has no levels", advice: "Write one dataset per level into it")
    }
    return try names.map { name throws(DatasetError) in
      try require("\(part.features)/\(name)", .array)
      return try file.array("\(part.features)/\(name)")
    }
  }

  /// By the file's own list where it names the same levels.
  private func ordered(_ levels: [FeatureFile.Level]) throws(DatasetError) -> [FeatureFile.Level] {
    guard case .strings(let names)? = try file.attribute("levels", of: "/"),
      Set(names) == Set(levels.map(\.name)), names.count == levels.count
    else { return levels }
    return names.compactMap { name in levels.first { $0.name == name } }
  }

  /// The name of a dataset inside a group of levels, else `features`.
  private static func levelName(_ path: String) -> String {
    String(path.split(separator: "/").last ?? "features")
  }
}

// MARK: - Labels and split

extension FeatureLayoutReader {
  private func labels(_ path: String) throws(DatasetError) -> [Int64] {
    let array = try file.array(path)
    if array.elementType.isText {
      throw DatasetError(
        .notBuiltYet, file: file.path, object: path, "labels of text are not built yet",
        advice: "Write each class as an integer")
    }
    guard array.elementType.isInteger else {
      throw DatasetError(
        .wrongType, file: file.path, object: path,
        "labels are \(array.elementType), they must be integers",
        advice: "Write each class as an integer")
    }
    try checkColumn(array, "labels")
    return try array.integers()
  }

  private func testFlags(count: Int) throws(DatasetError) -> [Bool] {
    let array = try file.array("/split")
    try checkColumn(array, "a split")
    guard array.rows == count else {
      throw DatasetError(
        .wrongShape, file: file.path, object: "/split",
        "\(array.rows) rows, but /labels has \(count)", advice: "Write one value for each row")
    }
    if array.elementType.isText {
      return try flags(array.strings(), train: ["train", "0"], test: ["test", "1"])
    }
    guard array.elementType.isInteger else {
      throw DatasetError(
        .wrongType, file: file.path, object: "/split",
        "the split is \(array.elementType), it must be integers or text",
        advice: "Write 0 (train) or 1 (test), or these words, for each row")
    }
    return try flags(array.integers(), train: [0], test: [1])
  }

  private func flags<Value: Equatable>(
    _ values: [Value], train: [Value], test: [Value]
  ) throws(DatasetError) -> [Bool] {
    var flags: [Bool] = []
    flags.reserveCapacity(values.count)
    for (row, value) in values.enumerated() {
      let isTest = test.contains(value)
      guard isTest || train.contains(value) else {
        throw DatasetError(
          .wrongSplit, file: file.path, object: "/split", row: row, "\(value) names no split",
          advice: "Write 0 (train) or 1 (test), or these words, for each row")
      }
      flags.append(isTest)
    }
    return flags
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

// MARK: - Checks

extension FeatureLayoutReader {
  private func check(_ array: HDF5Array, rows: Int, labels: String) throws(DatasetError) {
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
    guard array.rows == rows else {
      throw DatasetError(
        .wrongShape, file: file.path, object: array.path,
        "\(array.rows) rows, but \(labels) has \(rows)",
        advice: "Write one label for each vector")
    }
  }

  private func checkAgreement(_ train: HDF5Array, _ test: HDF5Array) throws(DatasetError) {
    if train.rowCount != test.rowCount {
      throw DatasetError(
        .wrongShape, file: file.path, object: test.path,
        "\(test.rowCount) columns, but \(train.path) has \(train.rowCount)",
        advice: "Write both splits with the same features")
    }
    if train.elementType != test.elementType {
      throw DatasetError(
        .wrongType, file: file.path, object: test.path,
        "features are \(test.elementType), but \(train.path) is \(train.elementType)",
        advice: "Write both splits with the same type")
    }
  }

  /// Throws unless there is an object of the kind, or of any kind where nil.
  func require(_ path: String, _ kind: HDF5File.ObjectKind?) throws(DatasetError) {
    let parent = path.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    guard let found = try file.kind(of: path) else {
      throw missing(path, there: try file.children(of: parent.isEmpty ? "/" : parent))
    }
    if let kind, kind != found {
      throw DatasetError(
        .wrongType, file: file.path, object: path,
        kind == .group ? "this is a dataset, not a group" : "this is a group, not a dataset",
        advice: "Lay the file out as the README shows")
    }
  }

  private func missing(_ path: String, there names: [String]) -> DatasetError {
    let name = Self.levelName(path)
    // An object that belongs where it is was not meant to be another.
    let misspelt = names.filter { !["train", "query", "features", "labels"].contains($0) }
    let nearest = NearestName.of(name, among: misspelt).map { "Rename \($0) to \(name)" }
    return DatasetError(
      .missingObject, file: file.path, object: path, "it is missing; \(Self.listing(names))",
      advice: nearest ?? "Write it, as the README shows")
  }

  private static func listing(_ names: [String]) -> String {
    if names.isEmpty { return "there is nothing beside it" }
    let shown = names.prefix(10).joined(separator: ", ")
    return "there is \(shown)\(names.count > 10 ? " and \(names.count - 10) more" : "")"
  }
}
