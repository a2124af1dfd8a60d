import Foundation

/// What a stream leads to, and what may be sent there.
package struct Terminal: Sendable, Hashable {
  package let isTerminal: Bool
  /// Columns; nil where it is no terminal and nothing limits a line.
  package let width: Int?
  /// Whether escape sequences for bold and colours may be used.
  package let isStyled: Bool

  package static var standardOutput: Terminal { Terminal(descriptor: STDOUT_FILENO) }
  package static var standardError: Terminal { Terminal(descriptor: STDERR_FILENO) }

  private init(descriptor: Int32) {
    var size = winsize()
    let isTerminal = isatty(descriptor) == 1
    let isKnown = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    self.init(
      isTerminal: isTerminal, columns: isKnown ? Int(size.ws_col) : 80,
      environment: ProcessInfo.processInfo.environment)
  }

  /// `NO_COLOR` goes before `CLICOLOR_FORCE`, and both before what the stream is.
  package init(isTerminal: Bool, columns: Int, environment: [String: String]) {
    self.isTerminal = isTerminal
    width = isTerminal ? columns : nil
    let isForced = !["", "0"].contains(environment["CLICOLOR_FORCE"] ?? "")
    let isForbidden = !(environment["NO_COLOR"] ?? "").isEmpty
    isStyled = !isForbidden && (isForced || (isTerminal && environment["TERM"] != "dumb"))
  }
}
