import Crypto

/// SHA-256 of the content of one level of a set of feature vectors: the same for every copy of
/// the data, however it is chunked, compressed, ordered in bytes or divided into files, and
/// whatever its objects are called.
///
/// The text hashed is, with numbers as unsigned 64-bit little-endian and text as its length in
/// bytes followed by UTF-8:
///
///     text "rll-sweep data digest 1"
///     text layout: "grouped", or "flat" where the rows of both splits are mixed; where labels
///     are texts, with ", labels of text" behind it
///     text name of the level
///     for each group of rows: train and test, or train, query and gallery, and all rows where
///     they are mixed; those of several files one behind the other
///       number rows, number columns
///       text element type: "float16", "float32", "float64", "int8" or "uint8"
///       values as stored, little-endian, row-major
///       number of labels, labels as signed 64-bit little-endian, in the order of the rows;
///       texts where labels are texts
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
    hash.update(file.layout.rawValue + (file.classTexts == nil ? "" : ", labels of text"))
    hash.update(level.name)
    for (index, pool) in file.pools.enumerated() {
      var labels = [Int64](repeating: 0, count: pool.rows)
      var isTest = [UInt8](repeating: 0, count: pool.rows)
      for part in file.parts where part.pool == index {
        for (row, label) in zip(part.rows, part.labels) {
          labels[Int(row)] = label
          isTest[Int(row)] = part.split == .test ? 1 : 0
        }
      }
      try hash.update(pool.arrays(of: level))
      if let texts = file.classTexts {
        hash.update(UInt64(labels.count))
        for label in labels { hash.update(texts[Int(label)]) }
      } else {
        hash.update(labels)
      }
      hash.update(isTest)
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

  /// The digest of names of classes: of each class and its name, by ascending class.
  init(ofNames names: [Int64: String]) {
    var hash = ContentHash()
    hash.update("rll-sweep digest of class names 1")
    hash.update(names.keys.sorted())
    for label in names.keys.sorted() { hash.update(names[label] ?? "") }
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

  /// The values of datasets of one type, as if they were one.
  mutating func update(_ arrays: [HDF5Array]) throws(DatasetError) {
    update(UInt64(arrays.reduce(0) { $0 + $1.rows }))
    update(UInt64(arrays[0].rowCount))
    update(arrays[0].elementType.description)
    var running = hash
    for array in arrays {
      try array.forEachBlock { running.update(bufferPointer: $0) }
    }
    hash = running
  }

  mutating func update(_ labels: [Int64]) {
    update(UInt64(labels.count))
    labels.map(\.littleEndian).withUnsafeBytes { hash.update(bufferPointer: $0) }
  }

  mutating func update(_ flags: [UInt8]) {
    update(UInt64(flags.count))
    flags.withUnsafeBytes { hash.update(bufferPointer: $0) }
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
