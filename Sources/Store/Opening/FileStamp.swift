import Foundation

/// Which file lies at a path, and how it was last changed.
struct FileStamp: Hashable {
  private let device: UInt64
  private let inode: UInt64
  private let bytes: Int
  private let seconds: Int
  private let nanoseconds: Int

  /// Nil where there is no file.
  init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    bytes = Int(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }

  func isSameFile(as other: FileStamp?) -> Bool {
    inode == other?.inode && device == other?.device
  }
}
