import Datasets
import Foundation
import Testing

/// The full text of every message, with FILE for the path of the file.
struct DatasetErrorTests {
  private func message(
    _ code: DatasetError.Code, level: String? = nil, write: (String) throws -> Void
  ) throws -> String {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    try write(path)
    let error = try #require(throws: DatasetError.self) {
      try FeatureFile(path: path).load(level: level)
    }
    #expect(error.code == code)
    return error.description.replacingOccurrences(of: path, with: "FILE")
  }

  private func message(
    _ code: DatasetError.Code, changing change: (inout SmallSet.Parts) -> Void
  ) throws -> String {
    try message(code) { path in
      var parts = SmallSet.Parts()
      change(&parts)
      try parts.write(to: path)
    }
  }

  private func flatMessage(
    _ code: DatasetError.Code, labelShape: [Int] = [4],
    writing write: (HDF5Writer) throws -> Void
  ) throws -> String {
    try message(code) { path in
      let writer = try HDF5Writer(path: path)
      try writer.write(floats: [Float](repeating: 1, count: 8), shape: [4, 2], to: "/features")
      try write(writer)
      try writer.finish()
    }
  }

  // MARK: The file as a whole

  @Test func `a missing file`() throws {
    #expect(
      try message(.missingFile) { (_: String) in }
        == "FILE: no such file. Check the path; relative paths start at the sweep file or the "
        + "current folder.")
  }

  @Test func `a folder in place of a file`() throws {
    #expect(
      try message(.unreadable) {
        try FileManager.default.createDirectory(atPath: $0, withIntermediateDirectories: true)
      } == "FILE: this is not a regular file. Give an HDF5 file.")
  }

  @Test func `an empty file`() throws {
    #expect(
      try message(.truncated) { try Data().write(to: URL(filePath: $0)) }
        == "FILE: the file is empty (0 bytes). Copy or create it again.")
  }

  @Test func `a file that is not HDF5`() throws {
    #expect(
      try message(.notHDF5) { try Data("a,b\n1,2\n".utf8).write(to: URL(filePath: $0)) }
        == "FILE: this is not an HDF5 file (it lacks the signature). Give a feature file "
        + "written with h5py, or by rll-sweep data synthesize.")
  }

  private func truncated(_ path: String, to bytes: Int) throws {
    try SmallSet.Parts().write(to: path)
    let data = try Data(contentsOf: URL(filePath: path))
    try data.prefix(bytes).write(to: URL(filePath: path))
  }

  @Test func `a truncated file says how many bytes are there and how many should be`() throws {
    var size = 0
    let text = try message(.truncated) { path in
      try SmallSet.Parts().write(to: path)
      size = try Data(contentsOf: URL(filePath: path)).count
      try truncated(path, to: size / 2)
    }
    #expect(
      text == "FILE: the file is truncated: \(size / 2) of \(size) bytes are there. "
        + "Copy or download it again.")
  }

  @Test func `a file cut inside its first block`() throws {
    #expect(
      try message(.damaged) { try truncated($0, to: 20) }
        == "FILE: the file cannot be opened though it has the signature of HDF5. "
        + "It is damaged or incomplete (20 bytes): copy or create it again.")
  }

  // MARK: Objects

  @Test func `a missing dataset, with what is there and the nearest name`() throws {
    let text = try message(.missingObject) { path in
      let writer = try HDF5Writer(path: path)
      try writer.group("/train")
      try writer.write(integers: [1, 2], shape: [1, 2], to: "/train/features")
      try writer.write(integers: [1], shape: [1], to: "/train/lables")
      try writer.finish()
    }
    #expect(
      text == "FILE: /train/labels: it is missing; there is features, lables. "
        + "Rename lables to labels.")
  }

  @Test func `a missing group`() throws {
    #expect(
      try message(.missingObject) { $0.hasTest = false }
        == "FILE: /test: it is missing; there is train. Write it, as the README shows.")
  }

  @Test func `an empty group`() throws {
    #expect(
      try message(.missingObject) { ($0.testLabels, $0.testFeatures) = (nil, nil) }
        == "FILE: /test/features: it is missing; there is nothing beside it. "
        + "Write it, or say what it is called with dataset.keys.")
  }

  @Test func `a file of other things`() throws {
    let text = try message(.missingObject) { path in
      let writer = try HDF5Writer(path: path)
      try writer.write(integers: [1], shape: [1], to: "/weights")
      try writer.finish()
    }
    #expect(
      text == "FILE: /: there are neither groups train and test nor datasets features, labels "
        + "and split; there is weights. Rename the objects, as the README shows, or say what they "
        + "are called with dataset.keys.")
  }

  @Test func `levels that only one split has`() throws {
    let low = FeatureFileWriter.LevelValues(name: "low", dimension: 1, values: [1])
    let high = FeatureFileWriter.LevelValues(name: "hihg", dimension: 1, values: [1])
    #expect(
      try message(.missingObject) {
        try FeatureFileWriter().writeGrouped(
          train: .init(labels: [1], levels: [low]), test: .init(labels: [2], levels: [high]),
          to: $0)
      } == "FILE: /test/features/low: it is missing; there is hihg. "
        + "Write it, as the README shows.")
    #expect(
      try message(.missingObject) {
        try FeatureFileWriter().writeGrouped(
          train: .init(labels: [1], levels: [low]),
          test: .init(labels: [2], levels: [low, high]), to: $0)
      } == "FILE: /train/features/hihg: it is missing; there is low. "
        + "Write it, as the README shows.")
  }

  @Test func `a group without levels`() throws {
    #expect(
      try message(.missingObject) {
        try FeatureFileWriter().writeGrouped(
          train: .init(labels: [1], levels: []), test: .init(labels: [2], levels: []), to: $0)
      } == "FILE: /train/features: the group has no levels. Write one dataset per level into it.")
  }

  @Test func `a group in place of a dataset`() throws {
    let text = try message(.wrongType) { path in
      let writer = try HDF5Writer(path: path)
      try writer.write(floats: [1], shape: [1, 1], to: "/features")
      try writer.group("/labels")
      try writer.finish()
    }
    #expect(
      text == "FILE: /labels: this is a group, not a dataset. "
        + "Lay the file out as the README shows.")
  }

  @Test func `a dataset in place of a group`() throws {
    let text = try message(.wrongType) { path in
      let writer = try HDF5Writer(path: path)
      try writer.write(integers: [1], shape: [1], to: "/train")
      try writer.finish()
    }
    #expect(
      text == "FILE: /train: this is a dataset, not a group. "
        + "Lay the file out as the README shows.")
  }

  // MARK: Shapes and types

  @Test func `more labels than rows`() throws {
    #expect(
      try message(.wrongShape) { $0.testLabels = [900, 900, 12] }
        == "FILE: /test/features: 4 rows, but /test/labels has 3. "
        + "Write one label for each vector.")
  }

  @Test func `splits of different dimensions`() throws {
    #expect(
      try message(.wrongShape) { ($0.testLabels, $0.testShape) = ([9, 9], [2, 4]) }
        == "FILE: /test/features: 4 columns, but /train/features has 2. "
        + "Write both splits with the same features.")
  }

  @Test func `splits of different types`() throws {
    let text = try message(.wrongType) { path in
      let writer = try HDF5Writer(path: path)
      for (group, type) in [("/train", HDF5Writer.FloatType.float32), ("/test", .float64)] {
        try writer.group(group)
        try writer.write(floats: [1, 2], shape: [1, 2], to: "\(group)/features", as: type)
        try writer.write(integers: [1], shape: [1], to: "\(group)/labels")
      }
      try writer.finish()
    }
    #expect(
      text == "FILE: /test/features: features are float64, but /train/features is float32. "
        + "Write both splits with the same type.")
  }

  @Test func `features of three extents`() throws {
    #expect(
      try message(.wrongShape) { $0.trainShape = [4, 1, 2] }
        == "FILE: /train/features: its shape is [4, 1, 2], features must be [rows, dimension]. "
        + "Write one vector for each row.")
  }

  @Test func `an empty set`() throws {
    #expect(
      try message(.emptySet) {
        ($0.testLabels, $0.testFeatures, $0.testShape) = ([], [], [0, 2])
      } == "FILE: /test/labels: it has no rows. Write rows.")
  }

  @Test func `features without columns`() throws {
    #expect(
      try message(.emptySet) { ($0.trainFeatures, $0.trainShape) = ([], [4, 0]) }
        == "FILE: /train/features: its shape is [4, 0]. Write rows.")
  }

  @Test func `features of whole numbers`() throws {
    let text = try message(.wrongType) { path in
      let writer = try HDF5Writer(path: path)
      try writer.write(integers: [1, 2, 3, 4], shape: [2, 2], to: "/features")
      try writer.write(integers: [1, 2], shape: [2], to: "/labels")
      try writer.write(integers: [0, 1], shape: [2], to: "/split")
      try writer.finish()
    }
    #expect(
      text == "FILE: /features: features are int64, they must be floats of 16, 32 or 64 bits or "
        + "integers of 8 bits. Write them as float32.")
  }

  @Test func `labels that are floats, tables or too large`() throws {
    #expect(
      try flatMessage(.wrongType) {
        try $0.write(floats: [1, 2, 3, 4], shape: [4], to: "/labels")
        try $0.write(integers: [0, 0, 1, 1], shape: [4], to: "/split")
      } == "FILE: /labels: labels are float32, they must be integers or text. "
        + "Write each class as an integer or a text.")
    #expect(
      try flatMessage(.wrongShape) {
        try $0.write(integers: [1, 2, 3, 4], shape: [2, 2], to: "/labels")
        try $0.write(integers: [0, 0, 1, 1], shape: [4], to: "/split")
      } == "FILE: /labels: its shape is [2, 2], labels must be [rows] or [rows, 1]. "
        + "Write one value for each row.")
    #expect(
      try flatMessage(.wrongType) {
        try $0.write(integers: [1, 2, -1, 4], shape: [4], to: "/labels", as: .uint64)
        try $0.write(integers: [0, 0, 1, 1], shape: [4], to: "/split")
      } == "FILE: /labels, row 2: 18446744073709551615 exceeds a signed 64-bit integer. "
        + "Write smaller numbers.")
  }

  @Test func `a split that is missing, misspelt, short, of other values or one-sided`() throws {
    #expect(
      try flatMessage(.missingObject) {
        try $0.write(integers: [1, 2, 3, 4], shape: [4], to: "/labels")
      }
        == "FILE: /split: nothing says which rows train and which test. Write 0 (train) or 1 "
        + "(test) for each row into it, or set dataset.split to {classes: 0.5}: the first half "
        + "of the sorted classes then trains.")
    let labels: [Int64] = [1, 2, 3, 4]
    #expect(
      try flatMessage(.missingObject) {
        try $0.write(integers: labels, shape: [4], to: "/labels")
        try $0.write(integers: [0, 0, 1, 1], shape: [4], to: "/splits")
      } == "FILE: /split: it is missing; there is features, labels, splits. "
        + "Rename splits to split.")
    #expect(
      try flatMessage(.wrongShape) {
        try $0.write(integers: labels, shape: [4], to: "/labels")
        try $0.write(integers: [0, 1, 1], shape: [3], to: "/split")
      } == "FILE: /split: 3 rows, but /labels has 4. Write one value for each row.")
    #expect(
      try flatMessage(.wrongSplit) {
        try $0.write(integers: labels, shape: [4], to: "/labels")
        try $0.write(integers: [0, 1, 2, 1], shape: [4], to: "/split")
      } == "FILE: /split, row 2: 2 names no split. Write 0 (train) or 1 (test), or these words, "
        + "for each row.")
    #expect(
      try flatMessage(.wrongType) {
        try $0.write(integers: labels, shape: [4], to: "/labels")
        try $0.write(floats: [0, 1, 1, 0], shape: [4], to: "/split")
      } == "FILE: /split: the split is float32, it must be integers or text. "
        + "Write 0 (train) or 1 (test), or these words, for each row.")
    #expect(
      try flatMessage(.emptySet) {
        try $0.write(integers: labels, shape: [4], to: "/labels")
        try $0.write(integers: [0, 0, 0, 0], shape: [4], to: "/split")
      } == "FILE: /split: no row is in the test split. "
        + "Mark rows of both splits: 0 (train) and 1 (test).")
  }

  // MARK: Values

  @Test(arguments: [
    (Float.nan, "nan"), (Float.infinity, "inf"), (-Float.infinity, "-inf"),
  ])
  func `a value that is not finite`(value: Float, text: String) throws {
    #expect(
      try message(.nonFinite) { $0.testFeatures?[5] = value }
        == "FILE: /test/features, row 2: column 1 is \(text), features must be finite in "
        + "float32. Repair or drop the row.")
  }

  @Test func `a row of zeros`() throws {
    #expect(
      try message(.zeroRow) { $0.trainFeatures?.replaceSubrange(6..<8, with: [0, -0.0]) }
        == "FILE: /train/features, row 3: all values are 0, so the row has no direction. "
        + "Repair or drop the row.")
  }

  @Test func `a class in both splits`() throws {
    #expect(
      try message(.sharedClass) { $0.testLabels = [900, 900, 12, -2] }
        == "FILE: /test/labels, row 3: class -2 is in the test split and in the training split "
        + "(/train/labels, row 1). Keep each class whole in one split.")
  }

  @Test func `values that cannot be decompressed`() throws {
    let text = try message(.damaged) { path in
      var writer = FeatureFileWriter()
      writer.chunks = (rows: 4000, gzip: 9)
      let rows = FeatureFileWriter.Rows(
        labels: [Int64](0..<4000),
        levels: [.init(name: "high", dimension: 2, values: (1...8000).map { Float($0) })])
      try writer.writeFlat(rows, isTest: (0..<4000).map { $0 % 2 == 1 }, to: path)
      var data = try Data(contentsOf: URL(filePath: path))
      let middle = data.firstRange(of: [0x78, 0xda])?.lowerBound ?? 0
      for offset in 2..<200 { data[middle + offset] = 0xff }
      try data.write(to: URL(filePath: path))
    }
    #expect(
      text == "FILE: /features: reading rows 0 to 3999 failed (inflate() failed). "
        + "The file is damaged: copy or create it again.")
  }

  @Test func `a compression that this HDF5 lacks`() throws {
    let text = try message(.unreadable) { path in
      var writer = FeatureFileWriter()
      writer.chunks = (rows: 4, gzip: 9)
      try writer.writeFlat(SmallSet.mixed, isTest: SmallSet.mixedIsTest, to: path)
      var data = try Data(contentsOf: URL(filePath: path))
      // The number of the filter stands eight bytes before its name; 32000 is h5py's lzf.
      let name = try #require(data.firstRange(of: Data("deflate\0".utf8))?.lowerBound)
      data.replaceSubrange((name - 8)..<(name - 6), with: [0x00, 0x7d])
      try data.write(to: URL(filePath: path))
    }
    #expect(
      text == "FILE: /features: its values are compressed with deflate (filter 32000), which "
        + "HDF5 \(HDF5Library.version) here does not have. Write the dataset with gzip, or "
        + "without compression.")
  }

  // MARK: Levels and settings

  @Test func `an unknown level, and none where there are several`() throws {
    func write(_ path: String) throws {
      try FeatureFileWriter().writeGrouped(train: SmallSet.train, test: SmallSet.test, to: path)
    }
    #expect(
      try message(.unknownLevel, level: "hihg", write: write)
        == "FILE: there is no level hihg. Did you mean high? It has low, high.")
    #expect(
      try message(.unknownLevel, level: "texture", write: write)
        == "FILE: there is no level texture. It has low, high.")
    #expect(
      try message(.levelChoice, write: write)
        == "FILE: the file has 2 levels. Set dataset.levels to one or more of low, high.")
  }

  @Test func `a file that cannot be written`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("no/such/folder.h5")
    let error = try #require(throws: DatasetError.self) {
      try FeatureFileWriter().writeGrouped(train: SmallSet.train, test: SmallSet.test, to: path)
    }
    #expect(error.code == .unwritable)
    #expect(
      error.description.replacingOccurrences(of: path, with: "FILE")
        == "FILE: creating the file failed (No such file or directory). "
        + "Check the free space and the permissions of its folder.")
  }
}
