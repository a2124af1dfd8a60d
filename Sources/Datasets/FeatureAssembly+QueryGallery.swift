/// The query/gallery protocol: flags beside the test rows, or groups in place of `test`.
extension FeatureAssembly {
  /// The protocol of the test rows; nil where each of them queries all the others. Where only
  /// one of the two flags is there, the rows without it are what the other would mark.
  func queryGallery(
    of parts: [FeatureFile.Part], in pools: [FeaturePool]
  ) throws(DatasetError) -> QueryGallery? {
    let test = parts.filter { $0.split == .test }
    if test.count == 2 {
      let isQuery = test.enumerated().flatMap { index, part in
        [Bool](repeating: index == 0, count: part.rows.count)
      }
      return QueryGallery(isQuery: isQuery, isGallery: isQuery.map { !$0 })
    }
    let rows = test[0].rows.map(pools[test[0].pool].place)
    let query = try flags(rows) { $0.query }
    let gallery = try flags(rows) { $0.gallery }
    guard let isQuery = query?.isSet ?? gallery?.isSet.map({ !$0 }),
      let isGallery = gallery?.isSet ?? query?.isSet.map({ !$0 }),
      let objects = [query?.path ?? gallery?.path, gallery?.path ?? query?.path] as? [String]
    else { return nil }
    if !isQuery.contains(true) { throw empty(objects[0], "no test row is a query") }
    if !isGallery.contains(true) { throw empty(objects[1], "no test row is in the gallery") }
    if let place = isQuery.indices.first(where: { !isQuery[$0] && !isGallery[$0] }) {
      throw DatasetError(
        .wrongSplit, file: rows[place].segment.file.path, object: objects[0],
        row: rows[place].row, "the row is neither a query nor in the gallery",
        advice: "Give each test row a 1 in query or in gallery, or drop the row")
    }
    return QueryGallery(isQuery: isQuery, isGallery: isGallery)
  }

  /// The flags of some rows; nil where no file has any.
  private func flags(
    _ rows: [(segment: FeatureSegment, row: Int)],
    _ column: (FeatureSegment) -> FeatureSegment.Flags?
  ) throws(DatasetError) -> (isSet: [Bool], path: String)? {
    guard let known = rows.first(where: { column($0.segment) != nil }),
      let path = column(known.segment)?.path
    else { return nil }
    let isSet = try rows.map { segment, row throws(DatasetError) in
      guard let flags = column(segment) else {
        throw DatasetError(
          .missingObject, file: segment.file.path, object: path,
          "it is missing, but other files of the set have it",
          advice: "Write one flag for each row")
      }
      let value = flags.values[row]
      guard value == 0 || value == 1 else {
        throw DatasetError(
          .wrongSplit, file: segment.file.path, object: flags.path, row: row,
          "\(value) is not a flag", advice: "Write 0 or 1 for each row")
      }
      return value == 1
    }
    return (isSet, path)
  }

  private func empty(_ object: String, _ text: String) -> DatasetError {
    DatasetError(
      .emptySet, file: source.description, object: object, text,
      advice: "Mark queries with 1 in query, and what they are looked for in with 1 in gallery")
  }
}
