import Crypto
import Datasets
import Testing

struct DataDigestTests {
  private func digest(
    of level: String? = "high", write: (String) throws -> Void
  ) throws -> DataDigest {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    try write(path)
    let file = try FeatureFile(path: path)
    return try DataDigest(of: file.level(named: level), in: file)
  }

  private func grouped(
    _ type: HDF5Writer.FloatType = .float32, chunks: (rows: Int, gzip: Int)? = nil,
    train: FeatureFileWriter.Rows = SmallSet.train
  ) throws -> DataDigest {
    try digest {
      var writer = FeatureFileWriter()
      writer.elementType = type
      writer.chunks = chunks
      try writer.writeGrouped(train: train, test: SmallSet.test, to: $0)
    }
  }

  @Test func `chunks, compression and byte order do not change the digest`() throws {
    let plain = try grouped()
    #expect(plain.description.count == 64)
    #expect(try grouped(chunks: (1, 0)) == plain)
    #expect(try grouped(chunks: (3, 9)) == plain)
    #expect(try grouped(.float32BigEndian) == plain)
    #expect(try grouped(.float64BigEndian, chunks: (2, 1)) == grouped(.float64))
  }

  @Test func `type, values and labels change the digest`() throws {
    let plain = try grouped()
    #expect(try grouped(.float64) != plain)
    var labels = SmallSet.train.labels
    labels[0] = 8
    #expect(try grouped(train: .init(labels: labels, levels: SmallSet.train.levels)) != plain)
    var values = SmallSet.train.levels[1].values
    values[7] = values[7].nextUp
    let level = FeatureFileWriter.LevelValues(name: "high", dimension: 2, values: values)
    let changed = FeatureFileWriter.Rows(
      labels: SmallSet.train.labels, levels: [SmallSet.train.levels[0], level])
    #expect(try grouped(train: changed) != plain)
  }

  @Test func `the split changes the digest, its spelling and integer types do not`() throws {
    func flat(_ write: (HDF5Writer) throws -> Void) throws -> DataDigest {
      try digest(of: nil) {
        let writer = try HDF5Writer(path: $0)
        try writer.write(floats: [1, 2, 3, 4], shape: [4, 1], to: "/features")
        try write(writer)
        try writer.finish()
      }
    }
    let plain = try flat {
      try $0.write(integers: [1, 2, 3, 4], shape: [4], to: "/labels")
      try $0.write(integers: [0, 1, 0, 1], shape: [4], to: "/split")
    }
    let respelt = try flat {
      try $0.write(integers: [1, 2, 3, 4], shape: [4, 1], to: "/labels", as: .int32BigEndian)
      try $0.write(texts: ["train", "test", "train", "test"], to: "/split")
    }
    let divided = try flat {
      try $0.write(integers: [1, 2, 3, 4], shape: [4], to: "/labels")
      try $0.write(integers: [0, 1, 1, 1], shape: [4], to: "/split")
    }
    #expect(respelt == plain)
    #expect(divided != plain)
  }

  /// Built by hand from the documented layout, so that the layout cannot change unnoticed.
  @Test func `the digest is that of the documented bytes`() throws {
    func number(_ value: Int) -> [UInt8] {
      withUnsafeBytes(of: UInt64(value).littleEndian) { Array($0) }
    }
    func text(_ value: String) -> [UInt8] { number(value.utf8.count) + Array(value.utf8) }
    func signed(_ value: Int64) -> [UInt8] {
      withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
    var bytes = text("rll-sweep data digest 1") + text("grouped") + text("high")
    for (rows, flag) in [(SmallSet.train, UInt8(0)), (SmallSet.test, 1)] {
      bytes += number(4) + number(2) + text("float32")
      for value in rows.levels[1].values {
        bytes += withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
      }
      bytes += number(4) + rows.labels.flatMap(signed)
      bytes += number(4) + [UInt8](repeating: flag, count: 4)
    }
    func hexadecimal(_ bytes: [UInt8]) -> String {
      SHA256.hash(data: bytes).map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0\(digits)" : digits
      }.joined()
    }
    #expect(try grouped().description == hexadecimal(bytes))

    let queryGallery = QueryGallery(
      isQuery: [true, false, true, false], isGallery: [false, true, true, true])
    let flagged = try digest {
      try FeatureFileWriter().writeGrouped(
        train: SmallSet.train,
        test: .init(
          labels: SmallSet.test.labels, levels: SmallSet.test.levels, queryGallery: queryGallery),
        to: $0)
    }
    bytes += text("query/gallery") + number(4) + [1, 2, 3, 2]
    #expect(flagged.description == hexadecimal(bytes))
  }

  /// Job keys in stores rest on these.
  @Test func `the digests of the small sets are those they always were`() throws {
    #expect(
      try grouped().description
        == "af6ac34aed83adc7304df7314e58782689d7e22f8cb8c15eb8ca9052f76604be")
    let flat = try digest(of: nil) {
      try FeatureFileWriter().writeFlat(SmallSet.mixed, isTest: SmallSet.mixedIsTest, to: $0)
    }
    #expect(
      flat.description == "a0db7cf7bfecc9c63ce78cd7cdaeeaeab6fa413f1f4b87b2177a92c17c39988c")
    let queries = try digest {
      try FeatureFileWriter().writeGrouped(
        train: SmallSet.train, query: SmallSet.test.rows(0..<1), gallery: SmallSet.test.rows(1..<4),
        to: $0)
    }
    #expect(
      queries.description == "59ca5a17cff9b71c78e8c2e47c9c75bbfeec4ea0de2c378e0cd522a65c7e5686")
  }

  @Test func `levels combine in any order`() throws {
    let (a, b) = (try grouped(), try grouped(.float64))
    let one = DataDigest(combining: [("low", a), ("high", b)])
    #expect(one == DataDigest(combining: [("high", b), ("low", a)]))
    #expect(one != DataDigest(combining: [("high", a), ("low", b)]))
  }
}
