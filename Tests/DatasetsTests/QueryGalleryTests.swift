import Datasets
import Foundation
import Kernels
import Testing

/// The flags of test rows and the groups in their place: what is read, described and digested.
struct QueryGalleryTests {
  private static let queryGallery = QueryGallery(
    isQuery: [true, false, true, false], isGallery: [false, true, true, true])

  private static func flagged(_ queryGallery: QueryGallery?) -> FeatureFileWriter.Rows {
    .init(labels: SmallSet.test.labels, levels: SmallSet.test.levels, queryGallery: queryGallery)
  }

  /// Some rows of the test split as a group of their own.
  private static func group(_ rows: [Int]) -> FeatureFileWriter.Rows {
    .init(
      labels: rows.map { SmallSet.test.labels[$0] },
      levels: SmallSet.test.levels.map { level in
        let values = rows.flatMap { row in
          level.values[(row * level.dimension)..<((row + 1) * level.dimension)]
        }
        return .init(name: level.name, dimension: level.dimension, values: values)
      })
  }

  private func reading<Result>(
    _ write: (String) throws -> Void, _ body: (FeatureFile) throws -> Result
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    try write(path)
    return try body(FeatureFile(path: path))
  }

  /// The grouped small set, or a flat file, with datasets beside its test rows.
  private func adding(
    isFlat: Bool = false, _ add: @escaping (HDF5Writer, String) throws -> Void
  ) -> (String) throws -> Void {
    { path in
      let writer = try HDF5Writer(path: path)
      if isFlat {
        try writer.write(floats: (1...12).map { Float($0) }, shape: [6, 2], to: "/features")
        try writer.write(integers: [7, 900, -2, 900, 12, 12], shape: [6], to: "/labels")
        try writer.write(integers: [0, 1, 0, 1, 1, 1], shape: [6], to: "/split")
      } else {
        for (group, labels) in [("/train", [7, -2, 7, -2]), ("/test", [900, 900, 12, 12])] {
          try writer.group(group)
          try writer.write(
            floats: (1...8).map { Float($0) }, shape: [4, 2], to: "\(group)/features")
          try writer.write(integers: labels.map { Int64($0) }, shape: [4], to: "\(group)/labels")
        }
      }
      try add(writer, isFlat ? "" : "/test")
      try writer.finish()
    }
  }

  // MARK: Reading

