import Glibc

/// Which file, in which state: what a cached digest or a mapping holds for.
package struct FileIdentity: Sendable, Hashable, Codable {
  package let device: UInt64
  package let inode: UInt64
  package let sizeBytes: Int64
  package let modifiedSeconds: Int64
  package let modifiedNanoseconds: Int64
  /// Of content, name, owner or permissions; unlike the above, no program can set it back.
  package let changedSeconds: Int64
  package let changedNanoseconds: Int64

  /// The identity of a regular, readable file.
  package init(path: String) throws(DatasetError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Self.failure(path, errno: errno)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DatasetError(
        .unreadable, file: path, "this is not a regular file", advice: "Give an HDF5 file")
    }
    guard access(path, R_OK) == 0 else {
      throw Self.failure(path, errno: errno)
    }
    self.init(status)
  }

  /// The identity of an open file.
  init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    sizeBytes = Int64(status.st_size)
    modifiedSeconds = Int64(status.st_mtim.tv_sec)
    modifiedNanoseconds = Int64(status.st_mtim.tv_nsec)
    changedSeconds = Int64(status.st_ctim.tv_sec)
    changedNanoseconds = Int64(status.st_ctim.tv_nsec)
  }

  private static func failure(_ path: String, errno code: Int32) -> DatasetError {
    if code == ENOENT {
      return DatasetError(
        .missingFile, file: path, "no such file",
        advice: "Check the path; relative paths start at the sweep file or the current folder")
    }
    return DatasetError(
      .unreadable, file: path, "the file cannot be read", advice: "Check its permissions",
      underlying: String(cString: strerror(code)))
  }
}
