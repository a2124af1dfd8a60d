import Datasets
import Foundation
import Glibc
import Kernels
import Testing

/// Files that HDF5 accepts and that hold no feature vectors, or not where it seems. The full
/// text of every message, with DIR for the folder.
struct OddFileTests {
  /// What is said about a file of `parts` and odd objects, whatever is done with it.
  private func message(
    _ code: DatasetError.Code, changing change: (inout SmallSet.Parts) -> Void = { _ in },
    adding add: (OddFile, TemporaryFolder) throws -> Void
  ) throws -> String {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    var parts = SmallSet.Parts()
    change(&parts)
    try parts.write(to: path)
    try add(OddFile(path: path), folder)
    let error = try #require(throws: DatasetError.self) { try FeatureFile(path: path) }
    #expect(error.code == code)
    return error.description.replacingOccurrences(of: folder.path, with: "DIR")
  }

  private static func makePipe(_ path: String) throws {
    try #require(mkfifo(path, 0o600) == 0)
  }

  // MARK: Values that were never written

  @Test func `labels that were never written ask for no memory`() throws {
    for chunk in [[1000], nil] {
      #expect(
        try message(.neverWritten, changing: { $0.trainLabels = nil }) { file, _ in
          try file.addInteger64("/train/labels", shape: [1_000_000_000], chunk: chunk)
        }
          == "DIR/set.h5: /train/labels: its shape is [1000000000], but its values were never "
          + "written. Write them.")
    }
  }

  @Test func `labels of which one chunk was written`() throws {
    #expect(
      try message(.neverWritten, changing: { $0.trainLabels = nil }) { file, _ in
        try file.addInteger64(
          "/train/labels", shape: [1_000_000_000], chunk: [2], gzip: true, written: [7, -2])
      }
        == "DIR/set.h5: /train/labels: its shape is [1000000000], but only 1 of 500000000 "
        + "chunks of it were ever written. Write every row.")
  }

  @Test func `a shape that the stored bytes cannot give even when decompressed`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    var parts = SmallSet.Parts()
    parts.trainLabels = nil
    try parts.write(to: path)
    do {
      let labels = [Int64](repeating: 1, count: 1000)
      try OddFile(path: path).addInteger64(
        "/train/labels", shape: [1000], chunk: [1000], gzip: true, written: labels)
    }
    #expect(
      try HDF5File(path: path).array("/train/labels").integers()
        == [Int64](repeating: 1, count: 1000))
    // The extent and the chunk, both 1000, become 2^24 and as many.
    var data = try Data(contentsOf: URL(filePath: path))
    for (old, new) in [([0xe8, 0x03, 0, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0, 0, 0])]
      as [([UInt8], [UInt8])]
    {
      while let range = data.firstRange(of: Data(old)) { data.replaceSubrange(range, with: new) }
    }
    while let range = data.firstRange(of: Data([0xe8, 0x03, 0, 0, 8, 0, 0, 0])) {
      data.replaceSubrange(range, with: [0, 0, 0, 1, 8, 0, 0, 0])
    }
    try data.write(to: URL(filePath: path))
    let error = try #require(throws: DatasetError.self) {
      try HDF5File(path: path).array("/train/labels")
    }
    #expect(error.code == .damaged)
    #expect(
      error.text.hasPrefix("its shape [16777216] is more than the ")
        && error.text.hasSuffix(" bytes stored for it, in a file of \(data.count) bytes, can hold"),
      "\(error)")
    #expect(error.advice == "The file is damaged: copy or create it again")
  }

  @Test func `well compressed labels are read`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    let labels = [Int64](repeating: 3, count: 1 << 20)
    let writer = try HDF5Writer(path: path)
    try writer.write(
      integers: labels, shape: [labels.count], to: "/x", storage: .chunked([1 << 20], gzip: 9))
    try writer.finish()
    #expect(try HDF5File(path: path).array("/x").integers() == labels)
  }

  // MARK: Links

  @Test func `an external link is named and not followed, even to a pipe`() throws {
    for target in ["other.h5", "pipe"] {
      #expect(
        try message(.unreadable, changing: { $0.trainFeatures = nil }) { file, folder in
          try Self.makePipe(folder.file("pipe"))
          try file.addExternalLink("/train/features", to: "/x", of: target)
        }
          == "DIR/set.h5: /train/features: it is an external link to /x of \(target), and links "
          + "to other files are not followed. Copy the object itself into this file.")
    }
  }

  @Test func `a soft link to an external link is not followed either`() throws {
    #expect(
      try message(.unreadable, changing: { $0.hasTest = false }) { file, folder in
        try Self.makePipe(folder.file("pipe"))
        try file.addExternalLink("/far", to: "/", of: "pipe")
        try file.addSoftLink("/test", to: "far/test")
      }
        == "DIR/set.h5: /far: it is an external link to / of pipe, and links to other files are "
        + "not followed. Copy the object itself into this file.")
  }

  @Test func `a soft link to nothing, and one to itself`() throws {
    #expect(
      try message(.missingObject, changing: { $0.hasTest = false }) { file, _ in
        try file.addSoftLink("/test", to: "/tests")
      }
        == "DIR/set.h5: /test: it is a soft link to /tests, where there is nothing. "
        + "Write the object, or correct the link.")
    #expect(
      try message(.unreadable, changing: { $0.hasTest = false }) { file, _ in
        try file.addSoftLink("/test", to: "test")
      }
        == "DIR/set.h5: /test: it is a soft link to test, and more than 16 soft links follow "
        + "each other. Write the object itself.")
  }

  @Test func `a soft link inside the file is followed`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    var parts = SmallSet.Parts()
    parts.testFeatures = nil
    try parts.write(to: path)
    do {
      let file = try OddFile(path: path)
      try file.addSoftLink("/here", to: "./train")
      try file.addSoftLink("/test/features", to: "/here/features")
    }
    let data = try FeatureFile(path: path).load()
    #expect(data.test.storage.matrix().values == [1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test func `a named datatype in place of a group`() throws {
    #expect(
      try message(.wrongType, changing: { $0.hasTest = false }) { file, _ in
        try file.addNamedType("/test")
      }
        == "DIR/set.h5: /test: it is a named datatype, which holds no values. "
        + "Lay the file out as the README shows.")
  }

  @Test func `a pipe or a device in place of a file`() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.file("pipe")
    try Self.makePipe(pipe)
    for path in [pipe, "/dev/zero"] {
      let error = try #require(throws: DatasetError.self) { try FeatureFile(path: path) }
      #expect(error.code == .unreadable)
      #expect(
        error.description == "\(path): this is not a regular file. Give an HDF5 file.")
    }
  }

  // MARK: Values elsewhere

  @Test func `values that lie in another file`() throws {
    #expect(
      try message(.unreadable, changing: { $0.trainFeatures = nil }) { file, folder in
        try Self.makePipe(folder.file("pipe"))
        try file.addExternalStorage("/train/features", shape: [4, 2], in: "pipe")
      }
        == "DIR/set.h5: /train/features: its values lie in another file, which is not read. "
        + "Write them into this file.")
  }

  @Test func `a virtual dataset whose source is not there, or no file`() throws {
    for (source, dataset, reason) in [
      ("part.h5", "/x", "no such file"), ("pipe", "/x", "this is not a regular file"),
      (".", "/x", "there is no such dataset"),
      (".", "/train/features", "it is a virtual dataset, which cannot be the source of another"),
    ] {
      let code: DatasetError.Code =
        switch source {
        case "part.h5": .missingFile
        case "pipe": .unreadable
        default: dataset == "/x" ? .missingObject : .unreadable
        }
      #expect(
        try message(code, changing: { $0.trainFeatures = nil }) { file, folder in
          try Self.makePipe(folder.file("pipe"))
          try file.addVirtual(
            "/train/features", shape: [4, 2], sourceRows: 4, of: dataset, in: source)
        }
          == "DIR/set.h5: /train/features: it is a virtual dataset whose source \(dataset) of "
          + "\(source) cannot be read (\(reason)). Repair the source, or write the values into "
          + "this file.")
    }
  }

  @Test func `a virtual dataset with more rows than its source`() throws {
    #expect(
      try message(.neverWritten, changing: { $0.trainFeatures = nil }) { file, _ in
        try file.addVirtual(
          "/train/features", shape: [1_000_000_000, 2], sourceRows: 4, of: "/test/features",
          in: ".")
      }
        == "DIR/set.h5: /train/features: it is a virtual dataset of shape [1000000000, 2], but "
        + "its sources have only 8 values. Give every row a source.")
  }

  @Test func `a virtual dataset is read from its source`() throws {
    let folder = try TemporaryFolder()
    var parts = SmallSet.Parts()
    try parts.write(to: folder.file("part.h5"))
    parts.trainFeatures = nil
    let path = folder.file("set.h5")
    try parts.write(to: path)
    do {
      try OddFile(path: path).addVirtual(
        "/train/features", shape: [4, 2], sourceRows: 4, of: "/train/features", in: "part.h5")
    }
    let data = try FeatureFile(path: path).load()
    #expect(data.train.storage.matrix().values == [1, 2, 3, 4, 5, 6, 7, 8])
  }

  // MARK: Booleans and other enumerations

  @Test(arguments: [(("FALSE", "TRUE"), "bool"), (("no", "yes"), "an enum of uint8")])
  func `features that are an enumeration`(names: (String, String), type: String) throws {
    #expect(
      try message(.wrongType, changing: { $0.trainFeatures = nil }) { file, _ in
        try file.addEnumeration(
          "/train/features", [0, 1, 1, 0, 1, 1, 1, 0], shape: [4, 2], names: names)
      }
        == "DIR/set.h5: /train/features: features are \(type), they must be floats of 16, 32 or "
        + "64 bits or integers of 8 bits. Write them as float32.")
  }

  @Test func `labels and split may be booleans`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    let writer = try HDF5Writer(path: path)
    try writer.write(floats: [Float](repeating: 1, count: 8), shape: [4, 2], to: "/features")
    try writer.finish()
    do {
      let file = try OddFile(path: path)
      for name in ["/labels", "/split"] {
        try file.addEnumeration(name, [1, 0, 1, 0], shape: [4], names: ("FALSE", "TRUE"))
      }
    }
    let data = try FeatureFile(path: path).load()
    #expect(data.train.labels == [0, 0] && data.test.labels == [1, 1])
    #expect(try FeatureFileDescription(of: FeatureFile(path: path)).problems.isEmpty)
  }

  // MARK: Types and filters of others

  @Test(arguments: [1, 2, 4, 8], [true, false])
  func `labels of every integer type and byte order are read`(bytes: Int, isSigned: Bool) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    let labels: [Int64] = [100, isSigned ? -7 : 7, 33, 35]
    for isBigEndian in [true, false] {
      let writer = try HDF5Writer(path: path)
      try writer.write(floats: [Float](repeating: 1, count: 8), shape: [4, 2], to: "/features")
      try writer.finish()
      do {
        let file = try OddFile(path: path)
        try file.addIntegers(
          "/labels", labels, shape: [4, 1], bytes: bytes, isSigned: isSigned,
          isBigEndian: isBigEndian)
        try file.addIntegers(
          "/split", [0, 0, 1, 1], shape: [4], bytes: bytes, isSigned: isSigned,
          isBigEndian: isBigEndian)
      }
      let data = try FeatureFile(path: path).load()
      #expect(data.train.labels + data.test.labels == labels)
    }
  }

  @Test(arguments: [true, false])
  func `features of 8 bits are read, with and without a sign`(isSigned: Bool) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    let values: [Int64] = isSigned ? [-128, 127, 0, 1] : [255, 128, 0, 1]
    let writer = try HDF5Writer(path: path)
    try writer.write(integers: [1, 2], shape: [2], to: "/labels")
    try writer.write(integers: [0, 1], shape: [2], to: "/split")
    try writer.finish()
    do {
      try OddFile(path: path).addIntegers(
        "/features", values, shape: [2, 2], bytes: 1, isSigned: isSigned)
    }
    let data = try FeatureFile(path: path).load()
    #expect(data.train.storage.matrix().values == values.map { Float($0) })
    #expect(data.level.elementType.description == (isSigned ? "int8" : "uint8"))
  }

  @Test(arguments: OddFile.Filter.allCases)
  func `filtered features are read`(filter: OddFile.Filter) throws {
    guard OddFile.canWrite(filter) else { return print("skipped: no \(filter) to write with") }
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    let values = (1...16).map { Float($0) / 3 }
    let writer = try HDF5Writer(path: path)
    try writer.write(integers: [1, 1, 2, 2], shape: [4], to: "/labels")
    try writer.write(integers: [0, 0, 1, 1], shape: [4], to: "/split")
    try writer.finish()
    do { try OddFile(path: path).addFiltered("/features", values, shape: [4, 4], filter) }
    let file = try FeatureFile(path: path)
    let data = try file.load()
    #expect(data.train.storage.matrix().values == values)
    #expect(!data.level.isMapped)
  }

  // MARK: Text that would move the cursor

  @Test func `control characters of the file are written as numbers`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    let writer = try HDF5Writer(path: path)
    try writer.write(floats: [1, 2], shape: [1, 2], to: "/features")
    try writer.write(integers: [1], shape: [1], to: "/labels")
    try writer.write(texts: ["a\nb\u{1b}[31m\r\u{9b}\u{202e}é"], to: "/split")
    try writer.finish()
    let error = try #require(throws: DatasetError.self) { try FeatureFile(path: path) }
    #expect(
      error.description == "\(path): /split, row 0: a\\u{a}b\\u{1b}[31m\\u{d}\\u{9b}\\u{202e}é "
        + "names no split. Write 0 (train) or 1 (test), or these words, for each row.")
  }

  @Test func `control characters of a level's name are written as numbers`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("set.h5")
    let rows = { (label: Int64) in
      FeatureFileWriter.Rows(
        labels: [label, label], levels: [.init(name: "a\u{7}", dimension: 1, values: [0, 1])])
    }
    try FeatureFileWriter().writeGrouped(train: rows(1), test: rows(2), to: path)
    let description = try FeatureFileDescription(of: FeatureFile(path: path))
    #expect(
      description.problems.first
        == "/train/features/a\\u{7}: 1 row of zeros only, the first is row 0")
  }
}
