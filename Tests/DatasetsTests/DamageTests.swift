import Datasets
import Foundation
import Testing

/// Files cut short and files with other values. (Damage to the inner structure can end the
/// process inside HDF5 1.10 itself, so it is not tried here.)
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
