package import Foundation

/// Named arrays of float32 with texts about them, for other programs to read.
package struct ArrayFile: Sendable {
  package struct Entry: Sendable {
    package let name: String
    package let array: NumPyArray

    package init(name: String, shape: [Int], values: [Float]) {
      self.name = name
      array = NumPyArray(shape: shape, values: values)
    }
  }

  package let entries: [Entry]
  package let attributes: [(name: String, text: String)]

  package init(entries: [Entry], attributes: [(name: String, text: String)]) {
    self.entries = entries
    self.attributes = attributes
  }

  /// An archive of one `.npy` file for each array; nil where it would be larger than 4 GiB.
  package var numPyArchive: Data? {
    var archive = ZIPArchive()
    for entry in entries {
      guard archive.add(entry.name + ".npy", entry.array.content) else { return nil }
    }
    return archive.archive
  }

  /// Writes an HDF5 file with one dataset for each array and the texts as attributes of its root.
  package func writeHDF5(to path: String) throws(DatasetError) {
    let writer = try HDF5Writer(path: path)
    for entry in entries {
      try writer.write(
        floats: entry.array.values, shape: entry.array.shape, to: "/" + entry.name)
    }
    for attribute in attributes {
      try writer.setAttribute(attribute.name, of: "/", to: attribute.text)
    }
    try writer.finish()
  }
}
