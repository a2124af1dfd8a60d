import Foundation

/// The streams that a program is started with, any of which may be closed.
enum StandardStream {
  /// Whether a stream is the one that the program was started with.
  ///
  /// The number of one that was closed may be another file's by now: the runtime opens some before
  /// the program's first line. Those are closed on exec, which no stream that was handed on is.
  static func isOpen(_ number: Int32) -> Bool {
    let flags = fcntl(number, F_GETFD)
    return flags >= 0 && flags & FD_CLOEXEC == 0
  }

  /// Takes the numbers of closed streams, so that no store or lock is opened under one and then
  /// written to as if it were a stream.
  static func occupyClosed() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      // The lowest free number is what it gets.
      _ = open("/dev/null", O_RDONLY | O_CLOEXEC)
    }
  }
}
