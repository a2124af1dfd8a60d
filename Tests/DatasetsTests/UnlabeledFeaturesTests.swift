import Datasets
import Kernels
import Testing

/// Vectors without labels.
struct UnlabeledFeaturesTests {
  private static func file(
    _ folder: TemporaryFolder, _ write: (HDF5Writer) throws -> Void
  ) throws -> FeatureSource {
    let writer = try HDF5Writer(path: folder.file("set.h5"))
    try write(writer)
    try writer.finish()
    return FeatureSource(.one(folder.file("set.h5")))
  }

  @Test func `all rows at the top of a file are one group without a name`() throws {
    let folder = try TemporaryFolder()
    let source = try Self.file(folder) { writer in
      try writer.write(floats: [1, 2, 3, 4, 5, 6], shape: [3, 2], to: "/feats")
      try writer.write(texts: ["a", "b", "c"], to: "/image_names")
      try writer.write(integers: [1, 2], shape: [2], to: "/else")
    }
    let features = try #require(try UnlabeledFeatures(source))
    #expect(features.levels.map(\.name) == ["features"])
    #expect(features.levels.map(\.dimension) == [2])
    #expect(features.rows.count == 1)
    let rows = features.rows[0]
    #expect(rows.group.isEmpty && rows.count == 3 && rows.labels == nil)
    #expect(
      rows.annotations == [RowAnnotation(name: "image_names", values: .texts(["a", "b", "c"]))])
    var values: [Float] = []
    try rows.forEachBlock(levels: ["features"]) { values += $0.storages[0].matrix().values }
    #expect(values == [1, 2, 3, 4, 5, 6])
  }

  @Test func `groups and their levels are kept apart`() throws {
    let folder = try TemporaryFolder()
    let source = try Self.file(folder) { writer in
      for (group, rows) in [("/query", 2), ("/gallery", 3)] {
        try writer.group(group)
        try writer.group("\(group)/features")
        for (level, columns) in [("low", 2), ("high", 1)] {
          try writer.write(
            floats: (0..<rows * columns).map { Float($0 + 1) }, shape: [rows, columns],
            to: "\(group)/features/\(level)")
        }
      }
    }
    let features = try #require(try UnlabeledFeatures(source))
    #expect(features.levels.map(\.name) == ["high", "low"])
    #expect(features.rows.map(\.group) == ["query", "gallery"])
    #expect(features.rows.map(\.count) == [2, 3])
  }

  @Test(arguments: ["/labels", "/targets", "/lables"])
  func `labels under any name, even a misspelt one, are not overlooked`(name: String) throws {
    let folder = try TemporaryFolder()
    let source = try Self.file(folder) { writer in
      try writer.write(floats: [1, 2, 3, 4], shape: [2, 2], to: "/features")
      try writer.write(integers: [1, 2], shape: [2], to: name)
    }
    #expect(try UnlabeledFeatures(source) == nil)
  }

  @Test func `labels that are asked for are not given up`() throws {
    let folder = try TemporaryFolder()
    var source = try Self.file(folder) { writer in
      try writer.write(floats: [1, 2, 3, 4], shape: [2, 2], to: "/features")
    }
    source.names[.labels] = "classes_of_mine"
    #expect(try UnlabeledFeatures(source) == nil)
    source.names = [:]
    #expect(try UnlabeledFeatures(source) != nil)
    source.labelPattern = .init(object: "names", pattern: "(.)")
    #expect(try UnlabeledFeatures(source) == nil)
  }

  @Test func `groups that do not fit each other are refused`() throws {
    let folder = try TemporaryFolder()
    func message(_ write: (HDF5Writer) throws -> Void) throws -> String {
      let source = try Self.file(folder, write)
      let error = #expect(throws: DatasetError.self) { try UnlabeledFeatures(source) }
      return error?.description.replacing(folder.path + "/", with: "") ?? ""
    }
    let groups = try message { writer in
      for (group, columns) in [("/train", 2), ("/test", 1)] {
        try writer.group(group)
        try writer.write(
          floats: (1...2 * columns).map { Float($0) }, shape: [2, columns],
          to: "\(group)/features")
      }
    }
    #expect(
      groups == "set.h5: /test: its levels are features of 1 values, but those of /train are "
        + "features of 2 values. Write the same levels into all groups.")
    let levels = try message { writer in
      try writer.group("/features")
      try writer.write(floats: [1, 2], shape: [2, 1], to: "/features/a")
      try writer.write(floats: [1, 2, 3], shape: [3, 1], to: "/features/b")
    }
    #expect(
      levels == "set.h5: /features/b: 3 rows, but /features/a has 2. Write the same rows at each "
        + "level.")
  }
}
