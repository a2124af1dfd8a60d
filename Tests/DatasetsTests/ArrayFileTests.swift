import Datasets
import Foundation
import Testing

/// Arrays for other programs: their bytes, and what Python makes of them.
struct ArrayFileTests {
  private static let file = ArrayFile(
    entries: [
      .init(name: "embedding.weight", shape: [2, 3], values: [1, -2, .infinity, 0, 1e-30, 5]),
      .init(name: "bias", shape: [2], values: [0.25, -1]),
      .init(name: "scalar", shape: [], values: [7]),
      .init(name: "none", shape: [0, 4], values: []),
    ], attributes: [("run_id", "0123456789abcdef"), ("preprocess", "[\"l2\"]")])

  @Test func `a npy file says its type and shape before its values`() {
    let content = NumPyArray(shape: [2, 1], values: [1, 2]).content
    #expect(content.prefix(8) == Data([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0]))
    #expect(content.count == 128 + 8)
    let header = String(decoding: content[10..<128], as: UTF8.self)
    #expect(
      header.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1,), }  "))
    #expect(header.hasSuffix(" \n"))
    #expect(content.suffix(8) == Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]))
  }

  @Test func `equal arrays make equal archives`() throws {
    let first = try #require(Self.file.numPyArchive)
    #expect(first == Self.file.numPyArchive)
    #expect(first.prefix(4) == Data([0x50, 0x4B, 3, 4]))
  }

  @Test func `Python reads the same values from every form`() throws {
    let folder = try TemporaryFolder()
    try Self.file.writeHDF5(to: folder.file("a.h5"))
    try #require(Self.file.numPyArchive).write(to: URL(filePath: folder.file("a.npz")))
    let done = try PythonFolder.after(
      """
      import h5py, json, numpy as np, zipfile
      source = \(Self.quoted(folder.path))
      expected = {"embedding.weight": [[1, -2, np.inf], [0, 1e-30, 5]], "bias": [0.25, -1],
          "scalar": 7, "none": np.zeros((0, 4))}
      assert zipfile.ZipFile(source + "/a.npz").testzip() is None
      with np.load(source + "/a.npz") as archive, h5py.File(source + "/a.h5") as file:
          assert sorted(archive) == sorted(expected) == sorted(file)
          for name, values in expected.items():
              values = np.array(values, "float32")
              for read in archive[name], file[name][()]:
                  assert read.dtype == np.float32 and read.shape == values.shape, name
                  assert (read == values).all(), name
          assert file.attrs["run_id"] == "0123456789abcdef"
          assert json.loads(file.attrs["preprocess"]) == ["l2"]
      """)
    if done == nil { return }
  }

  private static func quoted(_ text: String) -> String { "'" + text + "'" }
}
