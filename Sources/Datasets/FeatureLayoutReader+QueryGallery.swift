/// The query/gallery protocol: flags beside the test rows, or groups in place of `test`.
extension FeatureLayoutReader {
  /// The groups of a grouped file with the split of each, training first.
  func groups() throws(DatasetError) -> [(path: String, split: FeatureFile.Split)] {
    let names = try file.children(of: "/")
    guard let group = ["query", "gallery"].first(where: names.contains) else {
      return [("/train", .train), ("/test", .test)]
    }
    if names.contains("test") {
      throw DatasetError(
        .wrongSplit, file: file.path, object: "/\(group)",
        "the file has both this and /test, so the test rows are in doubt",
        advice: "Keep /test, with flags /test/query and /test/gallery, or groups /query and "
          + "/gallery in place of it")
    }
    return [("/train", .train), ("/query", .test), ("/gallery", .test)]
  }

  /// The protocol of the test rows; nil where each of them queries all the others. Where only
  /// one of the two flags is there, the rows without it are what the other would mark.
  func queryGallery(
    of parts: [FeatureFile.Part], _ layout: FeatureFile.Layout
  ) throws(DatasetError) -> QueryGallery? {
    let test = parts.filter { $0.split == .test }
    if test.count == 2 {
      let isQuery = test.flatMap { part in
        [Bool](repeating: part.labelsPath == test[0].labelsPath, count: part.labels.count)
      }
      return QueryGallery(isQuery: isQuery, isGallery: isQuery.map { !$0 })
    }
    let rows = layout == .flat ? parts.reduce(0) { $0 + $1.rows.count } : test[0].rows.count
    let folder = layout == .flat ? "" : "/test"
    let query = try flags("\(folder)/query", of: test[0], rows: rows)
    let gallery = try flags("\(folder)/gallery", of: test[0], rows: rows)
    guard let isQuery = query ?? gallery?.map({ !$0 }),
      let isGallery = gallery ?? query?.map({ !$0 })
    else { return nil }
    let objects = (
      query: query == nil ? "\(folder)/gallery" : "\(folder)/query",
      gallery: gallery == nil ? "\(folder)/query" : "\(folder)/gallery"
    )
    if !isQuery.contains(true) { throw empty(objects.query, "no test row is a query") }
    if !isGallery.contains(true) {
      throw empty(objects.gallery, "no test row is in the gallery")
    }
    if let place = isQuery.indices.first(where: { !isQuery[$0] && !isGallery[$0] }) {
      throw DatasetError(
        .wrongSplit, file: file.path, object: objects.query, row: Int(test[0].rows[place]),
        "the row is neither a query nor in the gallery",
        advice: "Give each test row a 1 in query or in gallery, or drop the row")
    }
    return QueryGallery(isQuery: isQuery, isGallery: isGallery)
  }

  /// The flags of the rows of a part; nil where there is no such dataset.
  private func flags(
    _ path: String, of part: FeatureFile.Part, rows: Int
  ) throws(DatasetError) -> [Bool]? {
    guard try file.kind(of: path) != nil else { return nil }
    try require(path, .array)
    let array = try file.array(path)
    try checkColumn(array, "flags")
    guard array.rows == rows else {
      throw DatasetError(
        .wrongShape, file: file.path, object: path,
        "\(array.rows) rows, but \(part.labelsPath) has \(rows)",
        advice: "Write one flag for each row")
    }
    guard array.elementType.isInteger else {
      throw DatasetError(
        .wrongType, file: file.path, object: path,
        "the flags are \(array.elementType), they must be booleans or integers",
        advice: "Write 0 or 1 for each row")
    }
    let values = try array.integers()
    return try part.rows.map { row throws(DatasetError) in
      let value = values[Int(row)]
      guard value == 0 || value == 1 else {
        throw DatasetError(
          .wrongSplit, file: file.path, object: path, row: Int(row), "\(value) is not a flag",
          advice: "Write 0 or 1 for each row")
      }
      return value == 1
    }
  }

  private func empty(_ object: String, _ text: String) -> DatasetError {
    DatasetError(
      .emptySet, file: file.path, object: object, text,
      advice: "Mark queries with 1 in query, and what they are looked for in with 1 in gallery")
  }
}
