import Datasets
import Foundation
import TestSupport
import Testing

/// Damaged and strange feature files: whatever they hold, they are read or refused with a name.
///
/// Values, texts, references to texts and ends of files are damaged. Other damage to the inner
/// structure can end the process inside HDF5 1.10 itself; there, files are strange but sound.
struct FeatureFileFuzzTests {
  /// A sound file and the bytes of it that may be damaged.
  private struct Original {
    let bytes: [UInt8]
    let weakBytes: [Int]

    init(path: String, arrays: [String]) throws {
      let file = try OddFile(path: path)
      var places = try arrays.flatMap { try file.valueBytes(of: $0) }
      bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      let heap = bytes.firstRange(of: Array("GCOL".utf8))?.lowerBound
      if let heap {
        places.append(heap..<heap + 256)
        // References of an attribute lie in a header: a length below 256, then the address.
        let address = withUnsafeBytes(of: UInt64(heap).littleEndian) { [UInt8]($0) }
        places += bytes.ranges(of: [0, 0, 0] + address).map { found in
          (found.lowerBound - 1)..<found.upperBound + 4
        }
      }
      weakBytes = places.flatMap { Array($0) }
    }
  }

  private static func originals(in folder: TemporaryFolder) throws -> [Original] {
    func arrays(_ groups: [String]) -> [String] {
      groups.flatMap { group in
        ["low", "high"].map { "/\(group)/features/\($0)" } + ["/\(group)/labels"]
      }
    }
    var writer = FeatureFileWriter()
    writer.attributes = [("source", "a test")]
    try writer.writeGrouped(train: SmallSet.train, test: SmallSet.test, to: folder.file("0"))
    writer.chunks = (rows: 2, gzip: 6)
    writer.classNames = ["one", "two"]
    try writer.writeGrouped(train: SmallSet.train, test: SmallSet.test, to: folder.file("1"))
    writer.chunks = nil
    writer.elementType = .float64BigEndian
    try writer.writeGrouped(
      train: SmallSet.train, query: SmallSet.test, gallery: SmallSet.test, to: folder.file("2"))
    try writeFlat(to: folder.file("3"))
    return [
      try Original(path: folder.file("0"), arrays: arrays(["train", "test"])),
      try Original(path: folder.file("1"), arrays: arrays(["train", "test"]) + ["/class_names"]),
      try Original(path: folder.file("2"), arrays: arrays(["train", "query", "gallery"])),
      try Original(
        path: folder.file("3"), arrays: ["/features", "/labels", "/split", "/query"]),
    ]
  }

  private static func writeFlat(to path: String) throws {
    let writer = try HDF5Writer(path: path)
    try writer.write(floats: (1...12).map(Float.init), shape: [4, 3], to: "/features")
    try writer.write(integers: [3, 3, 5, 5], shape: [4, 1], to: "/labels", as: .int32BigEndian)
    try writer.finish()
    let file = try OddFile(path: path)
    try file.addTexts("/split", ["train", "train", "test", "test"], chunk: 3)
    try file.addEnumeration("/query", [0, 0, 1, 1], shape: [4], names: ("FALSE", "TRUE"))
    try file.addSoftLink("/gallery", to: "/query")
    try file.addTextAttribute("levels", of: "/", ["features"])
  }

  @Test(.timeLimit(.minutes(60)))
  func `a damaged feature file is read or refused, and never ends the program`() throws {
    let run = FuzzRun("FeatureFileFuzzTests, damaged", usually: 2_000)
    let folder = try TemporaryFolder()
    let originals = try Self.originals(in: folder)
    let path = folder.file("damaged.h5")
    for original in originals {
      try Data(original.bytes).write(to: URL(filePath: path))
      #expect(Self.read(path) == nil, "the originals are sound")
    }
    var refused = 0
    for input in run.inputs {
      var generator = run.generator(of: input)
      let original = originals[input % originals.count]
      var bytes = original.bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<original.weakBytes.count, using: &generator)
        ByteDamage.overwrite(&bytes, at: original.weakBytes[place], limit: 1, using: &generator)
      }
      if Int.random(in: 0..<16, using: &generator) == 0 {
        bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator))
      }
      // Files may begin with a block of other things.
      if Int.random(in: 0..<8, using: &generator) == 0 {
        bytes.insert(contentsOf: [UInt8](repeating: 7, count: 512), at: 0)
      }
      try Data(bytes).write(to: URL(filePath: path))
      if let error = Self.read(path) {
        refused += 1
        #expect(error.description.hasPrefix("\(path): "), "\(run.place(of: input)): \(error)")
      }
    }
    #expect(refused > run.inputs.count / 10, "\(refused) refused: damage must come up")
    #expect(refused < run.inputs.count * 9 / 10, "\(refused) refused: so must what does no harm")
  }

  @Test(.timeLimit(.minutes(60)))
  func `a strange feature file is read or refused, and never ends the program`() throws {
    let run = FuzzRun("FeatureFileFuzzTests, strange", usually: 2_000)
    let folder = try TemporaryFolder()
    let path = folder.file("strange.h5")
    var codes: [DatasetError.Code: Int] = [:]
    var sound = 0
    for input in run.inputs {
      try StrangeFile.write(to: path, using: run.generator(of: input))
      if let error = Self.read(path) {
        codes[error.code, default: 0] += 1
        #expect(error.description.hasPrefix("\(path): "), "\(run.place(of: input)): \(error)")
      } else {
        sound += 1
      }
    }
    #expect(sound > run.inputs.count / 20, "\(sound) sound: \(codes)")
    #expect(codes.count > 7, "strange in few ways: \(codes)")
  }

  /// Everything that the program reads of a file; the error where it is refused.
  private static func read(_ path: String) -> DatasetError? {
    do throws(DatasetError) {
      let file = try FeatureFile(path: path)
      _ = try FeatureFileDescription(of: file)
      for level in file.levels { _ = try file.load(level: level.name).train.storage.matrix() }
      let hdf5 = try HDF5File(path: path)
      if try hdf5.kind(of: "/class_names") == .array {
        _ = try hdf5.array("/class_names").strings()
      }
      for name in try hdf5.attributeNames(of: "/") { _ = try hdf5.attribute(name, of: "/") }
      return nil
    } catch {
      return error
    }
  }
}
