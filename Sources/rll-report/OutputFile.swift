import CommandSupport
import Foundation

/// A file that a command makes: complete under its name, or not there.
struct OutputFile {
  private let path: String

  init(_ path: String) { self.path = path }

  /// Writes it, over what may be there; `-` is standard output.
  func write(_ text: String) throws {
    if path == "-" { return try StandardOutput.write(text) }
    guard !isDatabase else {
      throw OutputFileError(path: path, reason: "it is an SQLite database, such as a store")
    }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw OutputFileError(path: path, reason: reason(of: error))
    }
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
