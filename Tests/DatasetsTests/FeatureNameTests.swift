import Datasets
import Kernels
import Testing

/// What objects are called and where they are: what is found, and what is said where it is not.
struct FeatureNameTests {
  private static let values = (1...8).map { Float($0) }

  private func reading<Result>(
    _ source: (String) -> FeatureSource = { FeatureSource(.one($0)) },
    write: (HDF5Writer) throws -> Void, _ body: (FeatureFile) throws -> Result
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    let writer = try HDF5Writer(path: path)
    try write(writer)
    try writer.finish()
    return try body(FeatureFile(source(path)))
  }

  private func message(
    _ code: DatasetError.Code, _ source: (inout FeatureSource) -> Void = { _ in },
    write: (HDF5Writer) throws -> Void
  ) throws -> String {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    let writer = try HDF5Writer(path: path)
    try write(writer)
    try writer.finish()
    var given = FeatureSource(.one(path))
    source(&given)
    let error = try #require(throws: DatasetError.self) { try FeatureFile(given) }
    #expect(error.code == code)
    return error.description.replacing(path, with: "FILE")
  }

  /// Two training and two test rows under names of one's own, at the top or in groups.
  private static func write(
    features: String, labels: String, grouped: Bool
  ) -> (HDF5Writer) throws -> Void {
    { writer in
      guard grouped else {
        try writer.write(floats: values, shape: [4, 2], to: "/\(features)")
        try writer.write(integers: [1, 1, 2, 2], shape: [4], to: "/\(labels)")
        return try writer.write(integers: [0, 0, 1, 1], shape: [4], to: "/split")
      }
      for (side, label) in [("train", Int64(1)), ("test", 2)] {
        try writer.group("/\(side)")
        try writer.write(
          floats: side == "train" ? Array(values[..<4]) : Array(values[4...]), shape: [2, 2],
          to: "/\(side)/\(features)")
        try writer.write(integers: [label, label], shape: [2], to: "/\(side)/\(labels)")
      }
    }
  }

  private static func check(_ file: FeatureFile, _ note: String = "") throws {
    #expect(file.levels.map(\.name) == ["features"], "\(note)")
    let data = try file.load()
    let train = data.train.storage.matrix().values
    let test = data.test.storage.matrix().values
    #expect((train == values ? train : train + test) == values, "\(note)")
    #expect(data.train.labels == [1, 1] && data.test.labels == [2, 2], "\(note)")
  }

  private static func digest(_ file: FeatureFile) throws -> DataDigest {
    try DataDigest(of: file.level(), in: file)
  }

  @Test(arguments: [true, false])
  func `the names people use are found and change no digest`(grouped: Bool) throws {
    let plain = try reading(
      write: Self.write(features: "features", labels: "labels", grouped: grouped), Self.digest)
    for name in ["feats", "embeddings", "x", "X", "data"] {
      try reading(write: Self.write(features: name, labels: "labels", grouped: grouped)) {
        try Self.check($0, name)
        #expect(try Self.digest($0) == plain, "\(name)")
      }
    }
    for name in ["label", "targets", "targs", "y", "classes", "ids"] {
      try reading(write: Self.write(features: "features", labels: name, grouped: grouped)) {
        try Self.check($0, name)
        #expect(try Self.digest($0) == plain, "\(name)")
      }
    }
  }

  @Test(arguments: [true, false])
  func `names of one's own are found where they are said`(grouped: Bool) throws {
    try reading {
      var source = FeatureSource(.one($0))
      source.names = [.features: "penultimate", .labels: "species"]
      return source
    } write: {
      try Self.write(features: "penultimate", labels: "species", grouped: grouped)($0)
    } _: {
      try Self.check($0)
    }
  }

