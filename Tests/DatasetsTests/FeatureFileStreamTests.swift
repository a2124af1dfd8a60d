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
    try file.forEachBlock(of: split, levels: try levels.map { try file.level(named: $0) }) {
      block in
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

  @Test func `what is streamed is read back, with all that stands beside the rows`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("stream.h5")
    let levels = [("features", 3), ("low", 2)].map {
      FeatureFileStream.Level(name: $0.0, dimension: $0.1)
    }
    let names = ["ä b", "", "third"]
    let stream = try FeatureFileStream(path: path, levels: levels)
    for (split, first) in [("train", 1), ("test", 100)] {
      try stream.begin(
        split, rows: 3, labels: [Int64(first), Int64(first), Int64(first + 1)],
        queryGallery: split == "test"
          ? QueryGallery(isQuery: [true, false, false], isGallery: [false, true, true]) : nil,
        annotations: [
          RowAnnotation(name: "image_names", values: .texts(names.map { split + $0 })),
          RowAnnotation(name: "camera", values: .integers([3, -1, 7])),
        ])
      for (level, columns) in [3, 2].enumerated() {
        for rows in [2, 1] {
          let values = (0..<rows * columns).map { Float(first + level + $0 + rows) }
          try stream.append(
            Matrix(rows: rows, columns: columns, values: values), toLevel: level)
        }
      }
      #expect(!FileManager.default.fileExists(atPath: path), "it has its name when it is complete")
    }
    try stream.finish(classNames: ["a", "b"], attributes: [("run_id", "0123")])
    let file = try FeatureFile(path: path)
    #expect(file.levels.map(\.name) == ["features", "low"])
    #expect(file.levels.map(\.dimension) == [3, 2])
    #expect(file.labels(of: .test) == [100, 100, 101])
    #expect(file.queryGallery?.isQuery == [true, false, false])
    #expect(try Self.loaded(file, .test, level: "low") == [103, 104, 105, 106, 102, 103])
    #expect(
      try file.annotations(of: .train) == [
        RowAnnotation(name: "camera", values: .integers([3, -1, 7])),
        RowAnnotation(name: "image_names", values: .texts(names.map { "train" + $0 })),
      ])
    #expect(try file.classNames() == ["a", "b"])
    #expect(try HDF5File(path: path).text("run_id", of: "/") == "0123")
  }

  @Test func `a stream that is given up leaves nothing`() throws {
    let folder = try TemporaryFolder()
    do {
      let stream = try FeatureFileStream(
        path: folder.file("x.h5"), levels: [.init(name: "features", dimension: 2)])
      try stream.begin(
        "train", rows: 1, labels: [1], queryGallery: nil, annotations: [])
      try stream.append(Matrix(rows: 1, columns: 2, values: [1, 2]), toLevel: 0)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
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
    #expect(try flat.classNames() == ["x", "y"])

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
    #expect(try file.classNames() == [])
  }
}
