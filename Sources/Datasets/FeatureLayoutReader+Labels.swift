/// What is said about each row: its class and its split.
extension FeatureLayoutReader {
  /// The labels of a place and the object that they are from.
  func labels(
    at place: ObjectPlace
  ) throws(DatasetError) -> (labels: FeatureSegment.Labels, path: String) {
    if let pattern = source.labelPattern { return try labels(from: pattern, at: place) }
    let path = try finder.require(.labels, in: place, .array)
    let array = try file.array(path)
    if array.elementType.isText {
      try checkColumn(array, "labels")
      let texts = try array.strings()
      for (row, text) in texts.enumerated() { try check(label: text, row: row, of: array) }
      return (.texts(texts), path)
    }
    guard array.elementType.isInteger else {
      throw DatasetError(
        .wrongType, file: file.path, object: path,
        "labels are \(array.elementType), they must be integers or text",
        advice: "Write each class as an integer or a text")
    }
    try checkColumn(array, "labels")
    return (.integers(try array.integers()), path)
  }

  private func labels(
    from source: FeatureSource.LabelPattern, at place: ObjectPlace
  ) throws(DatasetError) -> (labels: FeatureSegment.Labels, path: String) {
    let paths = place.paths(of: source.object)
    var path = paths[0]
    for other in paths.dropFirst() where try file.kind(of: path) == nil { path = other }
    guard try file.kind(of: path) != nil else {
      throw try finder.missing(paths[0], advice: "Correct from in dataset.labels")
    }
    try finder.require(path, .array)
    let array = try file.array(path)
    guard array.elementType.isText else {
      throw DatasetError(
        .wrongType, file: file.path, object: path,
        "its values are \(array.elementType), and dataset.labels takes labels from text",
        advice: "Name a dataset of texts, or name this one in dataset.keys")
    }
    try checkColumn(array, "texts")
    let pattern = try TextPattern(source.pattern, setting: "dataset.labels")
    var labels: [String] = []
    for (row, text) in try array.strings().enumerated() {
      guard let label = pattern.group(of: text) else {
        throw DatasetError(
          .wrongType, file: file.path, object: path, row: row,
          "'\(text)' does not match the pattern '\(source.pattern)' of dataset.labels",
          advice: "Correct the pattern or the text")
      }
      try check(label: label, row: row, of: array)
      labels.append(label)
    }
    return (.texts(labels), path)
  }

  private func check(
    label: String, row: Int, of array: HDF5Array
  ) throws(DatasetError) {
    if label.isEmpty {
      throw DatasetError(
        .wrongType, file: file.path, object: array.path, row: row, "the label is an empty text",
        advice: "Give each row a label")
    }
    // What the library's bytes became where they are no UTF-8; two labels could become one.
    if label.unicodeScalars.contains("\u{fffd}") {
      throw DatasetError(
        .wrongType, file: file.path, object: array.path, row: row,
        "the label '\(label)' is not UTF-8", advice: "Write texts in UTF-8")
    }
  }

  /// Which rows are for testing, where a column says so and is asked.
  func splitColumn(
    _ side: FeatureSide?, at place: ObjectPlace
  ) throws(DatasetError) -> (isTest: [Bool], path: String)? {
    if side == nil, source.split.isByClasses { return nil }
    guard side == nil || place == ObjectPlace() else { return nil }
    guard let path = try finder.find(.split, in: place) else {
      if side != nil { return nil }
      throw try missingSplit()
    }
    try finder.require(path, .array)
    let isTest = try testFlags(path)
    if let role, let row = isTest.firstIndex(of: role == .train) {
      throw DatasetError(
        .wrongSplit, file: file.path, object: path, row: row,
        "the row is in the \(role == .train ? "test" : "train") split, but the file is given as "
          + "dataset.\(role.rawValue)",
        advice: "Give the file as dataset.path, or drop the rows of the other split")
    }
    return (isTest, path)
  }

  private func missingSplit() throws(DatasetError) -> DatasetError {
    let error = try finder.missing(.split, in: ObjectPlace())
    if source.names[.split] != nil || error.advice.hasPrefix("Rename") { return error }
    return DatasetError(
      .missingObject, file: file.path, object: "/split",
      "nothing says which rows train and which test",
      advice: "Write 0 (train) or 1 (test) for each row into it, or set dataset.split to "
        + "{classes: 0.5}: the first half of the sorted classes then trains")
  }

  private func testFlags(_ path: String) throws(DatasetError) -> [Bool] {
    let array = try file.array(path)
    try checkColumn(array, "a split")
    if array.elementType.isText {
      return try flags(array.strings(), of: path, train: ["train", "0"], test: ["test", "1"])
    }
    guard array.elementType.isInteger else {
      throw DatasetError(
        .wrongType, file: file.path, object: path,
        "the split is \(array.elementType), it must be integers or text",
        advice: "Write 0 (train) or 1 (test), or these words, for each row")
    }
    return try flags(array.integers(), of: path, train: [0], test: [1])
  }

  private func flags<Value: Equatable>(
    _ values: [Value], of path: String, train: [Value], test: [Value]
  ) throws(DatasetError) -> [Bool] {
    var flags: [Bool] = []
    flags.reserveCapacity(values.count)
    for (row, value) in values.enumerated() {
      let isTest = test.contains(value)
      guard isTest || train.contains(value) else {
        throw DatasetError(
          .wrongSplit, file: file.path, object: path, row: row, "\(value) names no split",
          advice: "Write 0 (train) or 1 (test), or these words, for each row")
      }
      flags.append(isTest)
    }
    return flags
  }
}
