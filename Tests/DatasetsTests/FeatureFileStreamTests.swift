import Datasets
import Foundation
import Kernels
import Testing

/// Feature files read and written a block of rows at a time.
struct FeatureFileStreamTests {
  /// 5,000 rows of 512 values, more than are taken at a time; the splits alternate in `flat`.
  private static let large: FeatureFileWriter.Rows = {
    let labels: [Int64] = (0..<5_000).map { row in
      let number = Int64(row / 10)
      return row % 2 == 0 ? number : 10_000 + number
    }
    let values: [Float] = (0..<5_000 * 512).map { Float(1 + $0 % 1_009) }
    return FeatureFileWriter.Rows(
      labels: labels, levels: [.init(name: "high", dimension: 512, values: values)])
  }()

  private static func blocks(
    of file: FeatureFile, _ split: FeatureFile.Split, levels: [String]
  ) throws -> [[[Float]]] {
    var blocks: [[[Float]]] = []
    try file.rows(of: split).forEachBlock(levels: levels) { block in
      blocks.append(
        block.storages.map { storage in
          var rows = Matrix<Float>(rows: block.rows.count, columns: storage.columns)
          RowOperations.gather(
            block.rows, from: storage.matrix(), normalized: false, into: &rows)
          return rows.values
        })
    }
    return blocks
  }

  private static func loaded(
    _ file: FeatureFile, _ split: FeatureFile.Split, level: String
  ) throws -> [Float] {
    let data = try file.load(level: level)
    let vectors = split == .train ? data.train : data.test
    var rows = Matrix<Float>(rows: vectors.count, columns: vectors.storage.columns)
    RowOperations.gather(
      vectors.rows, from: vectors.storage.matrix(), normalized: false, into: &rows)
    return rows.values
  }

  @Test(arguments: [nil, 256, 5_000])
  func `blocks are the rows of the split, whatever the layout`(chunkRows: Int?) throws {
    let folder = try TemporaryFolder()
    var writer = FeatureFileWriter()
    writer.chunks = chunkRows.map { (rows: $0, gzip: 1) }
    writer.elementType = chunkRows == 256 ? .float64BigEndian : .float32
    let isTest = (0..<5_000).map { $0 % 2 == 1 }
    try writer.writeFlat(Self.large, isTest: isTest, to: folder.file("flat.h5"))
    let flat = try FeatureFile(path: folder.file("flat.h5"))
    for split in FeatureFile.Split.allCases {
      let blocks = try Self.blocks(of: flat, split, levels: ["features"])
      #expect(chunkRows == 5_000 ? blocks.count == 1 : blocks.count > 1)
      let loaded = try Self.loaded(flat, split, level: "features")
      #expect(blocks.flatMap { $0[0] } == loaded)
    }
    try writer.writeGrouped(train: SmallSet.train, test: SmallSet.test, to: folder.file("two.h5"))
    let grouped = try FeatureFile(path: folder.file("two.h5"))
    let blocks = try Self.blocks(of: grouped, .test, levels: ["high", "low"])
    #expect(blocks.count == 1)
    #expect(try blocks[0][0] == Self.loaded(grouped, .test, level: "high"))
    #expect(try blocks[0][1] == Self.loaded(grouped, .test, level: "low"))
  }

