import Datasets
import Foundation
import Kernels
import Testing

/// Files as h5py writes them, where Python has it.
struct PythonFileTests {
  /// Six rows of three whole numbers, which every type of feature holds exactly.
  private static let values = (0..<18).map { Float($0 * 7 % 120 + 1) }
  private static let trainRows: [Int64] = [0, 2, 3]

  private static let script = """
    import h5py, numpy as np
    values = (np.arange(18) * 7 % 120 + 1).reshape(6, 3)
    numbers = np.array([5, 9, 5, 7, 9, 12])
    names = ["owl", "tit", "owl", "swan", "tit", "wren"]
    test = np.array([0, 1, 0, 0, 1, 1])
    split = ["test" if flag else "train" for flag in test]
    def flat(name, features, labels, split, **keywords):
        with h5py.File(f"{folder}/{name}.h5", "w") as file:
            file.create_dataset("features", data=features, **keywords)
            file["labels"] = labels
            file["split"] = split
    for kind in ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "i1", "u1"]:
        flat(f"features {kind}", values.astype(kind), numbers, test)
        flat(f"features {kind} gzip", values.astype(kind), numbers, test, chunks=(2, 2),
            compression="gzip", shuffle=True, fletcher32=True)
        if h5py.h5z.filter_avail(h5py.h5z.FILTER_SZIP):
            flat(f"features {kind} szip", values.astype(kind), numbers, test, chunks=(2, 2),
                compression="szip", compression_opts=("nn", 2))
    flat("features growing", values.astype("f4"), numbers, test, maxshape=(None, 3))
    for kind in ["i1", "u1", "<i2", ">i2", "<u2", "<i4", ">i4", "<u4", "<i8", ">i8", "<u8"]:
        flat(f"labels {kind}", values.astype("f4"), numbers.astype(kind), test)
    flat("labels column", values.astype("f4"), numbers.reshape(6, 1), test.reshape(6, 1))
    flat("split bool", values.astype("f4"), numbers, test.astype(bool))
    flat("split words", values.astype("f4"), numbers, split)
    flat("split fixed", values.astype("f4"), numbers, np.array(split, "S"))
    flat("texts fixed", values.astype("f4"), np.array(names, "S"), test)
    flat("texts variable", values.astype("f4"), names, test)
    flat("texts ascii", values.astype("f4"),
        np.array(names, dtype=h5py.string_dtype("ascii")), test)
    flat("lzf", values.astype("f4"), numbers, test, compression="lzf")
    with h5py.File(f"{folder}/names.h5", "w") as file:
        file["X"] = values.astype("f4")
        file["image_names"] = [f"{name}/{row}.png" for row, name in enumerate(names)]
        file["split"] = split
    for name, chosen in [("train", test == 0), ("test", test == 1)]:
        with h5py.File(f"{folder}/{name}.h5", "w") as file:
            file["feats"] = values[chosen].astype("f4")
            file["targs"] = numbers[chosen]
    with h5py.File(f"{folder}/sides.h5", "w") as file:
        for name, chosen in [("train", test == 0), ("test", test == 1)]:
            file[f"X_{name}"] = values[chosen].astype("f4")
            file[f"y_{name}"] = numbers[chosen]
    """

  private static func folder() throws -> TemporaryFolder? {
    try PythonFolder.after(script)
  }

  private static func digest(_ file: FeatureFile) throws -> String {
    try DataDigest(of: file.level(), in: file).description
  }

  @Test func `every type, byte order, filter and label that h5py writes is read alike`() throws {
    guard let folder = try Self.folder() else { return }
    let alone = ["lzf.h5", "names.h5", "train.h5", "test.h5", "sides.h5"]
    var digests: [String: Set<String>] = [:]
    for name in try folder.contents where !alone.contains(name) {
      let file = try FeatureFile(path: folder.file(name))
      let data = try file.load()
      #expect(data.train.storage.matrix().values == Self.values, "\(name)")
      #expect(data.train.rows == Self.trainRows && data.test.rows == [1, 4, 5], "\(name)")
      let labels: [[Int64]] =
        file.classTexts == nil ? [[5, 5, 7], [9, 9, 12]] : [[0, 0, 1], [2, 2, 3]]
      #expect([data.train.labels, data.test.labels] == labels, "\(name)")
      let kind = "\(data.level.elementType), text \(file.classTexts != nil)"
      digests[kind, default: []].insert(try Self.digest(file))
    }
    // One for each type of features, and one for labels of text.
    #expect(digests.count == 6 && digests.values.allSatisfy { $0.count == 1 }, "\(digests)")
  }

  @Test func `names, two files and sides in names that h5py writes are read`() throws {
    guard let folder = try Self.folder() else { return }
    var source = FeatureSource(.one(folder.file("names.h5")))
    source.labelPattern = .init(object: "image_names", pattern: "^([^/]+)/")
    let named = try FeatureFile(source)
    #expect(named.classTexts == ["owl", "swan", "tit", "wren"])
    #expect(
      try Self.digest(named)
        == Self.digest(FeatureFile(path: folder.file("texts variable.h5"))))
    let two = try FeatureFile(
      FeatureSource(.split(train: folder.file("train.h5"), test: folder.file("test.h5"))))
    #expect(two.labels(of: .train) == [5, 5, 7] && two.labels(of: .test) == [9, 9, 12])
    #expect(try Self.digest(two) == Self.digest(FeatureFile(path: folder.file("sides.h5"))))
  }

  @Test func `h5py's own compression is named`() throws {
    guard let folder = try Self.folder() else { return }
    let path = folder.file("lzf.h5")
    let error = try #require(throws: DatasetError.self) { try FeatureFile(path: path) }
    #expect(
      error.description
        == "\(path): /features: its values are compressed with lzf (filter 32000), which HDF5 "
        + "\(HDF5Library.version) here does not have. Write the dataset with gzip, or without "
        + "compression.")
  }
}
