import Foundation
package import Logging
import Sweeps

/// Messages for people, on standard error.
package enum Diagnostics {
  package static func error(_ text: String) {
    write("error: " + text.showingControlsButLineBreaks)
  }

  package static func warning(_ text: String) {
    write("warning: " + text.showingControlsButLineBreaks)
  }

  /// Tells on standard error what goes on inside: only what matters, or every step.
  package static func logger(isVerbose: Bool) -> Logger {
    var logger = Logger(label: "rll-sweep") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = isVerbose ? .debug : .warning
    return logger
  }

  /// A line of progress or a remark. Where standard error is closed there is nobody to tell.
  package static func write(_ text: String, terminator: String = "\n") {
    guard StandardStream.isOpen(STDERR_FILENO) else { return }
    var bytes = Array((text + terminator).utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count)
      }
      if count < 0 && errno != EINTR { return }
      bytes = bytes.dropFirst(max(count, 0))
    }
  }
}
