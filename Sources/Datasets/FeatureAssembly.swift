/// Puts the rows of all files of a set together and checks how they fit.
struct FeatureAssembly {
  let source: FeatureSource
  /// Training rows first, then test rows or queries and the gallery, each in the order of the
  /// files: as in one file. Where rows are not grouped, in the order of the files.
  let segments: [FeatureSegment]
  /// The classes where labels are texts, by their bytes; a label stands for its place among them.
  let classTexts: [String]?

  init(source: FeatureSource) throws(DatasetError) {
    let readers = try Self.readers(of: source)
    var segments: [FeatureSegment] = []
    for reader in readers { segments += try reader.segments() }
    try Self.checkSides(of: segments, source, readers[0])
    self.source = source
    self.segments = FeatureSide.allCases.reduce(segments.filter { $0.side == nil }) { all, side in
      all + segments.filter { $0.side == side }
    }
    classTexts = try Self.classTexts(of: self.segments)
  }

  private static func readers(
    of source: FeatureSource
  ) throws(DatasetError) -> [FeatureLayoutReader] {
    guard case .split(let train, let test) = source.files else {
      precondition(!source.paths.isEmpty, "a set without a file")
      return try source.paths.map { path throws(DatasetError) in
        FeatureLayoutReader(file: try HDF5File(path: path), source: source, role: nil)
      }
    }
    guard source.split == .auto else {
      throw DatasetError(
        .wrongSetting, file: source.description,
        "dataset.split divides one set, and these are a file to train on and one to test on",
        advice: "Leave dataset.split out, or give the files as dataset.paths")
    }
    return [
      FeatureLayoutReader(file: try HDF5File(path: train), source: source, role: .train),
      FeatureLayoutReader(file: try HDF5File(path: test), source: source, role: .test),
    ]
  }

  // MARK: Sides

  private static func checkSides(
    of segments: [FeatureSegment], _ source: FeatureSource, _ reader: FeatureLayoutReader
  ) throws(DatasetError) {
    let isDividedByClasses = source.split.isByClasses
    let sides = Set(segments.compactMap(\.side))
    guard let sided = segments.first(where: { $0.side != nil }) else { return }
    if let mixed = segments.first(where: { $0.side == nil }) {
      throw DatasetError(
        .wrongShape, file: sided.file.path, object: sided.features,
        "these rows are of one split, but those of \(mixed.file.path) are of both",
        advice: "Lay all files of a set out alike")
    }
    let asked = segments.first { $0.side == .query || $0.side == .gallery }
    if let asked, isDividedByClasses || sides.contains(.test) {
      throw DatasetError(
        .wrongSplit, file: asked.file.path, object: asked.features,
        isDividedByClasses
          ? "dataset.split is by classes, but queries and a gallery are test rows already"
          : "these are queries or a gallery, but another file has test rows",
        advice: "Keep one kind of test rows, or leave dataset.split out")
    }
    if isDividedByClasses { return try checkFlagsAreAbsent(in: segments) }
    let needed: [FeatureSide] = asked == nil ? [.train, .test] : [.train, .query, .gallery]
    for side in needed where !sides.contains(side) { throw try reader.missingSide(side) }
  }

  private static func checkFlagsAreAbsent(
    in segments: [FeatureSegment]
  ) throws(DatasetError) {
    for segment in segments {
      guard let flags = segment.query ?? segment.gallery else { continue }
      throw DatasetError(
        .wrongSplit, file: segment.file.path, object: flags.path,
        "dataset.split is by classes, but only test rows of the file have this",
        advice: "Drop it, or leave dataset.split out")
    }
  }

  // MARK: Rows

  /// One for each group of rows; one where the rows of both splits are mixed.
  func pools() -> [FeaturePool] {
    if source.split.isByClasses || segments[0].side == nil {
      return [FeaturePool(segments: segments)]
    }
    return FeatureSide.allCases.compactMap { side in
      let own = segments.filter { $0.side == side }
      return own.isEmpty ? nil : FeaturePool(segments: own)
    }
  }

  /// Training first; then the test rows, or queries and the gallery.
  func parts(of pools: [FeaturePool]) throws(DatasetError) -> [FeatureFile.Part] {
    let numbers = Dictionary(
      uniqueKeysWithValues: (classTexts ?? []).enumerated().map { ($1, Int64($0)) })
    let labels = pools.map { pool in pool.segments.flatMap { $0.labels.numbered(by: numbers) } }
    if pools.count > 1 {
      return zip(pools, labels).enumerated().map { index, pool in
        FeatureFile.Part(
          split: pool.0.segments[0].side == .train ? .train : .test, pool: index,
          rows: pool.1.indices.map { Int64($0) }, labels: pool.1)
      }
    }
    let isTest =
      source.split.isByClasses
      ? try testClasses(labels[0]) : pools[0].segments.flatMap { $0.isTest ?? [] }
    return try FeatureFile.Split.allCases.map { split throws(DatasetError) in
      let rows = isTest.indices.filter { isTest[$0] == (split == .test) }
      if rows.isEmpty {
        throw DatasetError(
          .emptySet, file: source.description, object: segments[0].splitPath,
          "no row is in the \(split.rawValue) split",
          advice: "Mark rows of both splits: 0 (train) and 1 (test)")
      }
      return FeatureFile.Part(
        split: split, pool: 0, rows: rows.map { Int64($0) }, labels: rows.map { labels[0][$0] })
    }
  }

  /// Which rows are of classes behind the first ones, as they are sorted.
  private func testClasses(_ labels: [Int64]) throws(DatasetError) -> [Bool] {
    guard case .classes(let amount) = source.split else { return [] }
    let classes = Set(labels).sorted()
    let count = amount < 1 ? Int((amount * Double(classes.count)).rounded()) : Int(amount)
    guard count > 0, count < classes.count else {
      throw DatasetError(
        .noClassesLeft, file: source.description,
        "dataset.split gives \(count) of \(classes.count) classes to training and "
          + "\(max(0, classes.count - count)) to testing",
        advice: "Give a share or a number that leaves classes on both sides")
    }
    return labels.map { $0 >= classes[count] }
  }

  // MARK: Classes

  private static func classTexts(
    of segments: [FeatureSegment]
  ) throws(DatasetError) -> [String]? {
    guard case .texts = segments[0].labels else {
      for segment in segments.dropFirst() {
        if case .texts = segment.labels { throw labelsDisagree(segment, segments[0]) }
      }
      return nil
    }
    var texts: Set<String> = []
    for segment in segments {
      guard case .texts(let labels) = segment.labels else {
        throw labelsDisagree(segment, segments[0])
      }
      texts.formUnion(labels)
    }
    return texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func labelsDisagree(
    _ segment: FeatureSegment, _ first: FeatureSegment
  ) -> DatasetError {
    let isText = if case .texts = segment.labels { true } else { false }
    let other = first.name(of: first.labelsPath, in: segment)
    return DatasetError(
      .wrongType, file: segment.file.path, object: segment.labelsPath,
      "labels are \(isText ? "text" : "integers"), but \(other) has "
        + (isText ? "integers" : "text"),
      advice: "Write all labels as integers, or all as text")
  }
}

extension FeatureSegment.Labels {
  /// The labels, or the numbers of texts.
  fileprivate func numbered(by numbers: [String: Int64]) -> [Int64] {
    switch self {
    case .integers(let labels): labels
    case .texts(let labels): labels.compactMap { numbers[$0] }
    }
  }
}
