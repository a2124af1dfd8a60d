import Datasets
import Kernels
import Testing

/// Sets without a split, divided by their classes.
struct ClassDivisionTests {
  private static let labels: [Int64] = [30, 10, 20, 40, 10, 30]
  private static let values = (1...12).map { Float($0) }

  private static func write(
    _ set: SetFixture, _ name: String = "set.h5", add: (HDF5Writer) throws -> Void = { _ in }
  ) throws {
    try set.write(name) {
      try $0.write(floats: values, shape: [6, 2], to: "/features")
      try $0.write(integers: labels, shape: [6], to: "/labels")
      try add($0)
    }
  }

  private static func divided(_ amount: Double) -> (inout FeatureSource) -> Void {
    { $0.split = .classes(amount) }
  }

  @Test(
    arguments: [(0.5, [10, 20]), (0.25, [10]), (2, [10, 20]), (3, [10, 20, 30])]
      as [(Double, [Int64])])
  func `the first of the sorted classes train`(amount: Double, train: [Int64]) throws {
    let set = try SetFixture()
    try Self.write(set)
    let file = try set.open(.one("set.h5"), changing: Self.divided(amount))
    #expect(file.classes(of: .train) == train)
    #expect(file.classes(of: .test) == [10, 20, 30, 40].filter { !train.contains($0) })
    let data = try file.load()
    #expect(data.train.rows == [0, 1, 2, 3, 4, 5].filter { train.contains(Self.labels[Int($0)]) })
    #expect(data.train.storage === data.test.storage && data.level.isMapped)
  }

  @Test func `the digest is that of the same split in a column`() throws {
    let set = try SetFixture()
    try Self.write(set)
    try Self.write(set, "column.h5") {
      try $0.write(integers: [1, 0, 0, 1, 0, 1], shape: [6], to: "/split")
    }
    let divided = try set.digest(.one("set.h5"), changing: Self.divided(0.5))
    #expect(try divided == set.digest(.one("column.h5")))
    // The rule goes over a column that the file has.
    #expect(try set.digest(.one("column.h5"), changing: Self.divided(3)) != divided)
    #expect(try set.digest(.one("column.h5"), changing: Self.divided(2)) == divided)
  }

  @Test func `classes of text are divided in the order of their bytes`() throws {
    let set = try SetFixture()
    try set.write("set.h5") {
      try $0.write(floats: Array(Self.values[..<8]), shape: [4, 2], to: "/features")
      try $0.write(texts: ["b", "a", "Z", "é"], to: "/labels")
    }
    let data = try set.open(.one("set.h5"), changing: Self.divided(0.5)).load()
    #expect(data.train.rows == [1, 2] && data.test.rows == [0, 3])
  }

  @Test func `groups of an official split are joined and divided anew`() throws {
    let set = try SetFixture()
    try Self.write(set)
    try set.write("groups.h5") {
      for (side, range) in [("train", 0..<4), ("test", 4..<6)] {
        try $0.group("/\(side)")
        try $0.write(
          floats: Array(Self.values[range.lowerBound * 2..<range.upperBound * 2]),
          shape: [range.count, 2], to: "/\(side)/features")
        try $0.write(
          integers: Array(Self.labels[range]), shape: [range.count], to: "/\(side)/labels")
      }
    }
    let change = Self.divided(0.5)
    let data = try set.open(.one("groups.h5"), changing: change).load()
    #expect(data.train.rows == [1, 2, 4] && data.test.rows == [0, 3, 5])
    #expect(data.train.storage.matrix().values == Self.values)
    #expect(
      try set.digest(.one("groups.h5"), changing: change)
        == set.digest(.one("set.h5"), changing: change))
  }

  @Test func `flags of a flat file are those of its test classes`() throws {
    let set = try SetFixture()
    try Self.write(set) {
      try $0.write(integers: [1, 9, 9, 0, 9, 0], shape: [6], to: "/query")
    }
    let file = try set.open(.one("set.h5"), changing: Self.divided(0.5))
    #expect(file.queryGallery?.isQuery == [true, false, false])
  }

  // MARK: Messages

  @Test(arguments: [(0.01, 0, 4), (0.99, 4, 0), (4, 4, 0), (300, 300, 0)])
  func `a division that leaves no classes on a side`(
    amount: Double, train: Int, test: Int
  ) throws {
    let set = try SetFixture()
    try Self.write(set)
    #expect(
      set.message(.one("set.h5"), changing: Self.divided(amount))
        == "DIR/set.h5: dataset.split gives \(train) of 4 classes to training and \(test) to "
        + "testing. Give a share or a number that leaves classes on both sides.")
  }

  @Test func `queries, a gallery or flags in groups cannot be divided`() throws {
    let set = try SetFixture()
    func group(_ side: String, _ writer: HDF5Writer) throws {
      try writer.group("/\(side)")
      try writer.write(floats: [1, 2], shape: [1, 2], to: "/\(side)/features")
      try writer.write(integers: [side == "train" ? 1 : 2], shape: [1], to: "/\(side)/labels")
    }
    try set.write("groups.h5") {
      for side in ["train", "query", "gallery"] { try group(side, $0) }
    }
    #expect(
      set.message(.one("groups.h5"), changing: Self.divided(0.5))
        == "DIR/groups.h5: /query/features: dataset.split is by classes, but queries and a "
        + "gallery are test rows already. Keep one kind of test rows, or leave dataset.split out.")
    try set.write("flags.h5") {
      for side in ["train", "test"] { try group(side, $0) }
      try $0.write(integers: [1], shape: [1], to: "/test/gallery")
    }
    #expect(
      set.message(.one("flags.h5"), changing: Self.divided(0.5))
        == "DIR/flags.h5: /test/gallery: dataset.split is by classes, but only test rows of the "
        + "file have this. Drop it, or leave dataset.split out.")
  }
}
