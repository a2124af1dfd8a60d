import Datasets
import Foundation
import Testing

/// Files cut short, files with other values, and files whose texts are not where they should be.
struct DamageTests {
  private func write(to path: String, gzip: Int? = nil) throws -> Data {
    var writer = FeatureFileWriter()
    writer.chunks = gzip.map { (rows: 2, gzip: $0) }
    try writer.writeGrouped(train: SmallSet.train, test: SmallSet.test, to: path)
    return try Data(contentsOf: URL(filePath: path))
  }

  @Test(arguments: [nil, 6])
  func `a file cut short anywhere is refused with its name`(gzip: Int?) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    let sound = try write(to: path, gzip: gzip)
    let codes: [DatasetError.Code] = [.truncated, .damaged, .notHDF5]
    for length in stride(from: 0, to: sound.count, by: 101) {
      try sound.prefix(length).write(to: URL(filePath: path))
      let error = try #require(throws: DatasetError.self, "\(length) bytes") {
        try FeatureFile(path: path)
      }
      #expect(codes.contains(error.code), "\(length) bytes: \(error)")
      #expect(error.description.hasPrefix("\(path): "), "\(length) bytes: \(error)")
    }
  }

  /// How texts of variable length are stored.
  enum TextPlace: CaseIterable {
    case contiguous, chunked, compressed, attribute

    func write(_ texts: [String], to path: String) throws {
      let writer = try HDF5Writer(path: path)
      try writer.group("/group")
      try writer.finish()
      let file = try OddFile(path: path)
      switch self {
      case .contiguous: try file.addTexts("/split", texts)
      case .chunked: try file.addTexts("/split", texts, chunk: 3)
      case .compressed: try file.addTexts("/split", texts, chunk: 5, gzip: true)
      case .attribute: try file.addTextAttribute("split", of: "/group", texts)
      }
    }

    func read(_ path: String) throws -> [String] {
      let file = try HDF5File(path: path)
      guard self == .attribute else { return try file.array("/split").strings() }
      guard case .strings(let texts)? = try file.attribute("split", of: "/group") else { return [] }
      return texts
    }
  }

  @Test(arguments: TextPlace.allCases)
  func `a wrong byte in the places of texts is an error, or does no harm`(
    place: TextPlace
  ) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("texts.h5")
    let texts = ["train", "test", "", "test", "train"]
    try place.write(texts, to: path)
    #expect(try place.read(path) == texts)

    let sound = try Data(contentsOf: URL(filePath: path))
    let heap = try #require(sound.firstRange(of: Data("GCOL".utf8))?.lowerBound)
    // The header of the collection, four objects with theirs, and that of the free space.
    var places = Array(heap..<heap + 16 + 4 * 24 + 16)
    let first = Data([5, 0, 0, 0]) + withUnsafeBytes(of: UInt64(heap).littleEndian) { Data($0) }
    if place != .compressed {
      let references = try #require(sound.firstRange(of: first)?.lowerBound)
      places += references..<references + (place == .chunked ? 3 : 5) * 16
    }
    var errors = 0
    for offset in places {
      for change: UInt8 in [0x01, 0x40, 0xff] {
        var data = sound
        data[offset] ^= change
        try data.write(to: URL(filePath: path))
        do {
          #expect(
            try place.read(path).count == texts.count, "byte \(offset), change \(change)")
        } catch let error as DatasetError {
          errors += 1
          #expect(
            error.description == "\(path): \(place == .attribute ? "/group" : "/split"), row "
              + "\(error.row ?? -1): the text is not where the file says. "
              + "The file is damaged: copy or create it again.",
            "byte \(offset), change \(change)")
        }
      }
    }
    // Of a reference all bytes count, if it is no empty text; of the rest most do.
    #expect(errors >= (place == .compressed ? 100 : place == .chunked ? 2 * 48 : 4 * 48))
  }

  @Test func `one changed bit of a value changes the digest`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    var data = try write(to: path)
    func digest() throws -> DataDigest {
      let file = try FeatureFile(path: path)
      return try DataDigest(of: file.level(named: "high"), in: file)
    }
    let before = try digest()
    let value = withUnsafeBytes(of: SmallSet.train.levels[1].values[4]) { Data($0) }
    let place = try #require(data.firstRange(of: value)?.lowerBound)
    data[place] ^= 1
    try data.write(to: URL(filePath: path))
    #expect(try digest() != before)
  }

  @Test func `a file replaced since it was opened is not mapped`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    _ = try write(to: path)
    let file = try FeatureFile(path: path)
    _ = try write(to: path)
    let error = try #require(throws: DatasetError.self) { try file.load(level: "high") }
    #expect(error.code == .fileChanged)
    #expect(
      error.description
        == "\(path): the file changed while it was being read. "
        + "Start again when it is complete.")
  }
}
