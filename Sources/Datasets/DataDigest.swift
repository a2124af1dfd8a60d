import Crypto

/// SHA-256 of the content of one level of a feature file: the same for every copy of the data,
/// however it is chunked, compressed or ordered in bytes.
///
/// The text hashed is, with numbers as unsigned 64-bit little-endian and text as its length in
/// bytes followed by UTF-8:
///
///     text "rll-sweep data digest 1"
///     text layout: "grouped" or "flat"
///     text name of the level
///     for each feature dataset: train and test of a grouped file, or train, query and gallery,
///     and the only one of a flat file
///       number rows, number columns
///       text element type: "float16", "float32", "float64", "int8" or "uint8"
///       values as stored, little-endian, row-major
///       number of labels, labels as signed 64-bit little-endian, in the order of the rows
///       number of rows, one byte for each: 0 in the training split, 1 in the test split
///     where test rows do not each query all the others:
///       text "query/gallery"
///       number of test rows, one byte for each: 1 a query, 2 in the gallery, 3 both
///
/// A grouped and a flat file of the same data have different digests, since the order of the
/// rows is part of the data.
package struct DataDigest: Sendable, Hashable, Codable, CustomStringConvertible {
  /// 64 hexadecimal digits, lower case.
  package let description: String

  /// The digest of a level, which it reads once from the file.
  package init(of level: FeatureFile.Level, in file: FeatureFile) throws(DatasetError) {
    var hash = ContentHash()
    hash.update("rll-sweep data digest 1")
    hash.update(file.layout.rawValue)
    hash.update(level.name)
    switch file.layout {
    case .grouped:
      for part in file.parts {
        let array = try file.array(of: level, in: part)
        let isTest = [UInt8](repeating: part.split == .test ? 1 : 0, count: part.rows.count)
        try hash.update(array, labels: part.labels, isTest: isTest)
      }
    case .flat:
      let array = try file.array(of: level, in: file.parts[0])
      var labels = [Int64](repeating: 0, count: array.rows)
      var isTest = [UInt8](repeating: 0, count: array.rows)
      for part in file.parts {
        for (row, label) in zip(part.rows, part.labels) {
          labels[Int(row)] = label
          isTest[Int(row)] = part.split == .test ? 1 : 0
        }
      }
      try hash.update(array, labels: labels, isTest: isTest)
    }
    if let queryGallery = file.queryGallery { hash.update(queryGallery) }
    description = hash.hexadecimal()
  }

  /// The digest of several levels: of the names and digests of each, by ascending name. Their
  /// order in the file or in a sweep does not matter.
  package init(combining levels: [(name: String, digest: DataDigest)]) {
    var hash = ContentHash()
    hash.update("rll-sweep data digest of levels 1")
    for (name, digest) in levels.sorted(by: { $0.name < $1.name }) {
      hash.update(name)
      hash.update(digest.description)
    }
    description = hash.hexadecimal()
  }

  package init(from decoder: any Decoder) throws {
    description = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// SHA-256 over texts, numbers and values, each written so that no two contents have the same
/// bytes.
private struct ContentHash {
  private var hash = SHA256()

  mutating func update(_ text: String) {
    update(UInt64(text.utf8.count))
    hash.update(data: Array(text.utf8))
  }

  mutating func update(_ number: UInt64) {
    withUnsafeBytes(of: number.littleEndian) { hash.update(bufferPointer: $0) }
  }

  mutating func update(
    _ array: HDF5Array, labels: [Int64], isTest: [UInt8]
  ) throws(DatasetError) {
    update(UInt64(array.rows))
    update(UInt64(array.rowCount))
    update(array.elementType.description)
    var running = hash
    try array.forEachBlock { running.update(bufferPointer: $0) }
    hash = running
    update(UInt64(labels.count))
    labels.map(\.littleEndian).withUnsafeBytes { hash.update(bufferPointer: $0) }
    update(UInt64(isTest.count))
    isTest.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }

  mutating func update(_ queryGallery: QueryGallery) {
    update("query/gallery")
    update(UInt64(queryGallery.count))
    hash.update(
      data: zip(queryGallery.isQuery, queryGallery.isGallery).map { isQuery, isGallery in
        UInt8((isQuery ? 1 : 0) + (isGallery ? 2 : 0))
      })
  }

  func hexadecimal() -> String {
    let digits = Array("0123456789abcdef")
    return hash.finalize().reduce(into: "") { text, byte in
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
  }
}
