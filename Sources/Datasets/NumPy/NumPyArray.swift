package import Foundation

/// An array of float32 as a `.npy` file of version 1.0: little-endian, row-major.
///
/// Source of the form: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
package struct NumPyArray: Sendable {
  package let shape: [Int]
  package let values: [Float]

  package init(shape: [Int], values: [Float]) {
    precondition(
      values.count == shape.reduce(1, *), "\(values.count) values for the shape \(shape)")
    self.shape = shape
    self.values = values
  }

  /// The whole file. Values start at a multiple of 64 bytes, so that they can be mapped.
  package var content: Data {
    let extents = shape.map { "\($0)," }.joined(separator: " ")
    let description = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(extents)), }"
    var header = Data(description.utf8)
    let magic = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
    let lengthBytes = 2
    while (magic.count + lengthBytes + header.count + 1) % 64 != 0 {
      header.append(UInt8(ascii: " "))
    }
    header.append(UInt8(ascii: "\n"))
    var content = magic
    withUnsafeBytes(of: UInt16(header.count).littleEndian) { content.append(contentsOf: $0) }
    content.append(header)
    values.withUnsafeBytes { content.append(contentsOf: $0) }
    return content
  }
}
