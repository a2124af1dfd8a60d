import CommandSupport
import Foundation

/// A file that a command makes: complete under its name, or not there.
struct OutputFile {
  private let path: String

  init(_ path: String) { self.path = path }

  /// Writes it, over a file that may be there, or into what is none; `-` is standard output.
  func write(_ text: String) throws { try write(Data(text.utf8)) }

  func write(_ content: Data) throws {
    if path == "-" { return try StandardOutput.write(bytes: content) }
    var status = stat()
    guard stat(path, &status) == 0 else { return try replace(with: content) }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      guard !isDatabase else { throw failure("it is an SQLite database, such as a store") }
      try replace(with: content)
    case S_IFDIR: throw failure("it is a folder")
    default: try fill(with: content)
    }
  }

  /// A file, which is complete when it has the name. Where that is a link, the link stays.
  private func replace(with content: Data) throws {
    let target = realpath(path, nil).map { whole in
      defer { free(whole) }
      return String(cString: whole)
    }
    do {
      try content.write(to: URL(fileURLWithPath: target ?? path), options: .atomic)
    } catch {
      throw failure(reason(of: error))
    }
  }

  /// A device or a pipe, which is not to be replaced by a file; `/dev/stdout` may be one.
  private func fill(with content: Data) throws {
    let file = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard file >= 0 else {
      throw failure(errno == ENXIO ? "nobody reads it" : String(cString: strerror(errno)))
    }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    _ = fcntl(file, F_SETFL, O_WRONLY)
    do {
      try handle.write(contentsOf: content)
    } catch {
      throw failure(reason(of: error))
    }
  }

  private func failure(_ reason: String) -> OutputFileError {
    OutputFileError(path: path, reason: reason)
  }

  private var isDatabase: Bool {
    let magic = Data("SQLite format 3\u{0}".utf8)
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { file.closeFile() }
    return file.readData(ofLength: magic.count) == magic
  }

  private func reason(of error: any Error) -> String {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else { return "there is no \(folder)" }
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let code = cause?.code, cause?.domain == NSPOSIXErrorDomain else {
      return error.localizedDescription
    }
    return String(cString: strerror(Int32(code)))
  }
}

/// A file cannot be written.
struct OutputFileError: ExitCoded, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String {
    "\(path) cannot be written: \(reason). Name another file"
  }

  var commandExit: CommandExit { .inputOutput }
}
