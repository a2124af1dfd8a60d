import Datasets
import Foundation
import Kernels
import Testing

/// Files beside the package, where they are there.
struct SharedDataTests {
  private static func path(_ name: String) -> String? {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appending(path: "../shared/data/\(name)").standardized.path
    if FileManager.default.fileExists(atPath: path) { return path }
    print("skipped: ../shared/data/\(name) is not there")
    return nil
  }

  @Test func `the grouped Omniglot file has its levels, rows and classes`() throws {
    guard let path = Self.path("omniglot-small.h5") else { return }
    let file = try FeatureFile(path: path)
    #expect(file.layout == .grouped)
    #expect(file.levels.map(\.name) == ["low", "mid", "high"])
    #expect(file.levels.map(\.dimension) == [784, 392, 1024])
    for level in file.levels {
      let data = try file.load(level: level.name)
      #expect(data.train.count == 2720 && data.test.count == 2120, "\(level.name)")
      #expect(data.train.classes == (0..<136).map { Int64($0) }, "\(level.name)")
      #expect(data.test.classes == (136..<242).map { Int64($0) }, "\(level.name)")
      #expect(!data.train.storage.isMapped, "\(level.name)")
    }
    let description = try FeatureFileDescription(of: file)
    #expect(description.problems.isEmpty)
    #expect(description.splits.map(\.smallestClass) == [20, 20])
  }

  /// Job keys in stores rest on these.
  @Test func `the digests of the Omniglot files are those they always were`() throws {
    for (name, level, digest) in [
      (
        "omniglot-small.h5", "high",
        "21f8614e0c0fb8ea09838a9906da69303570292121d21c596a085bb6887f89d8"
      ),
      (
        "omniglot-small-flat.h5", "features",
        "8521ebaacc35e79090ed44fc0ee5c643fe1fa3bef17234045e1775ff1d6b1fd7"
      ),
    ] {
      guard let path = Self.path(name) else { continue }
      let file = try FeatureFile(path: path)
      #expect(
        try DataDigest(of: file.level(named: level), in: file).description == digest, "\(name)")
    }
  }

  @Test func `the flat Omniglot file holds the same vectors of every class`() throws {
    guard let flatPath = Self.path("omniglot-small-flat.h5"),
      let groupedPath = Self.path("omniglot-small.h5")
    else { return }
    let flat = try FeatureFile(path: flatPath).load()
    let grouped = try FeatureFile(path: groupedPath).load(level: "high")
    for (mixed, sorted) in [(flat.train, grouped.train), (flat.test, grouped.test)] {
      #expect(mixed.count == sorted.count && mixed.classes == sorted.classes)
      #expect(Self.classSums(mixed) == Self.classSums(sorted))
    }
  }

  /// The sum of some values of each class. The values are multiples of 1/256, so it is exact.
  private static func classSums(_ vectors: LabeledVectors) -> [Int64: Double] {
    let features = vectors.storage.matrix()
    var sums: [Int64: Double] = [:]
    for (row, label) in zip(vectors.rows, vectors.labels) {
      for column in stride(from: 0, to: features.columns, by: 31) {
        sums[label, default: 0] += Double(features[Int(row), column])
      }
    }
    return sums
  }

  @Test func `reference vectors and their attributes are read`() throws {
    guard let path = Self.path("../reference/rll.h5") else { return }
    let file = try HDF5File(path: path)
    let count = try file.integer("cases", of: "/")
    #expect(try file.children(of: "/").count == Int(count))
    #expect(try file.text("dtype", of: "/") == "float64")
    for name in try file.children(of: "/") {
      let embeddings = try file.array("/\(name)/embeddings")
      let labels = try file.array("/\(name)/labels").integers()
      #expect(embeddings.shape.first == labels.count, "\(name)")
      #expect(try embeddings.doubles().count == embeddings.rows * embeddings.rowCount, "\(name)")
      #expect(try file.number("alpha", of: "/\(name)") > 0, "\(name)")
      #expect(try !file.text("tag", of: "/\(name)").isEmpty, "\(name)")
    }
  }

  @Test func `a copy without compression has the same digest and is mapped`() throws {
    guard let path = Self.path("omniglot-small.h5") else { return }
    let file = try FeatureFile(path: path)
    let level = try file.level(named: "high")
    let data = try file.load(level: "high")
    func rows(_ vectors: LabeledVectors) -> FeatureFileWriter.Rows {
      .init(
        labels: vectors.labels,
        levels: [
          .init(
            name: "high", dimension: level.dimension,
            values: vectors.storage.matrix().values)
        ])
    }
    let folder = try TemporaryFolder()
    let copyPath = folder.file("copy.h5")
    try FeatureFileWriter().writeGrouped(
      train: rows(data.train), test: rows(data.test), to: copyPath)
    let copy = try FeatureFile(path: copyPath)
    let copiedLevel = try copy.level(named: "high")
    #expect(copiedLevel.isMapped && !level.isMapped)
    #expect(
      try DataDigest(of: copiedLevel, in: copy) == DataDigest(of: level, in: file))
  }
}
