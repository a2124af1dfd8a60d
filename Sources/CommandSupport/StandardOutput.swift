package import Foundation

/// Results, on standard output.
package enum StandardOutput {
  /// Writes all of the text.
  ///
  /// Throws `ClosedOutput` where the reader has gone (`| head`), which ends the program quietly.
  package static func write(_ text: String) throws {
    try write(bytes: Data(text.utf8))
  }

  package static func write(bytes: Data) throws {
    guard StandardStream.isOpen(STDOUT_FILENO) else { throw OutputError(reason: "it is closed") }
    var bytes = bytes
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { throw ClosedOutput() }
        throw OutputError(reason: String(cString: strerror(errno)))
      }
      bytes = bytes.dropFirst(count)
    }
  }
}

/// Nobody reads standard output any more.
package struct ClosedOutput: Error, CustomStringConvertible {
  package var description: String { "standard output cannot be written: its reader is gone" }
}

/// Standard output cannot be written, such as on a full disk.
package struct OutputError: ExitCoded, CustomStringConvertible {
  package let reason: String

  package var description: String { "standard output cannot be written: \(reason)" }

  package var commandExit: CommandExit { .inputOutput }
}
