package import Foundation

extension WeightsFile {
  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }
  }

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private struct Header: Decodable {
    var metadata: [String: String] = [:]
    var entries: [(name: String, entry: Entry)] = []

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      for key in container.allKeys {
        if key.stringValue == "__metadata__" {
          metadata = try container.decode([String: String].self, forKey: key)
        } else {
          entries.append((key.stringValue, try container.decode(Entry.self, forKey: key)))
        }
      }
      entries.sort { $0.entry.offsets.first ?? 0 < $1.entry.offsets.first ?? 0 }
    }
  }

  /// Reads a whole file; tensors come in the order of their values.
  package init(content: Data) throws(TrainingError) {
    let data = Data(content)
    let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard data.count >= 8, length <= UInt64(data.count - 8) else {
      throw TrainingError(.badWeights("the file ends within its header"))
    }
    let header: Header
    do {
      header = try JSONDecoder().decode(
        Header.self, from: data.dropFirst(8).prefix(Int(length)))
    } catch {
      throw TrainingError(.badWeights("its header is no safetensors header (\(error))"))
    }
    let values = Data(data.dropFirst(8 + Int(length)))
    var tensors: [Tensor] = []
    for (name, entry) in header.entries {
      guard entry.dtype == "F32", entry.offsets.count == 2, let count = Self.count(entry.shape),
        let start = entry.offsets.first, let end = entry.offsets.last, 0 <= start, start <= end,
        end <= values.count, (end - start) % 4 == 0, (end - start) / 4 == count
      else { throw TrainingError(.badWeights("tensor \(name) does not fit the file")) }
      let numbers = values[start..<end].withUnsafeBytes { bytes in
        (0..<count).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
      }
      tensors.append(Tensor(name: name, shape: entry.shape, values: numbers))
    }
    self.init(tensors: tensors, metadata: header.metadata)
  }

  /// Values of a shape; nil where no memory could hold them.
  private static func count(_ shape: [Int]) -> Int? {
    var count = 1
    for extent in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflows else { return nil }
      count = product
    }
    return count
  }
}
