import Foundation

/// Files that must be files: who opens a named pipe or a device for one may wait for ever, and who
/// follows a symbolic link writes what others chose.
enum PlainFile {
  /// Opens a file, without waiting and to be closed on exec. The caller closes it.
  ///
  /// - Parameters:
  ///   - action: What is to be done with it, for the message.
  ///   - followsLink: Whether a symbolic link to a file is as good as the file.
  static func open(
    _ path: String, _ flags: Int32, mode: mode_t, action: String, followsLink: Bool = false
  ) throws(RunnerError) -> Int32 {
    guard
      let file = try openIfThere(path, flags, mode: mode, action: action, followsLink: followsLink)
    else { throw .refused(path, action, errno: ENOENT) }
    return file
  }

  /// Opens a file to read it; nil where there is none. The caller closes it.
  static func openForReading(
    _ path: String, followsLink: Bool = false
  ) throws(RunnerError) -> Int32? {
    try openIfThere(path, O_RDONLY, mode: 0, action: "read", followsLink: followsLink)
  }

  /// The first bytes of a file, all of them up to a limit; nil where there is none.
  static func beginning(
    of path: String, limit: Int, followsLink: Bool
  ) throws(RunnerError) -> [UInt8]? {
    guard
      let file = try openIfThere(
        path, O_RDONLY, mode: 0, action: "opened", followsLink: followsLink)
    else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
    guard count >= 0 else { throw .refused(path, "read", errno: errno) }
    return Array(bytes.prefix(count))
  }

  /// Nil where it, or its folder, is not there.
  private static func openIfThere(
    _ path: String, _ flags: Int32, mode: mode_t, action: String, followsLink: Bool
  ) throws(RunnerError) -> Int32? {
    let ways = O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followsLink ? 0 : O_NOFOLLOW)
    let file = Glibc.open(path, flags | ways, mode)
    let number = errno
    guard file >= 0 else {
      if number == ENOENT { return nil }
      try check(path, followsLink: followsLink)
      throw .refused(path, action, errno: number)
    }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      let number = errno
      close(file)
      throw .refused(path, action, errno: number)
    }
    if let kind = foreignKind(status) {
      close(file)
      throw foreign(path, kind)
    }
    return file
  }

  /// Throws where something is there that is no file.
  static func check(_ path: String, followsLink: Bool = false) throws(RunnerError) {
    var status = stat()
    guard (followsLink ? stat(path, &status) : lstat(path, &status)) == 0,
      let kind = foreignKind(status)
    else { return }
    throw foreign(path, kind)
  }

  /// Throws where a file could not be opened for writing or made, and leaves none behind.
  static func tryOut(
    _ path: String, action: String, followsLink: Bool = false
  ) throws(RunnerError) {
    var status = stat()
    let isThere = stat(path, &status) == 0
    close(
      try open(
        path, O_CREAT | O_WRONLY, mode: 0o600, action: action, followsLink: followsLink))
    guard !isThere, let made = realpath(path, nil) else { return }
    unlink(made)
    free(made)
  }

  private static func foreign(_ path: String, _ kind: String) -> RunnerError {
    RunnerError(.foreign, "\(path) is \(kind), not a file. Remove it, or name another place")
  }

  /// Nil for a file.
  private static func foreignKind(_ status: stat) -> String? {
    switch status.st_mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a folder"
    case S_IFLNK: "a symbolic link"
    case S_IFIFO: "a named pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}
