import Datasets
import Foundation
import Kernels
import Testing

/// The files that the Python of the documentation writes.
struct DocumentedFileTests {
  /// What the page takes for granted, and two files to join.
  private static let preamble = """
    import h5py, numpy as np
    train_features = np.arange(1, 13).reshape(6, 2) / 3
    test_features = np.arange(21, 29).reshape(4, 2) / 3
    train_labels = np.array([0, 0, 1, 1, 2, 2])
    test_labels = np.array([3, 3, 4, 5])
    parts = {"train": (train_features, train_labels), "query": (test_features[:1], test_labels[:1]),
             "gallery": (test_features[1:], test_labels[1:])}
    for name, rows in [("1.h5", slice(0, 2)), ("2.h5", slice(2, 6))]:
        with h5py.File(name, "w") as file:
            file["train/features"] = train_features[rows].astype("float32")
            file["train/labels"] = train_labels[rows]
            if name == "2.h5":
                file["test/features"] = test_features.astype("float32")
                file["test/labels"] = test_labels

    """

  private static func blocks() throws -> [String] {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/feature-files.md")
    let parts = try String(contentsOf: page, encoding: .utf8).split(separator: "```")
    return parts.filter { $0.hasPrefix("python\n") }.map { String($0.dropFirst(7)) }
  }

  @Test func `every example is a file that is read as the page says`() throws {
    let blocks = try Self.blocks()
    #expect(blocks.count == 5)
    let script = Self.preamble + blocks.joined() + "\njoin([\"1.h5\", \"2.h5\"], \"joined.h5\")\n"
    guard let folder = try PythonFolder.after(script) else { return }
    func open(
      _ name: String, changing change: (inout FeatureSource) -> Void = { _ in }
    ) throws -> FeatureFile {
      var source = FeatureSource(.one(folder.file(name)))
      change(&source)
      return try FeatureFile(source)
    }
    let images = try open("images.h5") {
      $0.labelPattern = .init(object: "image_names", pattern: "^([^/]+)/")
      $0.split = .classes(0.5)
    }
    let whole = try open("cub.h5")
    for file in try [whole, open("flat.h5"), images, open("shop.h5"), open("joined.h5")] {
      let data = try file.load()
      let (train, test) = (data.train, data.test)
      #expect(train.labels == [0, 0, 1, 1, 2, 2] && test.labels == [3, 3, 4, 5], "\(file.path)")
      let first = train.storage.matrix()[Int(train.rows[0]), 0]
      let last = test.storage.matrix()[Int(test.rows[3]), 1]
      #expect(first == 1 / 3 && last == 28 / 3, "\(file.path)")
      let isShop = file.path.hasSuffix("shop.h5")
      #expect((file.queryGallery != nil) == isShop && file.levels[0].isMapped == !isShop)
    }
    func digest(_ file: FeatureFile) throws -> DataDigest {
      try DataDigest(of: file.level(), in: file)
    }
    #expect(try digest(open("joined.h5")) == digest(whole))
  }
}
