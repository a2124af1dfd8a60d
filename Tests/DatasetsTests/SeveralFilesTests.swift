import Datasets
import Foundation
import Kernels
import Testing

/// Sets in two files, or in shards.
struct SeveralFilesTests {
  private static let trainLabels: [Int64] = [7, -2, 7, -2]
  private static let testLabels: [Int64] = [900, 900, 12, 12]
  private static let trainValues = (1...8).map { Float($0) }
  private static let testValues = (21...28).map { Float($0) }

  /// Rows of a group, or of the top of a file.
  private static func rows(
    _ group: String, _ values: [Float], _ labels: [Int64], columns: Int = 2
  ) -> (HDF5Writer) throws -> Void {
    { writer in
      if !group.isEmpty { try writer.group(group) }
      try writer.write(
        floats: values, shape: [values.count / columns, columns], to: "\(group)/features")
      try writer.write(integers: labels, shape: [labels.count], to: "\(group)/labels")
    }
  }

  /// `set.h5`, `train.h5` and `test.h5`, and three shards with groups.
  private static func grouped() throws -> SetFixture {
    let set = try SetFixture()
    let train = rows("/train", trainValues, trainLabels)
    let test = rows("/test", testValues, testLabels)
    try set.write("set.h5") {
      try train($0)
      try test($0)
    }
    try set.write("train.h5", rows("", trainValues, trainLabels))
    try set.write("test.h5", rows("", testValues, testLabels))
    try set.write("train-group.h5", train)
    try set.write("1.h5", rows("/train", Array(trainValues[..<2]), [7]))
    try set.write("2.h5") {
      try rows("/test", Array(testValues[..<6]), [900, 900, 12])($0)
      try rows("/train", Array(trainValues[2...]), [-2, 7, -2])($0)
    }
    try set.write("3.h5", rows("/test", Array(testValues[6...]), [12]))
    return set
  }

  private static func check(_ file: FeatureFile) throws {
    let data = try file.load()
    #expect(data.train.storage.matrix().values == trainValues)
    #expect(data.test.storage.matrix().values == testValues)
    #expect(data.train.labels == trainLabels && data.test.labels == testLabels)
    #expect(data.train.rows == [0, 1, 2, 3] && data.test.rows == [0, 1, 2, 3])
  }

  @Test func `two files are a set with the digest of one file, each of them mapped`() throws {
    let set = try Self.grouped()
    let whole = try set.digest(.one("set.h5"))
    for train in ["train.h5", "train-group.h5", "set.h5"] {
      for test in ["test.h5", "set.h5"] {
        let files = FeatureSource.Files.split(train: train, test: test)
        let file = try set.open(files)
        try Self.check(file)
        #expect(file.layout == .grouped && file.levels[0].isMapped)
        #expect(try set.digest(files) == whole, "\(train), \(test)")
        #expect(file.path == "\(set.path(train)), \(set.path(test))")
      }
    }
  }

  @Test func `shards with groups are a set with the digest of one file, and are read`() throws {
    let set = try Self.grouped()
    let whole = try set.digest(.one("set.h5"))
    let shards = FeatureSource.Files.shards(["1.h5", "2.h5", "3.h5"])
    let file = try set.open(shards)
    try Self.check(file)
    #expect(!file.levels[0].isMapped)
    #expect(try set.digest(shards) == whole)
    #expect(try set.digest(.shards(["set.h5"])) == whole)
    #expect(try set.digest(.shards(["3.h5", "2.h5", "1.h5"])) != whole)
  }

  @Test func `shards of which each has one side whole stay mapped`() throws {
    let set = try Self.grouped()
    try set.write("test-group.h5", Self.rows("/test", Self.testValues, Self.testLabels))
    let file = try set.open(.shards(["train-group.h5", "test-group.h5"]))
    try Self.check(file)
    #expect(file.levels[0].isMapped)
  }

  @Test func `flat shards are a set with the digest of one flat file`() throws {
    let set = try SetFixture()
    func write(_ name: String, _ range: Range<Int>, _ isTest: [Int64]) throws {
      let labels: [Int64] = [1, 2, 3, 1, 2, 3]
      let values = (0..<12).map { Float($0 + 1) }
      try set.write(name) {
        let places = range.lowerBound * 2..<range.upperBound * 2
        try Self.rows("", Array(values[places]), Array(labels[range]))($0)
        try $0.write(integers: isTest, shape: [isTest.count], to: "/split")
      }
    }
    try write("set.h5", 0..<6, [0, 0, 1, 0, 0, 1])
    try write("1.h5", 0..<2, [0, 0])
    try write("2.h5", 2..<5, [1, 0, 0])
    try write("3.h5", 5..<6, [1])
    let shards = FeatureSource.Files.shards(["1.h5", "2.h5", "3.h5"])
    let data = try set.open(shards).load()
    #expect(data.train.rows == [0, 1, 3, 4] && data.test.rows == [2, 5])
    #expect(data.train.storage === data.test.storage)
    #expect(data.train.storage.matrix().values == (0..<12).map { Float($0 + 1) })
    #expect(try set.digest(shards) == set.digest(.one("set.h5")))
  }

