import Foundation

/// The write-ahead log of a store whose file is not at its path any more.
///
/// SQLite finds a log by its name alone: beside another store of the name it would be taken for
/// that one's, and its pages written over sound ones.
enum AbandonedLog {
  /// Removes what of the log this process has open, and nothing else's.
  static func remove(beside path: String) {
    let own = openFiles
    for log in [path + "-wal", path + "-shm"] {
      if let stamp = FileStamp(of: log), own.contains(where: stamp.isSameFile) { unlink(log) }
    }
  }

  private static var openFiles: [FileStamp] {
    let folder = "/proc/self/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { FileStamp(of: "\(folder)/\($0)") }
  }
}