  @Test func `a split, queries and a gallery may have names of their own`() throws {
    try reading {
      var source = FeatureSource(.one($0))
      source.names = [.split: "fold", .query: "is_query", .gallery: "is_gallery"]
      return source
    } write: { writer in
      try writer.write(floats: Self.values, shape: [4, 2], to: "/features")
      try writer.write(integers: [1, 1, 2, 2], shape: [4], to: "/labels")
      try writer.write(integers: [0, 0, 1, 1], shape: [4], to: "/fold")
      try writer.write(integers: [0, 0, 1, 0], shape: [4], to: "/is_query")
      try writer.write(integers: [0, 0, 0, 1], shape: [4], to: "/is_gallery")
    } _: { file in
      try Self.check(file)
      #expect(
        file.queryGallery == QueryGallery(isQuery: [true, false], isGallery: [false, true]))
    }
  }

  @Test(arguments: [
    ("train_features", "train_labels", "test_features", "test_labels"),
    ("X_train", "y_train", "X_test", "y_test"),
    ("features_train", "targs_train", "test_feats", "test_ids"),
  ])
  func `the split may be in the names, which is the same as groups`(
    trainFeatures: String, trainLabels: String, testFeatures: String, testLabels: String
  ) throws {
    let grouped = try reading(
      write: Self.write(features: "features", labels: "labels", grouped: true), Self.digest)
    try reading { writer in
      try writer.write(
        floats: Array(Self.values[..<4]), shape: [2, 2], to: "/\(trainFeatures)")
      try writer.write(integers: [1, 1], shape: [2, 1], to: "/\(trainLabels)")
      try writer.write(floats: Array(Self.values[4...]), shape: [2, 2], to: "/\(testFeatures)")
      try writer.write(integers: [2, 2], shape: [2], to: "/\(testLabels)")
      // Of no meaning here.
      try writer.write(texts: ["a", "b"], to: "/classes")
    } _: { file in
      try Self.check(file)
      #expect(file.layout == .grouped && file.levels[0].isMapped)
      #expect(try Self.digest(file) == grouped)
    }
  }

  @Test func `queries and a gallery may be in the names`() throws {
    try reading { writer in
      for (side, label) in [("train", Int64(1)), ("query", 2), ("gallery", 2)] {
        try writer.write(floats: [1, 2], shape: [1, 2], to: "/\(side)_features")
        try writer.write(integers: [label], shape: [1], to: "/\(side)_labels")
      }
    } _: { file in
      #expect(
        file.queryGallery == QueryGallery(isQuery: [true, false], isGallery: [false, true]))
    }
  }

  @Test func `levels may stand at the top of a flat file`() throws {
    try reading { writer in
      try writer.group("/features")
      try writer.write(floats: Self.values, shape: [4, 2], to: "/features/high")
      try writer.write(floats: Self.values, shape: [4, 2], to: "/features/low")
      try writer.write(integers: [1, 1, 2, 2], shape: [4], to: "/labels")
      try writer.write(integers: [0, 0, 1, 1], shape: [4], to: "/split")
    } _: { file in
      #expect(file.layout == .flat && file.levels.map(\.name) == ["high", "low"])
      let train = try file.load(level: "low").train
      #expect(train.rows == [0, 1])
    }
  }

  @Test func `groups and a column beside each other are chosen from`() throws {
    func both(_ split: FeatureSource.SplitRule) throws -> FeatureFile.Layout {
      try reading {
        var source = FeatureSource(.one($0))
        source.split = split
        return source
      } write: {
        try Self.write(features: "features", labels: "labels", grouped: true)($0)
        try Self.write(features: "features", labels: "labels", grouped: false)($0)
      } _: {
        try Self.check($0)
        return $0.layout
      }
    }
    #expect(try both(.auto) == .grouped)
    #expect(try both(.groups) == .grouped)
    #expect(try both(.column) == .flat)
  }

  // MARK: Messages

  @Test func `two names that could both be meant`() throws {
    let text = try message(.wrongType) {
      try $0.write(floats: [1, 2], shape: [1, 2], to: "/feats")
      try $0.write(floats: [1, 2], shape: [1, 2], to: "/x")
    }
    #expect(
      text == "FILE: /: feats and x could each be the features. Say which with dataset.keys, as "
        + "{features: feats}.")
    let grouped = try message(.wrongType) {
      try $0.group("/train")
      try $0.write(floats: [1, 2], shape: [1, 2], to: "/train/features")
      try $0.write(integers: [1], shape: [1], to: "/train/ids")
      try $0.write(integers: [1], shape: [1], to: "/train/y")
    }
    #expect(
      grouped == "FILE: /train: y and ids could each be the labels. Say which with dataset.keys, "
        + "as {labels: y}.")
  }

  @Test func `a name of dataset.keys that is not there`() throws {
    func named(_ source: inout FeatureSource) { source.names = [.labels: "species"] }
    #expect(
      try message(
        .missingObject, named,
        write: Self.write(features: "features", labels: "labels", grouped: true))
        == "FILE: /train/species: it is missing; there is features, labels. Correct dataset.keys.")
    #expect(
      try message(
        .missingObject, named,
        write: Self.write(features: "features", labels: "specis", grouped: false))
        == "FILE: /species: it is missing; there is features, specis, split. "
        + "Rename specis to species.")
  }

  @Test func `a side that is not among the names`() throws {
    let text = try message(.missingObject) {
      try $0.write(floats: [1, 2], shape: [1, 2], to: "/train_features")
      try $0.write(integers: [1], shape: [1], to: "/train_labels")
    }
    #expect(
      text == "FILE: /test_features: it is missing; there is train_features, train_labels. "
        + "Write it, or say what it is called with dataset.keys.")
    let labels = try message(.missingObject) {
      try $0.write(floats: [1, 2], shape: [1, 2], to: "/X_train")
      try $0.write(floats: [1, 2], shape: [1, 2], to: "/X_test")
      try $0.write(integers: [1], shape: [1], to: "/y_train")
    }
    #expect(
      labels == "FILE: /test_labels: it is missing; there is X_test, X_train, y_train. "
        + "Write it, or say what it is called with dataset.keys.")
  }

  @Test func `test rows beside queries in the names`() throws {
    let text = try message(.wrongSplit) { writer in
      for side in ["train", "test", "query"] {
        try writer.write(floats: [1, 2], shape: [1, 2], to: "/\(side)_features")
        try writer.write(integers: [1], shape: [1], to: "/\(side)_labels")
      }
    }
    #expect(
      text == "FILE: /query_features: the file has both this and test rows, so the test rows are "
        + "in doubt. Keep /test, with flags /test/query and /test/gallery, or groups /query and "
        + "/gallery in place of it.")
  }

  @Test func `groups that are asked for and not there, and a column`() throws {
    #expect(
      try message(
        .wrongSplit, { $0.split = .groups },
        write: Self.write(features: "features", labels: "labels", grouped: false))
        == "FILE: /: dataset.split is groups, but there are no groups train and test; there is "
        + "features, labels, split. Set dataset.split to auto, column or {classes: 0.5}.")
    #expect(
      try message(
        .wrongSplit, { $0.split = .column },
        write: Self.write(features: "features", labels: "labels", grouped: true))
        == "FILE: /: dataset.split is column, but the top of the file has no features; there is "
        + "test, train. Set dataset.split to auto or groups.")
  }
}