  @Test func `shards of queries and a gallery, and flags in shards`() throws {
    let set = try SetFixture()
    try set.write("1.h5") {
      try Self.rows("/train", [1, 1], [1])($0)
      try Self.rows("/query", [2, 2], [2])($0)
    }
    try set.write("2.h5") {
      try Self.rows("/gallery", [3, 3, 4, 4], [2, 3])($0)
      try Self.rows("/query", [5, 5], [3])($0)
    }
    let file = try set.open(.shards(["1.h5", "2.h5"]))
    #expect(file.queryGallery?.isQuery == [true, true, false, false])
    #expect(try file.load().test.storage.matrix().values == [2, 2, 5, 5, 3, 3, 4, 4])

    try set.write("a.h5") {
      try Self.rows("/train", [1, 1], [1])($0)
      try Self.rows("/test", [2, 2], [2])($0)
      try $0.write(integers: [1], shape: [1], to: "/test/query")
    }
    try set.write("b.h5") {
      try Self.rows("/test", [3, 3, 4, 4], [2, 3])($0)
      try $0.write(integers: [0, 0], shape: [2], to: "/test/query")
    }
    let flagged = try set.open(.shards(["a.h5", "b.h5"]))
    #expect(flagged.queryGallery?.isQuery == [true, false, false])
    try set.write("b.h5", Self.rows("/test", [3, 3, 4, 4], [2, 3]))
    #expect(
      set.message(.shards(["a.h5", "b.h5"]))
        == "DIR/b.h5: /test/query: it is missing, but other files of the set have it. "
        + "Write one flag for each row.")
  }

  @Test func `a description names its files and says in which a row is wrong`() throws {
    let set = try Self.grouped()
    try set.write("2.h5", Self.rows("/train", [1, .nan, 0, 0], [-2, 7]))
    let file = try set.open(.shards(["1.h5", "2.h5", "3.h5"]))
    let description = try FeatureFileDescription(of: file)
    #expect(description.files == ["1.h5", "2.h5", "3.h5"].map(set.path))
    #expect(description.file == description.files.joined(separator: ", "))
    #expect(
      description.problems.prefix(2).map { $0.replacing(set.path(""), with: "") } == [
        "2.h5: /train/features: 1 row with non-finite values, the first is row 0 "
          + "(column 1 is nan)",
        "2.h5: /train/features: 1 row of zeros only, the first is row 1",
      ])
    #expect(
      set.message(.shards(["1.h5", "2.h5", "3.h5"]))
        == "DIR/2.h5: /train/features, row 0: column 1 is nan, features must be finite in "
        + "float32. Repair or drop the row.")
  }

  @Test func `what is mapped takes no memory, and what is read no more than there is`() throws {
    let set = try Self.grouped()
    #expect(PhysicalMemory.bytes >= 64 << 20)
    _ = try set.open(.one("set.h5")).load(memoryBytes: 0)
    let shards = try set.open(.shards(["1.h5", "2.h5", "3.h5"]))
    #expect(shards.levels[0].memoryBytes == 64)
    _ = try shards.load(memoryBytes: 64)
    let error = try #require(throws: DatasetError.self) { try shards.load(memoryBytes: 63) }
    #expect(error.code == .tooLarge)
    #expect(
      error.description
        == "\(shards.path): features: its values take 0 MiB of memory, and the machine has 0 MiB. "
        + "Write each split as one contiguous float32 dataset, which is used in place.")
  }

  // MARK: Messages

  @Test func `shards of other columns, other types and other levels`() throws {
    let set = try Self.grouped()
    try set.write("wide.h5", Self.rows("/train", [1, 2, 3], [7], columns: 3))
    #expect(
      set.message(.shards(["set.h5", "wide.h5"]))
        == "DIR/wide.h5: /train/features: 3 columns, but /train/features of DIR/set.h5 has 2. "
        + "Write all files with the same features.")
    try set.write("double.h5") {
      try $0.group("/train")
      try $0.write(doubles: [1, 2], shape: [1, 2], to: "/train/features")
      try $0.write(integers: [7], shape: [1], to: "/train/labels")
    }
    #expect(
      set.message(.shards(["set.h5", "double.h5"]))
        == "DIR/double.h5: /train/features: features are float64, but /train/features of "
        + "DIR/set.h5 is float32. Write all files with the same type.")
    try set.write("levels.h5") {
      try $0.group("/test")
      try $0.group("/test/features")
      try $0.write(floats: [1, 2], shape: [1, 2], to: "/test/features/high")
      try $0.write(integers: [9], shape: [1], to: "/test/labels")
    }
    #expect(
      set.message(.shards(["set.h5", "levels.h5"]))
        == "DIR/levels.h5: /test/features/features: it is missing; there is high. "
        + "Write it, as the README shows.")
  }

  @Test func `shards of other layouts`() throws {
    let set = try Self.grouped()
    try set.write("flat.h5") {
      try Self.rows("", [1, 2], [5])($0)
      try $0.write(integers: [0], shape: [1], to: "/split")
    }
    #expect(
      set.message(.shards(["set.h5", "flat.h5"]))
        == "DIR/set.h5: /train/features: these rows are of one split, but those of DIR/flat.h5 "
        + "are of both. Lay all files of a set out alike.")
    try set.write("query.h5", Self.rows("/query", [1, 2], [5]))
    #expect(
      set.message(.shards(["set.h5", "query.h5"]))
        == "DIR/query.h5: /query/features: these are queries or a gallery, but another file has "
        + "test rows. Keep one kind of test rows, or leave dataset.split out.")
  }

  @Test func `shards without test rows`() throws {
    let set = try Self.grouped()
    #expect(
      set.message(.shards(["1.h5", "train-group.h5"]))
        == "DIR/1.h5: /test: it is missing; there is train. Write it, as the README shows.")
  }

  @Test func `a shard that is missing, empty or truncated`() throws {
    let set = try Self.grouped()
    #expect(
      set.message(.shards(["1.h5", "4.h5"]))
        == "DIR/4.h5: no such file. Check the path; relative paths start at the sweep file or "
        + "the current folder.")
    try set.write("empty.h5", Self.rows("/train", [], []))
    #expect(
      set.message(.shards(["1.h5", "empty.h5"]))
        == "DIR/empty.h5: /train/labels: it has no rows. Write rows.")
    let whole = try Data(contentsOf: URL(filePath: set.path("2.h5")))
    try whole.prefix(whole.count / 2).write(to: URL(filePath: set.path("2.h5")))
    #expect(
      set.message(.shards(["1.h5", "2.h5"]))
        == "DIR/2.h5: the file is truncated: \(whole.count / 2) of \(whole.count) bytes are "
        + "there. Copy or download it again.")
  }

  @Test func `two files of which one has no rows of its side`() throws {
    let set = try Self.grouped()
    #expect(
      set.message(.split(train: "set.h5", test: "train-group.h5"))
        == "DIR/train-group.h5: /test: it is missing; there is train. "
        + "Write it, as the README shows.")
    try set.write("flat.h5") {
      try Self.rows("", [1, 2, 3, 4], [5, 6])($0)
      try $0.write(texts: ["train", "test"], to: "/split")
    }
    #expect(
      set.message(.split(train: "flat.h5", test: "test.h5"))
        == "DIR/flat.h5: /split, row 1: the row is in the test split, but the file is given as "
        + "dataset.train. Give the file as dataset.path, or drop the rows of the other split.")
    #expect(
      set.message(.split(train: "train.h5", test: "flat.h5"))
        == "DIR/flat.h5: /split, row 0: the row is in the train split, but the file is given as "
        + "dataset.test. Give the file as dataset.path, or drop the rows of the other split.")
  }

  @Test func `two files and a rule that divides one`() throws {
    let set = try Self.grouped()
    #expect(
      set.message(.split(train: "train.h5", test: "test.h5")) { $0.split = .classes(0.5) }
        == "DIR/train.h5, DIR/test.h5: dataset.split divides one set, and these are a file to "
        + "train on and one to test on. Leave dataset.split out, or give the files as "
        + "dataset.paths.")
  }

  @Test func `a class in both files`() throws {
    let set = try Self.grouped()
    try set.write("test.h5", Self.rows("", Self.testValues, [900, 900, 7, 12]))
    #expect(
      set.message(.split(train: "train.h5", test: "test.h5"))
        == "DIR/test.h5: /labels, row 2: class 7 is in the test split and in the training split "
        + "(/labels of DIR/train.h5, row 0). Keep each class whole in one split.")
  }

  @Test func `labels of text in one file and integers in another`() throws {
    let set = try Self.grouped()
    try set.write("text.h5") {
      try $0.write(floats: [1, 2], shape: [1, 2], to: "/features")
      try $0.write(texts: ["a"], to: "/labels")
    }
    #expect(
      set.message(.split(train: "train.h5", test: "text.h5"))
        == "DIR/text.h5: /labels: labels are text, but /labels of DIR/train.h5 has integers. "
        + "Write all labels as integers, or all as text.")
    #expect(
      set.message(.split(train: "text.h5", test: "test.h5"))
        == "DIR/test.h5: /labels: labels are integers, but /labels of DIR/text.h5 has text. "
        + "Write all labels as integers, or all as text.")
  }
}
