package import Foundation

/// Files that appear under their name only when they are complete and on the disk.
package enum DurableFile {
  /// Writes to a temporary name, synchronises, renames over `path`, synchronises the folder.
  package static func write(_ content: Data, to path: String) throws(RunnerError) {
    let temporary = path + ".partial"
    let descriptor = open(temporary, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("created", temporary) }
    let isWritten = content.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(
          descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        done += count
      }
      return fsync(descriptor) == 0
    }
    guard isWritten else {
      let error = failure("written", temporary)
      close(descriptor)
      unlink(temporary)
      throw error
    }
    close(descriptor)
    guard rename(temporary, path) == 0 else { throw failure("renamed", temporary) }
    let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  private static func failure(_ what: String, _ path: String) -> RunnerError {
    .refused(path, what, errno: errno)
  }
}
