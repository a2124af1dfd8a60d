package import Foundation

/// Named tensors of float32 with texts about them, in the safetensors form: 8 bytes of header
/// length, a JSON header, values little-endian and row-major.
///
/// Source of the form: https://huggingface.co/docs/safetensors
package struct WeightsFile: Sendable, Hashable {
  package struct Tensor: Sendable, Hashable {
    package var name: String
    package var shape: [Int]
    package var values: [Float]

    package init(name: String, shape: [Int], values: [Float]) {
      precondition(
        values.count == shape.reduce(1, *), "\(values.count) values for the shape \(shape)")
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  package var tensors: [Tensor]
  package var metadata: [String: String]

  package init(tensors: [Tensor], metadata: [String: String]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The whole file. Equal weights and metadata have equal bytes.
  package var content: Data {
    var entries = [
      "\"__metadata__\":{"
        + metadata.sorted { $0.key < $1.key }
        .map { Self.quoted($0.key) + ":" + Self.quoted($0.value) }
        .joined(separator: ",") + "}"
    ]
    var end = 0
    for tensor in tensors {
      let start = end
      end += tensor.values.count * MemoryLayout<Float>.stride
      entries.append(
        Self.quoted(tensor.name) + ":{\"dtype\":\"F32\",\"shape\":["
          + tensor.shape.map(String.init).joined(separator: ",")
          + "],\"data_offsets\":[\(start),\(end)]}")
    }
    var header = Data(("{" + entries.joined(separator: ",") + "}").utf8)
    // The values start at a multiple of eight bytes.
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    var content = Data()
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { content.append(contentsOf: $0) }
    content.append(header)
    for tensor in tensors {
      tensor.values.withUnsafeBytes { content.append(contentsOf: $0) }
    }
    return content
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where scalar.value < 0x20:
        "\\u" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2)
          + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}
