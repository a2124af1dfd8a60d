package import ArgumentParser
import Foundation

/// A program from its arguments to its exit code.
package enum Program {
  /// Runs a command and ends the process.
  package static func run<Root: ParsableCommand>(_ root: Root.Type) -> Never {
    prepare()
    do {
      var command = try Root.parseAsRoot()
      try command.run()
      exit(CommandExit.done.rawValue)
    } catch {
      end(root, because: error)
    }
  }

  /// Runs a command that may wait for others and ends the process.
  package static func run<Root: AsyncParsableCommand>(_ root: Root.Type) async -> Never {
    prepare()
    do {
      var command = try Root.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      exit(CommandExit.done.rawValue)
    } catch {
      end(root, because: error)
    }
  }

  /// A reader that goes away and a file that may not grow are errors of `write` here, not the
  /// end of the process.
  private static func prepare() {
    StandardStream.occupyClosed()
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  private static func end<Root: ParsableCommand>(
    _ root: Root.Type, because error: any Error
  ) -> Never {
    if error is ClosedOutput { exit(CommandExit.done.rawValue) }
    let code = root.exitCode(for: error)
    if code == .failure && !(error is ExitCode) {
      Diagnostics.error("\(error)")
      exit(CommandExit(error).rawValue)
    }
    let message = root.fullMessage(for: error)
    if code.isSuccess {
      writeHelp(message)
    } else if !message.isEmpty {
      let prefix = "Error: "
      Diagnostics.error(
        message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message)
    }
    exit(code.rawValue)
  }

  private static func writeHelp(_ text: String) {
    do {
      try StandardOutput.write(text.isEmpty ? "" : text + "\n")
    } catch let error as OutputError {
      Diagnostics.error("\(error)")
      exit(error.commandExit.rawValue)
    } catch {
      exit(CommandExit.done.rawValue)
    }
  }
}
