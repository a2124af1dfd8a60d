import Datasets
import Kernels
import Testing

struct FeatureFileTests {
  @Test func `a grouped file has its levels in the order they were written`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("grouped.h5")
    try FeatureFileWriter().writeGrouped(train: SmallSet.train, test: SmallSet.test, to: path)
    let file = try FeatureFile(path: path)
    #expect(file.layout == .grouped)
    #expect(file.levels.map(\.name) == ["low", "high"])
    #expect(file.levels.map(\.dimension) == [3, 2])
    #expect(file.levels.allSatisfy { $0.isMapped && $0.elementType == .float(bits: 32) })

    let data = try file.load(level: "high")
    #expect(data.train.storage.matrix().values == SmallSet.train.levels[1].values)
    #expect(data.test.storage.matrix().values == SmallSet.test.levels[1].values)
    #expect(data.train.labels == SmallSet.train.labels)
    #expect(data.test.labels == SmallSet.test.labels)
    #expect(data.train.rows == [0, 1, 2, 3])
    #expect(data.train.classes == [-2, 7])
    #expect(data.train.classNumbers == [1, 0, 1, 0])
    #expect(data.train.storage.isMapped)
    #expect(try folder.contents == ["grouped.h5"])
  }

  @Test func `both splits of a flat file share one storage`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("flat.h5")
    try FeatureFileWriter().writeFlat(
      SmallSet.mixed, isTest: SmallSet.mixedIsTest, to: path)
    let file = try FeatureFile(path: path)
    #expect(file.layout == .flat)
    #expect(file.levels.map(\.name) == ["features"])
    let data = try file.load()
    #expect(data.train.storage === data.test.storage)
    #expect(data.train.rows == [0, 2] && data.test.rows == [1, 3])
    #expect(data.train.labels == [7, -2] && data.test.labels == [900, 12])
    #expect(data.train.storage.matrix().values == SmallSet.mixed.levels[0].values)
    let kept = data.train.restricted(to: [-2])
    #expect(kept.rows == [2] && kept.labels == [-2])
  }

  @Test func `a matrix keeps the mapping alive after the file object has gone`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("grouped.h5")
    try FeatureFileWriter().writeGrouped(train: SmallSet.train, test: SmallSet.test, to: path)
    let matrix = try FeatureFile(path: path).load(level: "low").train.storage.matrix()
    let (isReadOnly, values) = (matrix.isReadOnly, matrix.values)
    #expect(isReadOnly)
    #expect(values == SmallSet.train.levels[0].values)
  }

  @Test(arguments: HDF5Writer.FloatType.allCases, [nil, 0, 9])
  func `every float type and storage gives the same float32 values`(
    type: HDF5Writer.FloatType, gzip: Int?
  ) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("stored.h5")
    var writer = FeatureFileWriter()
    writer.elementType = type
    writer.chunks = gzip.map { (rows: 3, gzip: $0) }
    try writer.writeGrouped(train: SmallSet.train, test: SmallSet.test, to: path)
    let file = try FeatureFile(path: path)
    let data = try file.load(level: "low")
    #expect(data.train.storage.matrix().values == SmallSet.train.levels[0].values)
    #expect(data.test.storage.matrix().values == SmallSet.test.levels[0].values)
    let isMapped = type == .float32 && gzip == nil
    #expect(data.level.isMapped == isMapped && data.train.storage.isMapped == isMapped)
  }

  @Test(arguments: [HDF5Writer.FloatType.float64, .float64BigEndian])
  func `float64 is rounded to the nearest float32, ties to even`(
    type: HDF5Writer.FloatType
  ) throws {
    let ulp = 0x1p-23
    let values = [1 + ulp / 2, 1 + ulp * 1.5, 1 + ulp * 0.51, 0.1, -0.1, 1e-42, 3e38, 1.0 / 3]
    let folder = try TemporaryFolder()
    let path = folder.file("rounded.h5")
    let writer = try HDF5Writer(path: path)
    try writer.write(doubles: values, shape: [4, 2], to: "/features", as: type)
    try writer.write(integers: [Int64](1...4), shape: [4], to: "/labels")
    try writer.write(integers: [0, 0, 1, 1], shape: [4], to: "/split")
    try writer.finish()
    let data = try FeatureFile(path: path).load()
    #expect(data.train.storage.matrix().values == values.map { Float($0) })
  }

  @Test func `float16 and 8-bit integers are read exactly`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("narrow.h5")
    for (name, values) in [
      ("half", [0.5, -65504, 0x1p-24, 1 + 0x1p-10]), ("byte", [0, 1, 200, 255]),
    ] {
      let writer = try HDF5Writer(path: path)
      if name == "half" {
        try writer.write(doubles: values, shape: [2, 2], to: "/features", as: .float16)
      } else {
        try writer.write(
          integers: values.map { Int64($0) }, shape: [2, 2], to: "/features", as: .uint8)
      }
      try writer.write(integers: [1, 2], shape: [2], to: "/labels")
      try writer.write(integers: [0, 1], shape: [2], to: "/split")
      try writer.finish()
      let data = try FeatureFile(path: path).load()
      #expect(data.train.storage.matrix().values == values.map { Float($0) }, "\(name)")
      #expect(data.level.elementType.description == (name == "half" ? "float16" : "uint8"))
    }
  }

  @Test func `classes are known without reading features`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("flat.h5")
    try FeatureFileWriter().writeFlat(SmallSet.mixed, isTest: SmallSet.mixedIsTest, to: path)
    let file = try FeatureFile(path: path)
    #expect(file.labels(of: .train) == [7, -2] && file.labels(of: .test) == [900, 12])
    #expect(file.classes(of: .train) == [-2, 7] && file.classes(of: .test) == [12, 900])
  }

  @Test(arguments: HDF5Writer.IntegerType.allCases, [[4], [4, 1]])
  func `labels may be of any integer type and a column`(
    type: HDF5Writer.IntegerType, shape: [Int]
  ) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("labels.h5")
    let writer = try HDF5Writer(path: path)
    try writer.write(floats: [Float](repeating: 1, count: 8), shape: [4, 2], to: "/features")
    try writer.write(integers: [3, 250, 9, 9], shape: shape, to: "/labels", as: type)
    try writer.write(integers: [0, 0, 1, 1], shape: shape, to: "/split", as: type)
    try writer.finish()
    let data = try FeatureFile(path: path).load()
    #expect(data.train.labels == [3, 250] && data.test.labels == [9, 9])
  }

  @Test func `a split may be words`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("words.h5")
    let writer = try HDF5Writer(path: path)
    try writer.write(floats: [Float](repeating: 1, count: 8), shape: [4, 2], to: "/features")
    try writer.write(integers: [1, 2, 3, 4], shape: [4], to: "/labels")
    try writer.write(texts: ["test", "train", "train", "test"], to: "/split")
    try writer.finish()
    let data = try FeatureFile(path: path).load()
    #expect(data.train.rows == [1, 2] && data.test.rows == [0, 3])
  }
}
