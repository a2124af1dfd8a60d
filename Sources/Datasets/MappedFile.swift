import Glibc

/// A range of a file in memory, read-only and shared with other processes.
///
/// Sendable without the compiler's proof: the memory is only read, and unmapped when the last
/// reference goes away.
final class MappedFile: @unchecked Sendable {
  /// The first byte of the range asked for.
  let start: UnsafeRawPointer
  private let pages: UnsafeMutableRawPointer
  private let length: Int

  /// Maps `count` bytes from `offset` on, if the file is still the one of `identity`.
  init(path: String, identity: FileIdentity, offset: Int, count: Int) throws(DatasetError) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, "opening") }
    defer { close(descriptor) }
    guard FileIdentity(descriptor: descriptor) == identity else {
      throw DatasetError(
        .fileChanged, file: path, "the file changed while it was being read",
        advice: "Start again when it is complete")
    }
    let before = offset % Int(getpagesize())
    length = count + before
    guard
      let pages = mmap(nil, length, PROT_READ, MAP_SHARED, descriptor, off_t(offset - before)),
      pages != MAP_FAILED
    else { throw Self.failure(path, "mapping") }
    self.pages = pages
    start = UnsafeRawPointer(pages + before)
  }

  deinit {
    munmap(pages, length)
  }

  private static func failure(_ path: String, _ action: String) -> DatasetError {
    DatasetError(
      .unreadable, file: path, "\(action) the file failed",
      advice: "Check its permissions and the memory limits",
      underlying: String(cString: strerror(errno)))
  }
}
