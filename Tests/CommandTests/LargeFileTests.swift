import Datasets
import Foundation
import Store
import TestSupport
import Testing

/// Training on a feature file that is larger than the memory its programs may take.
struct LargeFileTests {
  private static let dimension = 16_384
  private static let classes = 24
  private static let rowsOfClass = 256
  private static let fileBytes = 4 * dimension * classes * rowsOfClass

  private static let sweep = """
    name: large
    base:
      dataset: {path: large.h5, validation: 2}
      embedding: 8
      batch: 8x3
      steps: 5
      evaluation: {every: 5, clustering: false}
    """

  /// Rows around a pattern of their class, written row by row: nothing here is drawn.
  private static func rows(classes: Range<Int>, each count: Int) -> FeatureFileWriter.Rows {
    let labels = classes.flatMap { [Int64](repeating: Int64($0), count: count) }
    var pattern = (0..<dimension).map { sin(Float($0)) }
    let values = [Float](unsafeUninitializedCapacity: labels.count * dimension) { values, used in
      for (row, label) in labels.enumerated() {
        for column in 0..<64 { pattern[column] = sin(Float((Int(label) + 1) * (column + 1))) }
        pattern[64] = Float(row % count) / Float(count)
        pattern.withUnsafeBufferPointer {
          _ = UnsafeMutableBufferPointer(rebasing: values[(row * dimension)...])
            .update(fromContentsOf: $0)
        }
      }
      used = labels.count * dimension
    }
    return FeatureFileWriter.Rows(
      labels: labels, levels: [.init(name: "high", dimension: dimension, values: values)])
  }

  /// A group of processes with a limit on all memory of theirs, pages of files included.
  private final class MemoryGroup {
    let path: String
    private let peakFile: String

    /// Nil where the system lets none be made.
    init?(limitBytes: Int) {
      let root = "/sys/fs/cgroup"
      let isUnified = FileManager.default.fileExists(atPath: root + "/cgroup.controllers")
      path = root + (isUnified ? "/" : "/memory/") + "rll-test-\(UUID().uuidString)"
      peakFile = path + (isUnified ? "/memory.peak" : "/memory.max_usage_in_bytes")
      let limitFile = path + (isUnified ? "/memory.max" : "/memory.limit_in_bytes")
      guard mkdir(path, 0o755) == 0 else { return nil }
      guard FileManager.default.isWritableFile(atPath: limitFile),
        let file = FileHandle(forWritingAtPath: limitFile),
        (try? file.write(contentsOf: Data("\(limitBytes)".utf8))) != nil
      else {
        rmdir(path)
        return nil
      }
    }

    deinit { rmdir(path) }

    var peakBytes: Int? {
      let text = try? String(contentsOfFile: peakFile, encoding: .utf8)
      return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
  }

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.sweep, to: "large.yaml")
    try FeatureFileWriter().writeGrouped(
      train: Self.rows(classes: 0..<Self.classes, each: Self.rowsOfClass),
      test: Self.rows(classes: Self.classes..<Self.classes + 2, each: 20),
      to: folder.file("large.h5"))
  }

  private func launch(after preparation: String) throws -> BuiltProgram.Ending {
    try BuiltProgram.sweep.run(
      ["launch", "large.yaml", "--store", "store.sqlite", "--workers", "1"], in: folder.path,
      afterShell: preparation)
  }

  private func expectCompleted(_ ending: BuiltProgram.Ending) throws {
    #expect(ending.status == 0, "\(ending.errors)")
    let store = try ExperimentStore(path: folder.file("store.sqlite"), access: .read)
    #expect(try store.runs().map(\.state) == [.completed], "\(ending.errors)")
    try store.close()
  }

  @Test(.timeLimit(.minutes(10)))
  func `a file larger than the memory that a process may allocate trains`() throws {
    let limitBytes = 256 << 20
    #expect(Self.fileBytes * 2 / 3 >= limitBytes)
    // The limit counts memory of a process's own, not pages of files.
    try expectCompleted(try launch(after: "ulimit -d \(limitBytes >> 10)"))
  }

  @Test(.timeLimit(.minutes(10)))
  func `a file larger than all memory of a group of processes trains`() throws {
    let limitBytes = 192 << 20
    #expect(Self.fileBytes / 2 >= limitBytes)
    guard let group = MemoryGroup(limitBytes: limitBytes) else {
      print("skipped: the system lets no memory group be made")
      return
    }
    // Pages that this process has read or written would count as its own.
    let file = try #require(FileHandle(forReadingAtPath: folder.file("large.h5")))
    #expect(posix_fadvise(file.fileDescriptor, 0, 0, POSIX_FADV_DONTNEED) == 0)
    try expectCompleted(try launch(after: "echo $$ > \(group.path)/cgroup.procs"))
    let peak = try #require(group.peakBytes)
    #expect(peak > limitBytes / 2 && peak <= limitBytes, "a peak of \(peak) bytes")
  }
}