  @Test func `queries come before the gallery where they are groups`() throws {
    let folder = try TemporaryFolder()
    try FeatureFileWriter().writeGrouped(
      train: SmallSet.train, query: SmallSet.test, gallery: SmallSet.train,
      to: folder.file("groups.h5"))
    let file = try FeatureFile(path: folder.file("groups.h5"))
    let blocks = try Self.blocks(of: file, .test, levels: ["high"])
    #expect(
      blocks.flatMap { $0[0] } == SmallSet.test.levels[1].values + SmallSet.train.levels[1].values)
  }

  @Test func `a row that cannot be used is named by its place in the file`() throws {
    let folder = try TemporaryFolder()
    var values = Self.large.levels[0].values
    values.replaceSubrange(4_321 * 512..<4_322 * 512, with: repeatElement(0, count: 512))
    let rows = FeatureFileWriter.Rows(
      labels: Self.large.labels, levels: [.init(name: "high", dimension: 512, values: values)])
    try FeatureFileWriter().writeFlat(
      rows, isTest: (0..<5_000).map { $0 % 2 == 1 }, to: folder.file("flat.h5"))
    let file = try FeatureFile(path: folder.file("flat.h5"))
    let error = #expect(throws: DatasetError.self) {
      try Self.blocks(of: file, .test, levels: ["features"])
    }
    #expect(error?.object == "/features" && error?.row == 4_321)
    #expect(error?.code == .zeroRow)
  }

  /// Writes a file with flags, annotations and text beside three rows of each split.
  private static func write(to path: String, labels: [[String]]? = nil) throws -> FeatureFile {
    let writer = try HDF5Writer(path: path)
    for (number, split) in ["train", "test"].enumerated() {
      try writer.group("/\(split)")
      let values = (0..<6).map { Float(1 + $0 + 10 * number) }
      try writer.write(floats: values, shape: [3, 2], to: "/\(split)/features")
      if let labels {
        try writer.write(texts: labels[number], to: "/\(split)/labels")
      } else {
        let first = Int64(number * 100)
        try writer.write(
          integers: [first, first, first + 1], shape: [3], to: "/\(split)/labels")
      }
      let names = ["ä b", "", "third"].map { split + $0 }
      try writer.write(texts: names, to: "/\(split)/image_names")
      try writer.write(integers: [3, -1, 7], shape: [3, 1], to: "/\(split)/camera")
    }
    try writer.write(integers: [1, 0, 0], shape: [3], to: "/test/query", as: .uint8)
    try writer.write(texts: ["a", "b"], to: "/class_names")
    try writer.finish()
    return try FeatureFile(path: path)
  }

  /// Streams sums of the rows of a file, at levels of three and of two columns.
  private static func stream(_ file: FeatureFile, to path: String) throws {
    let stream = try FeatureFileStream(
      path: path, levels: [.init(name: "features", dimension: 3), .init(name: "low", dimension: 2)])
    for split in FeatureFile.Split.allCases {
      let rows = try file.rows(of: split)
      try stream.begin(rows)
      try rows.forEachBlock(levels: ["features"]) { block in
        for row in block.rows {
          let sum = block.storages[0].matrix().values[Int(row) * 2...Int(row) * 2 + 1].reduce(0, +)
          try stream.append(
            Matrix(rows: 1, columns: 3, values: [sum, sum + 1, sum + 2]), toLevel: 0)
          try stream.append(Matrix(rows: 1, columns: 2, values: [sum, -sum]), toLevel: 1)
        }
      }
      #expect(!FileManager.default.fileExists(atPath: path), "it has its name when it is complete")
    }
    try stream.finish(
      classNames: try file.namesOfClasses(), attributes: [("run_id", "0123")])
  }

  @Test func `what is streamed is read back, with all that stands beside the rows`() throws {
    let folder = try TemporaryFolder()
    let input = try Self.write(to: folder.file("input.h5"))
    let path = folder.file("stream.h5")
    try Self.stream(input, to: path)
    let file = try FeatureFile(path: path)
    #expect(file.levels.map(\.name) == ["features", "low"])
    #expect(file.levels.map(\.dimension) == [3, 2])
    #expect(file.labels(of: .test) == [100, 100, 101])
    #expect(file.queryGallery?.isQuery == [true, false, false])
    #expect(file.queryGallery?.isGallery == [false, true, true])
    #expect(try Self.loaded(file, .test, level: "low") == [23, -23, 27, -27, 31, -31])
    #expect(try Self.loaded(file, .train, level: "features") == [3, 4, 5, 7, 8, 9, 11, 12, 13])
    for (split, name) in [(FeatureFile.Split.train, "train"), (.test, "test")] {
      #expect(
        try file.annotations(of: split) == [
          RowAnnotation(name: "camera", values: .integers([3, -1, 7])),
          RowAnnotation(
            name: "image_names", values: .texts(["ä b", "", "third"].map { name + $0 })),
        ])
    }
    #expect(try file.namesOfClasses() == ["a", "b"])
    #expect(try HDF5File(path: path).text("run_id", of: "/") == "0123")
  }

  @Test func `classes that are texts stay texts`() throws {
    let folder = try TemporaryFolder()
    let labels = [["oak", "oak", "elm"], ["ash", "ash", "fir"]]
    try Self.stream(
      Self.write(to: folder.file("input.h5"), labels: labels), to: folder.file("stream.h5"))
    let file = try FeatureFile(path: folder.file("stream.h5"))
    #expect(file.classTexts == ["ash", "elm", "fir", "oak"])
    #expect(try file.rows(of: .train).labels == .texts(labels[0]))
    #expect(file.labels(of: .test) == [0, 0, 2])
    #expect(try file.namesOfClasses() == [])
  }

  @Test func `a stream that is given up leaves nothing`() throws {
    let folder = try TemporaryFolder()
    let input = try Self.write(to: folder.file("input.h5"))
    do {
      let stream = try FeatureFileStream(
        path: folder.file("x.h5"), levels: [.init(name: "features", dimension: 2)])
      try stream.begin(try input.rows(of: .train))
      try stream.append(Matrix(rows: 1, columns: 2, values: [1, 2]), toLevel: 0)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["input.h5"])
  }

  @Test func `annotations of a flat file go with their rows, of two groups what both have`() throws
  {
    let folder = try TemporaryFolder()
    let writer = try HDF5Writer(path: folder.file("flat.h5"))
    try writer.write(floats: (1...8).map { Float($0) }, shape: [4, 2], to: "/features")
    try writer.write(integers: [7, 900, -2, 12], shape: [4], to: "/labels")
    try writer.write(integers: [0, 1, 0, 1], shape: [4], to: "/split", as: .uint8)
    try writer.write(texts: ["a", "b", "c", "d"], to: "/image_names")
    try writer.write(texts: ["x", "y"], to: "/class_names")
    try writer.write(floats: [1, 2, 3, 4], shape: [4], to: "/weights")
    try writer.write(integers: [1, 2], shape: [2], to: "/other")
    try writer.finish()
    let flat = try FeatureFile(path: folder.file("flat.h5"))
    #expect(
      try flat.annotations(of: .test) == [
        RowAnnotation(name: "image_names", values: .texts(["b", "d"]))
      ])
    #expect(try flat.namesOfClasses() == ["x", "y"])

    let groups = try HDF5Writer(path: folder.file("groups.h5"))
    for (group, label) in [("/train", 1), ("/query", 2), ("/gallery", 2)] {
      try groups.group(group)
      try groups.write(floats: [1, 2, 3, 4], shape: [2, 2], to: "\(group)/features")
      try groups.write(integers: [Int64(label), 2], shape: [2], to: "\(group)/labels")
      try groups.write(texts: ["\(group)0", "\(group)1"], to: "\(group)/names")
      if group != "/gallery" {
        try groups.write(integers: [5, 6], shape: [2], to: "\(group)/camera")
      } else {
        try groups.write(texts: ["5", "6"], to: "\(group)/camera")
      }
    }
    try groups.finish()
    let file = try FeatureFile(path: folder.file("groups.h5"))
    #expect(
      try file.annotations(of: .test) == [
        RowAnnotation(
          name: "names", values: .texts(["/query0", "/query1", "/gallery0", "/gallery1"]))
      ])
    #expect(try file.annotations(of: .train).map(\.name) == ["camera", "names"])
    #expect(try file.namesOfClasses() == [])
  }

  @Test func `annotations have the side in their name where the features have`() throws {
    let folder = try TemporaryFolder()
    let writer = try HDF5Writer(path: folder.file("affix.h5"))
    for (side, labels) in [("train", [Int64(1), 2]), ("test", [3, 4])] {
      try writer.write(floats: [1, 2, 3, 4], shape: [2, 2], to: "/\(side)_features")
      try writer.write(integers: labels, shape: [2], to: "/\(side)_labels")
      try writer.write(texts: [side, "x"], to: "/\(side)_names")
      try writer.write(integers: labels, shape: [2], to: "/camera_\(side)")
    }
    try writer.write(integers: [5, 6], shape: [2], to: "/other")
    try writer.finish()
    let file = try FeatureFile(path: folder.file("affix.h5"))
    #expect(
      try file.annotations(of: .test) == [
        RowAnnotation(name: "camera", values: .integers([3, 4])),
        RowAnnotation(name: "names", values: .texts(["test", "x"])),
      ])
  }

  @Test func `rows of several files come one behind the other`() throws {
    let folder = try TemporaryFolder()
    for (name, first) in [("a.h5", Float(1)), ("b.h5", 101)] {
      let writer = try HDF5Writer(path: folder.file(name))
      try writer.write(floats: (0..<8).map { first + Float($0) }, shape: [4, 2], to: "/features")
      try writer.write(integers: [1, 2, 3, 4], shape: [4], to: "/labels")
      try writer.write(texts: (0..<4).map { "\(name) \($0)" }, to: "/names")
      try writer.finish()
    }
    var source = FeatureSource(.shards(["a.h5", "b.h5"].map(folder.file)))
    source.split = .classes(0.5)
    let file = try FeatureFile(source)
    let rows = try file.rows(of: .test)
    #expect(rows.count == 4 && rows.group == "test")
    #expect(
      rows.annotations == [
        RowAnnotation(name: "names", values: .texts(["a.h5 2", "a.h5 3", "b.h5 2", "b.h5 3"]))
      ])
    let blocks = try Self.blocks(of: file, .test, levels: ["features"])
    #expect(blocks.flatMap { $0[0] } == [5, 6, 7, 8, 105, 106, 107, 108])
  }

  @Test func `labels taken from names leave the names beside them`() throws {
    let folder = try TemporaryFolder()
    _ = try Self.write(to: folder.file("input.h5"))
    var source = FeatureSource(.one(folder.file("input.h5")))
    source.labelPattern = .init(object: "image_names", pattern: "^(t.*st|train)")
    let file = try FeatureFile(source)
    let rows = try file.rows(of: .train)
    #expect(rows.labels == .texts(["train", "train", "train"]))
    #expect(rows.annotations.map(\.name) == ["camera", "image_names"])
  }
}