  @Test func `flags in a grouped file belong to the test rows of every level`() throws {
    try reading {
      try FeatureFileWriter().writeGrouped(
        train: SmallSet.train, test: Self.flagged(Self.queryGallery), to: $0)
    } _: { file in
      #expect(file.queryGallery == Self.queryGallery)
      for level in file.levels {
        let data = try file.load(level: level.name)
        #expect(data.test.queryGallery == Self.queryGallery)
        #expect(data.train.queryGallery == nil)
        #expect(data.level.isMapped && data.test.storage.isMapped)
        let kept = data.test.restricted(to: [12])
        #expect(
          kept.queryGallery == QueryGallery(isQuery: [true, false], isGallery: [true, true]))
      }
    }
  }

  @Test func `flags in a flat file are read where the split is test`() throws {
    // Training rows have flags of no meaning, among them one that is none.
    let write = adding(isFlat: true) { writer, _ in
      try writer.write(integers: [5, 1, 0, 0, 0, 1], shape: [6, 1], to: "/query", as: .uint8)
      try writer.write(integers: [0, 0, 0, 1, 1, 1], shape: [6], to: "/gallery")
    }
    try reading(write) { file in
      let test = try file.load().test
      #expect(test.rows == [1, 3, 4, 5])
      #expect(
        test.queryGallery
          == QueryGallery(
            isQuery: [true, false, false, true], isGallery: [false, true, true, true]))
    }
  }

  @Test(arguments: [true, false])
  func `one flag alone leaves the other rows for the other side`(isQuery: Bool) throws {
    let flags = [true, false, false, true]
    let write = adding { writer, folder in
      try writer.write(
        integers: flags.map { $0 ? 1 : 0 }, shape: [4],
        to: folder + (isQuery ? "/query" : "/gallery"))
    }
    try reading(write) { file in
      let opposite = flags.map { !$0 }
      #expect(
        file.queryGallery
          == QueryGallery(
            isQuery: isQuery ? flags : opposite, isGallery: isQuery ? opposite : flags))
    }
  }

  @Test func `booleans of h5py are flags`() throws {
    try reading { path in
      try adding { _, _ in }(path)
      let file = try OddFile(path: path)
      try file.addEnumeration("/test/query", [1, 0, 0, 1], shape: [4], names: ("FALSE", "TRUE"))
    } _: { file in
      #expect(file.queryGallery?.queries == [0, 3] && file.queryGallery?.gallery == [1, 2])
    }
  }

  @Test(arguments: [nil, 9])
  func `groups of queries and of a gallery are the test rows, queries first`(gzip: Int?) throws {
    try reading { path in
      var writer = FeatureFileWriter()
      writer.chunks = gzip.map { (rows: 2, gzip: $0) }
      try writer.writeGrouped(
        train: SmallSet.train, query: Self.group([0]), gallery: Self.group([1, 2, 3]), to: path)
    } _: { file in
      #expect(file.layout == .grouped && file.levels.map(\.name) == ["low", "high"])
      #expect(file.labels(of: .test) == SmallSet.test.labels)
      let data = try file.load(level: "low")
      #expect(data.test.rows == [0, 1, 2, 3] && data.test.labels == SmallSet.test.labels)
      #expect(data.test.storage.matrix().values == SmallSet.test.levels[0].values)
      #expect(data.train.storage.matrix().values == SmallSet.train.levels[0].values)
      #expect(data.train.storage.isMapped == (gzip == nil))
      #expect(data.test.queryGallery?.queries == [0])
      #expect(data.test.queryGallery?.gallery == [1, 2, 3])
    }
  }

  @Test func `a file without them has neither queries nor a gallery`() throws {
    try reading(adding { _, _ in }) { file in
      #expect(file.queryGallery == nil)
      let test = try file.load().test
      #expect(test.queryGallery == nil)
    }
  }

  // MARK: Describing

  @Test func `a description has the protocol and the queries that have nothing to find`() throws {
    func description(
      _ queryGallery: QueryGallery?, labels: [Int64] = [900, 900, 12, 12]
    ) throws -> FeatureFileDescription {
      try reading {
        try FeatureFileWriter().writeGrouped(
          train: SmallSet.train,
          test: .init(
            labels: labels, levels: SmallSet.test.levels, queryGallery: queryGallery), to: $0)
      } _: {
        try FeatureFileDescription(of: $0)
      }
    }
    let sound = try description(Self.queryGallery)
    #expect(sound.retrievalProtocol.rawValue == "query/gallery")
    #expect(sound.queryRows == 2 && sound.galleryRows == 3)
    #expect(sound.problems.isEmpty)
    let plain = try description(nil)
    #expect(plain.retrievalProtocol.rawValue == "leave-one-out")
    #expect(plain.queryRows == nil && plain.galleryRows == nil)
    // Class 5 is not in the gallery; the one row of class 6 in it is the query itself.
    let lacking = try description(Self.queryGallery, labels: [5, 900, 6, 12])
    #expect(
      lacking.problems == [
        "test: 2 queries of 2 classes that the gallery has no other row of, which Recall@K "
          + "counts as misses: 5, 6"
      ])
    #expect(try description(nil, labels: [5, 900, 900, 900]).problems.count == 1)
  }

  @Test func `a description of groups counts both as the test split`() throws {
    try reading {
      try FeatureFileWriter().writeGrouped(
        train: SmallSet.train, query: Self.group([0]), gallery: Self.group([1, 2, 3]), to: $0)
    } _: { file in
      let description = try FeatureFileDescription(of: file)
      #expect(description.splits.map(\.split) == ["train", "test"])
      #expect(description.splits.map(\.rows) == [4, 4])
      #expect(description.splits.map(\.largestClass) == [2, 2])
      #expect(description.queryRows == 1 && description.galleryRows == 3)
      #expect(description.levels.map(\.mapped) == [false, false])
      #expect(description.problems.isEmpty)
    }
  }

  // MARK: Digest

  @Test func `flags change the digest, each of them, and groups have one of their own`() throws {
    func digest(_ write: (String) throws -> Void) throws -> DataDigest {
      try reading(write) { try DataDigest(of: $0.level(named: "high"), in: $0) }
    }
    func flagged(_ isQuery: [Bool], _ isGallery: [Bool]) throws -> DataDigest {
      let queryGallery = QueryGallery(isQuery: isQuery, isGallery: isGallery)
      return try digest {
        try FeatureFileWriter().writeGrouped(
          train: SmallSet.train, test: Self.flagged(queryGallery), to: $0)
      }
    }
    func grouped(_ queries: Int) throws -> DataDigest {
      try digest {
        try FeatureFileWriter().writeGrouped(
          train: SmallSet.train, query: Self.group(Array(0..<queries)),
          gallery: Self.group(Array(queries..<4)), to: $0)
      }
    }
    let all = [
      try digest {
        try FeatureFileWriter().writeGrouped(train: SmallSet.train, test: SmallSet.test, to: $0)
      },
      try flagged([true, true, false, false], [false, false, true, true]),
      try flagged([true, true, false, false], [false, true, true, true]),
      try flagged([true, true, true, false], [false, false, true, true]),
      try flagged([true, true, true, true], [true, true, true, true]),
      try grouped(1), try grouped(2),
    ]
    #expect(Set(all).count == all.count)
    #expect(
      try flagged([true, true, false, false], [false, false, true, true]) == all[1])
  }

  // MARK: Errors

  private func message(
    _ code: DatasetError.Code, write: (String) throws -> Void
  ) throws -> String {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    try write(path)
    let error = try #require(throws: DatasetError.self) { try FeatureFile(path: path).load() }
    #expect(error.code == code)
    return error.description.replacingOccurrences(of: path, with: "FILE")
  }

  /// `flags` beside the test rows.
  private func message(
    _ code: DatasetError.Code, isFlat: Bool = false, _ flags: [(name: String, values: [Int64])]
  ) throws -> String {
    try message(
      code,
      write: adding(isFlat: isFlat) { writer, folder in
        for (name, values) in flags {
          try writer.write(integers: values, shape: [values.count], to: "\(folder)/\(name)")
        }
      })
  }

  @Test func `a row that is neither, by its place in the file`() throws {
    #expect(
      try message(.wrongSplit, [("query", [1, 0, 0, 0]), ("gallery", [0, 1, 0, 1])])
        == "FILE: /test/query, row 2: the row is neither a query nor in the gallery. "
        + "Give each test row a 1 in query or in gallery, or drop the row.")
    #expect(
      try message(
        .wrongSplit, isFlat: true,
        [("query", [0, 1, 0, 0, 0, 0]), ("gallery", [0, 0, 0, 1, 0, 1])])
        == "FILE: /query, row 4: the row is neither a query nor in the gallery. "
        + "Give each test row a 1 in query or in gallery, or drop the row.")
  }

  @Test func `no query, or no gallery`() throws {
    let advice = "Mark queries with 1 in query, and what they are looked for in with 1 in gallery."
    #expect(
      try message(.emptySet, [("query", [0, 0, 0, 0]), ("gallery", [1, 1, 1, 1])])
        == "FILE: /test/query: no test row is a query. \(advice)")
    #expect(
      try message(.emptySet, [("query", [1, 1, 1, 1]), ("gallery", [0, 0, 0, 0])])
        == "FILE: /test/gallery: no test row is in the gallery. \(advice)")
    #expect(
      try message(.emptySet, [("query", [1, 1, 1, 1])])
        == "FILE: /test/query: no test row is in the gallery. \(advice)")
    #expect(
      try message(.emptySet, isFlat: true, [("gallery", [0, 1, 0, 1, 1, 1])])
        == "FILE: /gallery: no test row is a query. \(advice)")
  }

  @Test func `flags that are not 0 or 1, too few, or not numbers`() throws {
    #expect(
      try message(.wrongSplit, isFlat: true, [("gallery", [0, 1, 0, -1, 1, 1])])
        == "FILE: /gallery, row 3: -1 is not a flag. Write 0 or 1 for each row.")
    #expect(
      try message(.wrongShape, [("query", [1, 0, 1])])
        == "FILE: /test/query: 3 rows, but /test/labels has 4. Write one flag for each row.")
    #expect(
      try message(.wrongShape, isFlat: true, [("query", [1, 0, 1, 0])])
        == "FILE: /query: 4 rows, but /labels has 6. Write one flag for each row.")
    #expect(
      try message(
        .wrongShape,
        write: adding { writer, folder in
          try writer.write(integers: [1, 0, 1, 0, 1, 0, 1, 0], shape: [4, 2], to: "/test/query")
        })
        == "FILE: /test/query: its shape is [4, 2], flags must be [rows] or [rows, 1]. "
        + "Write one value for each row.")
    #expect(
      try message(
        .wrongType,
        write: adding { writer, folder in
          try writer.write(floats: [1, 0, 1, 0], shape: [4], to: "/test/query")
        })
        == "FILE: /test/query: the flags are float32, they must be booleans or integers. "
        + "Write 0 or 1 for each row.")
    #expect(
      try message(.wrongType, write: adding { writer, _ in try writer.group("/test/gallery") })
        == "FILE: /test/gallery: this is a group, not a dataset. "
        + "Lay the file out as the README shows.")
  }

  @Test func `groups beside test, and one group without the other`() throws {
    #expect(
      try message(.wrongSplit, write: adding { writer, _ in try writer.group("/gallery") })
        == "FILE: /gallery: the file has both this and /test, so the test rows are in doubt. "
        + "Keep /test, with flags /test/query and /test/gallery, or groups /query and /gallery "
        + "in place of it.")
    func incomplete(_ names: [String]) -> (String) throws -> Void {
      { path in
        let writer = try HDF5Writer(path: path)
        for name in names {
          try writer.group(name)
          try writer.write(floats: [1, 2], shape: [1, 2], to: "\(name)/features")
          try writer.write(integers: [1], shape: [1], to: "\(name)/labels")
        }
        try writer.finish()
      }
    }
    #expect(
      try message(.missingObject, write: incomplete(["/train", "/query"]))
        == "FILE: /gallery: it is missing; there is query, train. Write it, as the README shows.")
    #expect(
      try message(.missingObject, write: incomplete(["/query", "/gallery"]))
        == "FILE: /train: it is missing; there is gallery, query. Write it, as the README shows.")
  }

  @Test func `faults inside a group are found in their own dataset`() throws {
    func write(
      gallery labels: [Int64] = [900, 12], values: [Float] = [1, 2, 3, 4]
    ) -> (String) throws -> Void {
      { path in
        func rows(_ labels: [Int64], _ values: [Float]) -> FeatureFileWriter.Rows {
          .init(
            labels: labels,
            levels: [.init(name: "high", dimension: values.count / labels.count, values: values)])
        }
        try FeatureFileWriter().writeGrouped(
          train: rows([1, 2], [1, 2, 3, 4]), query: rows([900, 12, 12], [1, 2, 3, 4, 5, 6]),
          gallery: rows(labels, values), to: path)
      }
    }
    #expect(
      try message(.zeroRow, write: write(values: [1, 2, 0, 0]))
        == "FILE: /gallery/features/high, row 1: all values are 0, so the row has no direction. "
        + "Repair or drop the row.")
    #expect(
      try message(.sharedClass, write: write(gallery: [900, 2]))
        == "FILE: /gallery/labels, row 1: class 2 is in the test split and in the training split "
        + "(/train/labels, row 1). Keep each class whole in one split.")
    #expect(
      try message(.wrongShape, write: write(values: [1, 2, 3, 4, 5, 6]))
        == "FILE: /gallery/features/high: 3 columns, but /train/features/high has 2. "
        + "Write both splits with the same features.")
  }
}
