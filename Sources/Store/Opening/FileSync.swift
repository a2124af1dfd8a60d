import Foundation

/// What makes files and names survive a power cut.
enum FileSync {
  /// Puts a complete file under another name, replacing what is there.
  static func rename(_ temporary: String, to path: String) throws(StoreError) {
    try synchronize(temporary)
    guard Glibc.rename(temporary, path) == 0 else {
      throw failure("\(temporary) cannot be renamed to \(path)")
    }
    let folder = path.parentFolder
    try synchronize(folder.isEmpty ? "." : folder)
  }

  private static func synchronize(_ path: String) throws(StoreError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("\(path) cannot be opened") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("\(path) cannot be written to the disk") }
  }

  private static func failure(_ what: String) -> StoreError {
    StoreError(.failed, "\(what): \(String(cString: strerror(errno)))")
  }
}
